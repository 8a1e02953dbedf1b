package dev.gatewright.cli.bench;

import java.util.List;

/**
 * A way of running a network as C that gcc compiles.
 *
 * @param name of this form in tables
 * @param lanes samples a word: 64, 128, 256 or 512
 * @param body whether the gates are lines of code or entries of a table
 * @param way how bits are packed and groups counted
 * @param flags of gcc, beside those that make a shared object
 */
public record CForm(String name, int lanes, Body body, Way way, List<String> flags) {
    /** The peers' shape and their default flags. */
    public static final CForm PEERS = new CForm("peers' C, -O1", 64, Body.LINES, Way.PEERS, List.of("-O1"));

    /** The same, given all that gcc can do. */
    public static final CForm PEERS_O3 =
            new CForm("peers' C, -O3 -march=native", 64, Body.LINES, Way.PEERS, List.of("-O3", "-march=native"));

    /** The same without optimisation: the only one that ends for large networks. */
    public static final CForm PEERS_O0 = new CForm("peers' C, -O0", 64, Body.LINES, Way.PEERS, List.of("-O0"));

    public CForm {
        if (lanes < 64 || lanes > 512 || Integer.bitCount(lanes) != 1) {
            throw new IllegalArgumentException(lanes + " samples a word; expected 64, 128, 256 or 512");
        }
        flags = List.copyOf(flags);
    }

    /** Where the gates are. */
    public enum Body {
        /** One line and one variable a gate, in one function. */
        LINES,
        /** Loops over runs of equal gates of a level; the wires they read are data. */
        TABLE
    }

    /** What is done around the gates. */
    public enum Way {
        /** Bits one at a time, every counter bit for every word. */
        PEERS,
        /** Eight bits at a time, carry-save adders, readout that gcc can vectorise. */
        STRONG
    }

    /** The same with other flags of gcc. */
    CForm withFlags(String... others) {
        return new CForm(name + " " + String.join(" ", others), lanes, body, way, List.of(others));
    }

    /** Straight-line C on gcc's vectors of {@code lanes} bits, carry-save group sums. */
    public static CForm vectors(int lanes) {
        return new CForm(
                "strengthened C, " + lanes + "-bit vectors, -O1",
                lanes,
                Body.LINES,
                Way.STRONG,
                List.of("-O1", "-march=native"));
    }

    /** A table of gates, walked by loops; 64 lanes are plain words. */
    public static CForm table(int lanes) {
        return new CForm(
                "gate table in C, " + lanes + " bit", lanes, Body.TABLE, Way.STRONG, List.of("-O3", "-march=native"));
    }
}
