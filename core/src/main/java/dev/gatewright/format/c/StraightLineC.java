package dev.gatewright.format.c;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;
import java.io.IOException;
import java.util.List;

/**
 * Writes a circuit as straight-line C in the shape of the field's own compiled networks: 64 samples a word and one
 * variable a gate, bits packed from row-major {@code bool} one at a time, group sums by ripple counters.
 *
 * <p>The text is the yardstick that engines are measured against, so it does what the peers do and nothing cleverer.
 * It needs a C99 compiler and defines two functions:
 *
 * <pre>{@code
 * void gatewright_gates(const int64_t *in, int64_t *out);
 * int gatewright_sums(const bool *samples, int *sums, size_t blocks);
 * }</pre>
 *
 * The first evaluates one block of 64 samples: word {@code i} of {@code in} is input {@code i}, bit {@code s} sample
 * {@code s}. The second takes {@code blocks · 64} rows of inputs, writes the groups' counts of true outputs row after
 * row, and returns 0, or 1 where it could not get memory.
 */
public final class StraightLineC {
    /** The name of the function that evaluates one block. */
    public static final String GATES = "gatewright_gates";

    /** The name of the function that turns rows into group sums. */
    public static final String SUMS = "gatewright_sums";

    /** The two-input gates by truth table. */
    private static final List<String> EXPRESSIONS = List.of(
            "0",
            "~(a | b)",
            "a & ~b",
            "~b",
            "b & ~a",
            "~a",
            "a ^ b",
            "~(a & b)",
            "a & b",
            "~(a ^ b)",
            "a",
            "a | ~b",
            "b",
            "b | ~a",
            "a | b",
            "~(word)0");

    private final Circuit circuit;
    private final int groups;
    private final Appendable out;

    private StraightLineC(Circuit circuit, int groups, Appendable out) {
        this.circuit = circuit;
        this.groups = groups;
        this.out = out;
    }

    /**
     * Writes {@code circuit}, its outputs being split into {@code groups} contiguous groups of equal size. Takes time
     * linear in the gates.
     *
     * @throws IllegalArgumentException if the outputs do not divide into the groups
     */
    public static void write(Circuit circuit, int groups, Appendable out) throws IOException {
        if (groups < 1 || circuit.outputs() % groups != 0) {
            throw new IllegalArgumentException(
                    circuit.outputs() + " outputs do not divide into " + groups + " groups of equal size");
        }
        StraightLineC writer = new StraightLineC(circuit, groups, out);
        writer.head();
        writer.gates();
        out.append(SUMS_BODY);
    }

    private void head() throws IOException {
        int size = circuit.outputs() / groups;
        int counterBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(size));
        out.append("#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <stdlib.h>\n\n");
        out.append("typedef int64_t word;\n\n");
        define("INPUTS", circuit.inputs());
        define("OUTPUTS", circuit.outputs());
        define("GROUPS", groups);
        define("GROUP_SIZE", size);
        define("PLANES", counterBits);
    }

    private void define(String name, int value) throws IOException {
        out.append("enum { ")
                .append(name)
                .append(" = ")
                .append(Integer.toString(value))
                .append(" };\n");
    }

    private void gates() throws IOException {
        out.append("\nvoid " + GATES + "(const word *in, word *out) {\n");
        for (int gate = 0; gate < circuit.gates(); gate++) {
            out.append("    const word v").append(Integer.toString(gate)).append(" = ");
            expression(gate, circuit.table(gate), circuit.arity(gate));
            out.append(";\n");
        }
        for (int output = 0; output < circuit.outputs(); output++) {
            out.append("    out[").append(Integer.toString(output)).append("] = ");
            out.append(wire(circuit.output(output))).append(";\n");
        }
        out.append("}\n");
    }

    /** The table over the gate's first {@code arity} wires; tables of more than two are split at the last wire. */
    private void expression(int gate, long table, int arity) throws IOException {
        String a = wire(circuit.wire(gate, 0));
        if (arity <= 2) {
            long both = arity == 1 ? table | table << 2 : table;
            String b = arity == 1 ? "" : wire(circuit.wire(gate, 1));
            for (char symbol : EXPRESSIONS.get((int) both).toCharArray()) {
                out.append(symbol == 'a' ? a : symbol == 'b' ? b : String.valueOf(symbol));
            }
            return;
        }
        String last = wire(circuit.wire(gate, arity - 1));
        int half = 1 << arity - 1;
        out.append("(~").append(last).append(" & (");
        expression(gate, table & TruthTable.mask(arity - 1), arity - 1);
        out.append(")) | (").append(last).append(" & (");
        expression(gate, table >>> half, arity - 1);
        out.append("))");
    }

    private String wire(int wire) {
        if (wire < Circuit.CONSTANTS) {
            return wire == 0 ? "(word)0" : "~(word)0";
        }
        int gate = circuit.gateOf(wire);
        return gate >= 0 ? "v" + gate : "in[" + (wire - Circuit.CONSTANTS) + "]";
    }

    private static final String SUMS_BODY = """

            int gatewright_sums(const bool *samples, int *sums, size_t blocks) {
                word *in = malloc((INPUTS + 1) * sizeof(word));
                word *out = malloc((OUTPUTS + 1) * sizeof(word));
                word *planes = malloc(PLANES * sizeof(word));
                if (!in || !out || !planes) {
                    free(in);
                    free(out);
                    free(planes);
                    return 1;
                }
                for (size_t block = 0; block < blocks; ++block) {
                    for (size_t i = 0; i < INPUTS; ++i) {
                        uint64_t packed = 0;
                        for (size_t s = 0; s < 64; ++s) {
                            packed <<= 1;
                            packed += samples[(block * 64 + 63 - s) * INPUTS + i];
                        }
                        in[i] = (word)packed;
                    }
                    gatewright_gates(in, out);
                    for (size_t group = 0; group < GROUPS; ++group) {
                        for (size_t plane = 0; plane < PLANES; ++plane) {
                            planes[plane] = 0;
                        }
                        for (size_t i = 0; i < GROUP_SIZE; ++i) {
                            word carry = out[group * GROUP_SIZE + i];
                            for (int plane = PLANES - 1; plane >= 0; --plane) {
                                const word old = planes[plane];
                                planes[plane] = carry ^ old;
                                carry = carry & old;
                            }
                        }
                        for (size_t s = 0; s < 64; ++s) {
                            int count = 0;
                            for (size_t plane = 0; plane < PLANES; ++plane) {
                                count <<= 1;
                                count += (int)(planes[plane] >> s & 1);
                            }
                            sums[(block * 64 + s) * GROUPS + group] = count;
                        }
                    }
                }
                free(in);
                free(out);
                free(planes);
                return 0;
            }
            """;
}
