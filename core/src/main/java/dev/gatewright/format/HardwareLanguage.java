package dev.gatewright.format;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The syntax of a language of hardware. A signal of width 0 is a single bit; others are unsigned numbers of so many bits.
 * {@link HardwareWalk} says what is written.
 */
sealed interface HardwareLanguage permits VerilogLanguage, VhdlLanguage {
    /** A signal or constant as expressions name it. */
    record Operand(String name, int width, boolean constant) {}

    /** A port of a module: one bit where the width is 0. */
    record Port(String name, int width, boolean input) {}

    /** Words that no module may be called, in lower case. */
    Set<String> keywords();

    /** What a line of comment starts with. */
    String comment();

    /** Gates as expressions. */
    Formula formula();

    /** A bit of a port. */
    String bit(String port, int index);

    /** Parts side by side as one number, the lowest first. */
    String joined(List<Operand> parts);

    /** The sum of two numbers of equal widths. */
    default String sum(String a, String b) {
        return a + " + " + b;
    }

    /** The difference of two numbers of equal widths. */
    default String difference(String a, String b) {
        return a + " - " + b;
    }

    /** A number bit by bit inverted. */
    String inverse(String number);

    /** One of two numbers of equal widths. */
    String choice(String condition, String yes, String no);

    /** Everything up to the first declaration. */
    void head(TextOut out, String module, List<Port> ports) throws IOException;

    /** Whether declarations stand apart, before all statements, and not where signals are defined. */
    boolean declaresFirst();

    /** A declaration, where these stand apart. */
    void declare(TextOut out, String name, int width) throws IOException;

    /** What stands between declarations and statements. */
    void begin(TextOut out) throws IOException;

    /** A signal and what drives it. */
    void define(TextOut out, String name, int width, String expression) throws IOException;

    /** A register, before statements that read it; what drives it comes in {@link #clocked}. */
    void register(TextOut out, String name, int width) throws IOException;

    /** What drives a port: parts side by side, the lowest first. */
    void drive(TextOut out, String target, List<Operand> parts) throws IOException;

    /** Assignments to registers. */
    @FunctionalInterface
    interface Body {
        void write() throws IOException;
    }

    /**
     * Assignments at the rising edge of {@code clk}.
     *
     * @param enable the bit that allows them; empty where they are always allowed
     */
    void clocked(TextOut out, String enable, Body body) throws IOException;

    /** The registers {@code full_1} to {@code full_N}: zero under reset, else moved on where {@code advance} is set. */
    void handshake(TextOut out, int stages) throws IOException;

    /** Everything after the last statement. */
    void tail(TextOut out) throws IOException;
}
