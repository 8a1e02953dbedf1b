package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;

/**
 * The format of the ISCAS benchmarks, as ABC and tools for test patterns read it: {@code AND}, {@code OR}, {@code NAND},
 * {@code NOR}, {@code XOR}, {@code XNOR} of two signals, {@code NOT} and {@code BUFF} of one. Inputs are {@code x[i]}, outputs
 * {@code y[j]}, gates {@code gN}, inverters {@code nN} of wire N; larger gates are split at one input after the other.
 */
public final class IscasBench implements Format {
    /** Of the tables 0 to 15: a word for the gate, and which inputs are inverted before it. */
    private static final String[] WORDS = {
        "", "NOR", "AND ~b", "", "AND ~a", "", "XOR", "NAND", "AND", "XNOR", "", "OR ~b", "", "OR ~a", "OR", ""
    };

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String suffix() {
        return ".bench";
    }

    @Override
    public String about() {
        return "gates as in the ISCAS benchmarks, for ABC and test tools";
    }

    @Override
    public boolean isRead() {
        return true;
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        return HardwareBench.throughAbc(design, vectors, stem, "read_bench " + stem + suffix());
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        Header.write(out, "# ", design, Names.legal(design.name(), Set.of()));
        new Writer(out, design.circuit()).write();
        out.flush();
    }

    /** One file on its way out. */
    private static final class Writer {
        private final TextOut out;
        private final Circuit circuit;
        private final boolean[] inverted;

        Writer(TextOut out, Circuit circuit) {
            this.out = out;
            this.circuit = circuit;
            this.inverted = new boolean[circuit.wires()];
        }

        void write() throws IOException {
            for (int i = 0; i < circuit.inputs(); i++) {
                out.text("INPUT(x[").number(i).text("])\n");
            }
            for (int i = 0; i < circuit.outputs(); i++) {
                out.text("OUTPUT(y[").number(i).text("])\n");
            }
            for (int gate = 0; gate < circuit.gates(); gate++) {
                table("g" + gate, circuit.table(gate), gate, circuit.arity(gate));
            }
            for (int i = 0; i < circuit.outputs(); i++) {
                int wire = circuit.output(i);
                String name = "y[" + i + "]";
                if (wire >= Circuit.CONSTANTS) {
                    line(name, "BUFF", Wires.name(circuit, wire));
                } else {
                    // The format has no constants.
                    line(name, wire == 0 ? "AND" : "OR", "x[0]", inverse(circuit.inputWire(0)));
                }
            }
        }

        /** A table over the first so many inputs of a gate, under a name. */
        private void table(String name, long table, int gate, int inputs) throws IOException {
            if (inputs == 1) {
                line(name, table == TruthTable.NOT ? "NOT" : "BUFF", wire(gate, 0));
                return;
            }
            if (inputs == 2 && !WORDS[(int) table].isEmpty()) {
                String word = WORDS[(int) table];
                line(
                        name,
                        word.replaceFirst(" .*", ""),
                        word.endsWith("~a") ? inverse(circuit.wire(gate, 0)) : wire(gate, 0),
                        word.endsWith("~b") ? inverse(circuit.wire(gate, 1)) : wire(gate, 1));
                return;
            }
            split(name, table, gate, inputs - 1);
        }

        /** The gate is {@code s ? high : low}; a half that is constant or ignored takes no signal. */
        private void split(String name, long table, int gate, int rest) throws IOException {
            long all = TruthTable.mask(rest);
            long low = table & all;
            long high = table >>> (1 << rest) & all;
            String select = wire(gate, rest);
            if (low == high) {
                table(name, low, gate, rest);
            } else if (low == (~high & all)) {
                half(name + "_0", low, gate, rest);
                line(name, "XOR", name + "_0", select);
            } else if (low == 0 || high == 0) {
                half(name + "_h", low | high, gate, rest);
                line(name, "AND", name + "_h", high == 0 ? inverse(circuit.wire(gate, rest)) : select);
            } else if (low == all || high == all) {
                half(name + "_h", low & high, gate, rest);
                line(name, "OR", name + "_h", low == all ? inverse(circuit.wire(gate, rest)) : select);
            } else {
                half(name + "_0", low, gate, rest);
                half(name + "_1", high, gate, rest);
                line(name + "_a", "AND", name + "_0", inverse(circuit.wire(gate, rest)));
                line(name + "_b", "AND", name + "_1", select);
                line(name, "OR", name + "_a", name + "_b");
            }
        }

        /** A table that may be constant. */
        private void half(String name, long table, int gate, int inputs) throws IOException {
            if (table == 0 || table == TruthTable.mask(inputs)) {
                line(name, table == 0 ? "AND" : "OR", wire(gate, 0), inverse(circuit.wire(gate, 0)));
            } else {
                table(name, table, gate, inputs);
            }
        }

        private String wire(int gate, int input) {
            return Wires.name(circuit, circuit.wire(gate, input));
        }

        private String inverse(int wire) throws IOException {
            String name = "n" + wire;
            if (!inverted[wire]) {
                inverted[wire] = true;
                line(name, "NOT", Wires.name(circuit, wire));
            }
            return name;
        }

        private void line(String name, String word, String... reads) throws IOException {
            out.text(name).text(" = ").text(word).raw('(');
            out.text(String.join(", ", reads)).text(")\n");
        }
    }
}
