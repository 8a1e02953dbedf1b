package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Levels;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.InputException;
import dev.gatewright.logic.TruthTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * An ONNX model (opset 13) of encoder, gates and read-out, for ordinary runtimes to check or use; they are slow at it. A
 * level of gates is one look-up in all of its truth tables: each wire that a gate reads adds a bit to the address.
 */
public final class Onnx implements Format {
    private static final int OPSET = 13;
    private static final int MOST_GATES = 4_000_000;

    @Override
    public String name() {
        return "onnx";
    }

    @Override
    public String suffix() {
        return ".onnx";
    }

    @Override
    public String about() {
        return "ONNX, opset 13: encoder, gates, read-out; for checks by other runtimes, which are slow at it";
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        return BenchFiles.rowsAnd("_test.py", BenchText.ONNX, "python3 ", design, vectors, stem);
    }

    @Override
    public void write(Design design, OutputStream out) throws IOException {
        if (design.circuit().gates() > MOST_GATES) {
            throw new InputException(
                    "format onnx: " + design.circuit().gates() + " gates where up to " + MOST_GATES + " fit its files");
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        TextOut text = new TextOut(header);
        Header.write(
                text, "", design, design.name(), "input: rows; values of a row as the model's predictor takes them");
        text.flush();
        OnnxGraph graph = new OnnxGraph();
        new Writer(design, graph).write();
        out.write(graph.model(Names.legal(design.name(), Set.of()), header.toString(StandardCharsets.UTF_8), OPSET));
    }

    /** One graph in the making. */
    private static final class Writer {
        private final Design design;
        private final Circuit circuit;
        private final OnnxGraph graph;
        /** The column in which a wire stands once its level is done. */
        private final int[] column;

        Writer(Design design, OnnxGraph graph) {
            this.design = design;
            this.circuit = design.circuit();
            this.graph = graph;
            this.column = new int[circuit.wires()];
        }

        void write() {
            String values = gates(encoder());
            int[] outputs = new int[circuit.outputs()];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = column[circuit.output(i)];
            }
            String read = gather(values, outputs);
            switch (design.score()) {
                case Design.Score.Votes votes -> {
                    String scores = graph.named(
                            "scores", "Div", List.of(sums(read), graph.floats(new float[] {votes.tau()}, 1)));
                    graph.named("class", "ArgMax", List.of(scores), "axis", 1, "keepdims", 0);
                    graph.output("class", OnnxGraph.INT64, 0);
                    graph.output("scores", OnnxGraph.FLOAT, votes.classes());
                }
                case Design.Score.Tally tally -> {
                    String scale = graph.floats(new float[] {tally.scale()}, 1);
                    String scaled = graph.node("Mul", List.of(sums(read), scale));
                    String offset = graph.floats(new float[] {tally.offset()}, 1);
                    graph.named("numbers", "Add", List.of(scaled, offset));
                    graph.output("numbers", OnnxGraph.FLOAT, 1);
                }
                case Design.Score.Bits ignored -> {
                    graph.named("bits", "Cast", List.of(read), "to", OnnxGraph.BOOL);
                    graph.output("bits", OnnxGraph.BOOL, circuit.outputs());
                }
            }
        }

        /** False, true and the bits of every row, as whole numbers, side by side. */
        private String encoder() {
            Encoder encoder = design.encoder();
            boolean pixels = encoder.inputs() instanceof Encoder.Inputs.Pixels;
            graph.input("rows", pixels ? OnnxGraph.UINT8 : OnnxGraph.FLOAT, Wasm.values(encoder));
            String rows = pixels ? graph.node("Cast", List.of("rows"), "to", OnnxGraph.FLOAT) : "rows";
            List<String> parts = new ArrayList<>();
            // Any column gives a row of constants: no number is both above and not above itself.
            String none = graph.node("Greater", List.of(gather(rows, new int[] {0}), gather(rows, new int[] {0})));
            parts.add(whole(none));
            parts.add(whole(graph.node("Not", List.of(none))));
            int next = Circuit.CONSTANTS;
            for (Encoder.Test test : Encoder.Test.values()) {
                int[] bits = java.util.stream.IntStream.range(0, encoder.bits())
                        .filter(bit -> encoder.test(bit) == test)
                        .toArray();
                if (bits.length > 0) {
                    parts.add(whole(tests(rows, test, bits)));
                }
                for (int bit : bits) {
                    column[circuit.inputWire(bit)] = next++;
                }
            }
            column[1] = 1;
            return graph.node("Concat", parts, "axis", 1);
        }

        private String tests(String rows, Encoder.Test test, int[] bits) {
            Encoder encoder = design.encoder();
            String read = gather(rows, Arrays.stream(bits).map(encoder::column).toArray());
            if (test == Encoder.Test.MISSING) {
                return graph.node("IsNaN", List.of(read));
            }
            float[] limits = new float[bits.length];
            for (int i = 0; i < bits.length; i++) {
                limits[i] = encoder.value(bits[i]);
            }
            String limit = graph.floats(limits, 1, bits.length);
            return graph.node(test == Encoder.Test.GREATER ? "Greater" : "Equal", List.of(read, limit));
        }

        private String whole(String truth) {
            return graph.node("Cast", List.of(truth), "to", OnnxGraph.INT32);
        }

        private String gather(String from, int[] columns) {
            return graph.node("Gather", List.of(from, graph.ints(columns, columns.length)), "axis", 1);
        }

        /** All wires side by side, level after level. */
        private String gates(String inputs) {
            Levels levels = Levels.of(circuit);
            int[][] byLevel = byLevel(levels);
            String values = inputs;
            int next = Circuit.CONSTANTS + circuit.inputs();
            for (int[] gates : byLevel) {
                if (gates.length > 0) {
                    values = graph.node("Concat", List.of(values, level(values, gates)), "axis", 1);
                    for (int gate : gates) {
                        column[circuit.gateWire(gate)] = next++;
                    }
                }
            }
            return values;
        }

        /** The gates that outputs need, by their level. */
        private int[][] byLevel(Levels levels) {
            boolean[] needed = needed();
            int[] counts = new int[levels.depth() + 1];
            for (int gate = 0; gate < circuit.gates(); gate++) {
                if (needed[circuit.gateWire(gate)]) {
                    counts[levels.level(circuit.gateWire(gate))]++;
                }
            }
            int[][] byLevel = new int[counts.length][];
            for (int level = 0; level < counts.length; level++) {
                byLevel[level] = new int[counts[level]];
            }
            for (int gate = circuit.gates() - 1; gate >= 0; gate--) {
                if (needed[circuit.gateWire(gate)]) {
                    int level = levels.level(circuit.gateWire(gate));
                    byLevel[level][--counts[level]] = gate;
                }
            }
            return byLevel;
        }

        private boolean[] needed() {
            boolean[] needed = new boolean[circuit.wires()];
            for (int output = 0; output < circuit.outputs(); output++) {
                needed[circuit.output(output)] = true;
            }
            for (int gate = circuit.gates() - 1; gate >= 0; gate--) {
                for (int i = 0; needed[circuit.gateWire(gate)] && i < circuit.arity(gate); i++) {
                    needed[circuit.wire(gate, i)] = true;
                }
            }
            return needed;
        }

        private String level(String values, int[] gates) {
            int arity = Arrays.stream(gates).map(circuit::arity).max().orElse(1);
            int entries = 1 << arity;
            int[] tables = new int[gates.length * entries];
            int[] starts = new int[gates.length];
            for (int i = 0; i < gates.length; i++) {
                starts[i] = i * entries;
                // Inputs that a gate lacks are false, so that the upper part of its table is never read.
                for (int index = 0; index < 1 << circuit.arity(gates[i]); index++) {
                    tables[i * entries + index] = TruthTable.value(circuit.table(gates[i]), index) ? 1 : 0;
                }
            }
            String address = graph.ints(starts, 1, gates.length);
            for (int input = 0; input < arity; input++) {
                int[] read = new int[gates.length];
                for (int i = 0; i < gates.length; i++) {
                    read[i] = input < circuit.arity(gates[i]) ? column[circuit.wire(gates[i], input)] : 0;
                }
                String place = graph.ints(new int[] {1 << input}, 1);
                String bit = graph.node("Mul", List.of(gather(values, read), place));
                address = graph.node("Add", List.of(bit, address));
            }
            return graph.node("Gather", List.of(graph.ints(tables, tables.length), address), "axis", 0);
        }

        /** Counts of each group, as real numbers. */
        private String sums(String outputs) {
            int size = circuit.outputs() / design.groups();
            String real = graph.node("Cast", List.of(outputs), "to", OnnxGraph.FLOAT);
            String shape = graph.longs(new long[] {-1, design.groups(), size}, 3);
            String grouped = graph.node("Reshape", List.of(real, shape));
            String axes = graph.longs(new long[] {2}, 1);
            return graph.node("ReduceSum", List.of(grouped, axes), "keepdims", 0);
        }
    }
}
