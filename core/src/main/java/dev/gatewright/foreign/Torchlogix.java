package dev.gatewright.foreign;

import dev.gatewright.model.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Networks of torchlogix by their state: dense layers of any rank, preceded by layers of convolutions and pooling. */
final class Torchlogix {
    private static final String INDICES = ".connections.indices";
    private static final String TREES = ".tree_weights.0";
    private static final double SOFTPLUS = 0.1 + 1e-6;

    private final Contents contents;
    private final ImportOptions options;

    private Torchlogix(Contents contents, ImportOptions options) {
        this.contents = contents;
        this.options = options;
    }

    static ForeignNetwork read(Path file, ImportOptions options) throws IOException {
        if (file.toString().endsWith(".json")) {
            return TorchlogixJson.read(file);
        }
        return new Torchlogix(ForeignFile.contents(file), options).network();
    }

    private ForeignNetwork network() throws FormatException {
        List<String> dense = contents.prefixes(".weight");
        List<String> trees = contents.prefixes(TREES);
        GateLayers layers = new GateLayers();
        for (String name : dense) {
            layers.add(dense(name));
        }
        if (dense.isEmpty()) {
            throw new FormatException(
                    "has no tensors named like 2.weight, so it is no state of torchlogix; it has " + contents.names());
        }
        Optional<Cuts> cuts = cuts();
        ForeignNetwork network = new ForeignNetwork(
                "torchlogix state",
                layers.width(),
                false,
                layers.gates(),
                true,
                OptionalInt.empty(),
                OptionalDouble.empty(),
                cuts,
                trees.isEmpty() ? ImportOptions.BitOrder.PIXEL : ImportOptions.BitOrder.CHANNEL,
                (inputs, ignored) -> layers.circuit(inputs));
        return trees.isEmpty() ? network : convolutions(network, trees, dense.getFirst(), layers);
    }

    private ForeignNetwork convolutions(ForeignNetwork dense, List<String> trees, String first, GateLayers layers)
            throws FormatException {
        List<Convolution> convolutions = new ArrayList<>();
        for (String name : trees) {
            convolutions.add(Convolution.read(name, contents, this::tables));
        }
        int[] places = new int[trees.size() + 1];
        for (int i = 0; i < trees.size(); i++) {
            places[i] = place(trees.get(i));
        }
        places[trees.size()] = place(first);
        if (options.image().isEmpty()) {
            throw new FormatException("has convolutions, so the shape of its images is needed: --input 1x28x28");
        }
        int bits = dense.thresholds()
                .map(Cuts::each)
                .orElse(Math.max(1, options.thresholds().size()));
        Convolutions stack =
                Convolutions.plan(convolutions, places, options.image().get(), bits, layers);
        return new ForeignNetwork(
                dense.kind() + " with convolutions",
                stack.inputs(),
                true,
                stack.gates() + dense.gates(),
                true,
                dense.classes(),
                dense.tau(),
                dense.thresholds(),
                dense.usual(),
                (inputs, ignored) -> stack.circuit(inputs));
    }

    /** The place of a module among its siblings: 3 of {@code model.3}. */
    private static int place(String name) throws FormatException {
        String last = name.substring(name.lastIndexOf('.') + 1);
        if (!last.matches("[0-9]{1,6}")) {
            throw new FormatException(
                    "has a layer " + name + "; expected the layers of a Sequential, which are numbered");
        }
        return Integer.parseInt(last);
    }

    private GateLayers.Layer dense(String name) throws FormatException {
        if (!contents.has(name + INDICES)) {
            throw new FormatException(
                    "has no tensor " + name + INDICES + ": torchlogix saves the wiring since June 2026;"
                            + " save the network again with a later version");
        }
        Tensor indices = contents.tensor(name + INDICES);
        int[] wires = indices.dimensions() == 3 ? chosen(name, indices) : indices.ints();
        int arity = indices.dimensions() < 2 ? 0 : indices.size(indices.dimensions() - 2);
        if (arity < 1 || arity > 6 || indices.dimensions() > 3) {
            throw new FormatException("has wires of shape " + Arrays.toString(indices.shape()) + " in layer " + name
                    + "; expected 1 to 6 times gates");
        }
        int gates = indices.size(indices.dimensions() - 1);
        int[] byGate = new int[wires.length];
        for (int i = 0; i < wires.length; i++) {
            byGate[i % gates * arity + i / gates] = wires[i];
        }
        return new GateLayers.Layer(name, arity, byGate, denseTables(name, arity, gates));
    }

    private long[] denseTables(String name, int arity, int gates) throws FormatException {
        if (contents.has(name + "._export_lut_ids")) {
            Tensor ids = contents.tensor(name + "._export_lut_ids");
            if (ids.elements() == gates) {
                double[] numbers = ids.doubles();
                long[] tables = new long[gates];
                for (int gate = 0; gate < gates; gate++) {
                    tables[gate] = ForeignTables.numbered((long) numbers[gate], arity);
                }
                return tables;
            }
        }
        Tensor weight = contents.tensor(name + ".weight");
        if (weight.dimensions() != 2 || weight.size(0) != gates) {
            throw new FormatException("has weights of shape " + Arrays.toString(weight.shape()) + " in layer " + name
                    + ", whose wires are of " + gates + " gates");
        }
        return tables(name, weight.doubles(), weight.size(1), arity);
    }

    /** The tables that rows of numbers stand for. */
    private long[] tables(String name, double[] numbers, int columns, int arity) throws FormatException {
        ImportOptions.Tables kind = kind(name, columns, arity);
        long[] tables = new long[columns == 0 ? 0 : numbers.length / columns];
        for (int gate = 0; gate < tables.length; gate++) {
            int from = gate * columns;
            tables[gate] = switch (kind) {
                case RAW -> ForeignTables.published(ForeignTables.largest(numbers, from, columns));
                case WARP -> ForeignTables.walsh(numbers, from, arity);
                case LIGHT -> ForeignTables.positive(numbers, from, arity);
            };
        }
        return tables;
    }

    private ImportOptions.Tables kind(String name, int columns, int arity) throws FormatException {
        boolean raw = arity == 2 && columns == 16;
        if (!raw && columns != 1 << arity) {
            throw new FormatException(
                    "layer " + name + " has " + columns + " numbers a gate, whose gates have " + arity + " inputs");
        }
        return raw
                ? ImportOptions.Tables.RAW
                : options.tables()
                        .filter(kind -> kind != ImportOptions.Tables.RAW)
                        .orElseThrow(() -> new FormatException("layer " + name + " has " + columns
                                + " numbers a gate, and its file does not say of which kind: --parametrization"
                                + " warp or light"));
    }

    /** Of {@code [candidates, arity, gates]} wires those of the largest weight. */
    private int[] chosen(String name, Tensor indices) throws FormatException {
        Tensor weights = contents.tensor(name + ".connections.weights");
        if (!Arrays.equals(weights.shape(), indices.shape())) {
            throw new FormatException("layer " + name + " has wires of shape " + Arrays.toString(indices.shape())
                    + " and their weights of shape " + Arrays.toString(weights.shape()));
        }
        int[] wires = indices.ints();
        double[] numbers = weights.doubles();
        int candidates = indices.size(0);
        int[] chosen = new int[candidates == 0 ? 0 : wires.length / candidates];
        for (int i = 0; i < chosen.length; i++) {
            int best = i;
            for (int at = i; at < wires.length; at += chosen.length) {
                best = numbers[at] > numbers[best] ? at : best;
            }
            chosen[i] = wires[best];
        }
        return chosen;
    }

    private Optional<Cuts> cuts() throws FormatException {
        List<Tensor> differences = contents.ending("raw_diffs");
        List<Tensor> fixed = contents.ending("thresholds");
        if (differences.isEmpty() && fixed.isEmpty()) {
            return Optional.empty();
        }
        Tensor tensor = (differences.isEmpty() ? fixed : differences).getFirst();
        int each = tensor.dimensions() == 0 ? 1 : tensor.size(tensor.dimensions() - 1);
        double[] numbers = tensor.doubles();
        if (each < 1) {
            return Optional.empty();
        }
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            boolean first = i % each == 0;
            values[i] = differences.isEmpty()
                    ? (float) numbers[i]
                    : (first ? 0 : values[i - 1]) + (float) difference(numbers[i], first);
        }
        return Optional.of(new Cuts(each, values));
    }

    private double difference(double stored, boolean first) {
        boolean plain = first || options.learned() == ImportOptions.Learned.PLAIN;
        return plain ? stored : SOFTPLUS * Math.log1p(Math.exp(stored / SOFTPLUS));
    }
}
