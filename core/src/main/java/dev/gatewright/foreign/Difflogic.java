package dev.gatewright.foreign;

import dev.gatewright.model.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Networks of difflogic: sixteen numbers a gate, the largest of which names its function. Their state holds no wires:
 * these come from a whole saved model, from what our exporter writes, or from the C that difflogic generates.
 */
final class Difflogic {
    private static final String WEIGHTS = ".weights";

    private Difflogic() {}

    static ForeignNetwork read(Path file, ImportOptions options) throws IOException {
        if (file.toString().endsWith(".c")) {
            return DifflogicC.read(file);
        }
        Contents contents = ForeignFile.contents(file);
        Contents wiring = options.wiring().isPresent()
                ? ForeignFile.contents(options.wiring().get())
                : contents;
        GateLayers layers = new GateLayers();
        if (wiring.has("layer0.a")) {
            exported(contents, wiring, layers);
        } else {
            modules(contents, layers);
        }
        OptionalDouble inputs = wiring.number("in_dim");
        OptionalDouble classes = wiring.number("k");
        return new ForeignNetwork(
                "difflogic weights",
                inputs.isPresent() ? (int) inputs.getAsDouble() : layers.width(),
                inputs.isPresent(),
                layers.gates(),
                true,
                classes.isPresent() ? OptionalInt.of((int) classes.getAsDouble()) : OptionalInt.empty(),
                wiring.number("tau"),
                java.util.Optional.empty(),
                ImportOptions.BitOrder.THRESHOLD,
                (bits, ignored) -> layers.circuit(bits));
    }

    /** What our exporter writes: {@code layer0.a}, {@code layer0.b}, and gates or weights here or in the other file. */
    private static void exported(Contents contents, Contents wiring, GateLayers layers) throws FormatException {
        List<String> names = names(contents);
        for (int i = 0; wiring.has("layer" + i + ".a"); i++) {
            String name = "layer" + i;
            long[] tables = wiring.has(name + ".gate")
                    ? gates(wiring.tensor(name + ".gate").ints())
                    : tables(contents.tensor(i < names.size() ? names.get(i) + WEIGHTS : name + WEIGHTS));
            layers.add(layer(
                    name,
                    tables,
                    wiring.tensor(name + ".a").ints(),
                    wiring.tensor(name + ".b").ints()));
        }
    }

    private static List<String> names(Contents contents) throws FormatException {
        return contents.prefixes(WEIGHTS);
    }

    private static void modules(Contents contents, GateLayers layers) throws FormatException {
        List<String> names = names(contents);
        if (names.isEmpty()) {
            throw new FormatException("has no tensors named like 1.weights, so it is no network of difflogic; it has "
                    + contents.names());
        }
        for (String name : names) {
            String wires = name + ".indices.";
            if (!contents.has(wires + 0)) {
                wires = name + ".indices_";
            }
            if (!contents.has(wires + 0) || !contents.has(wires + 1)) {
                throw new FormatException("has weights but no wiring, which difflogic does not save with them:"
                        + " 'gatewright import --help-export difflogic' prints an exporter to run once, whose file"
                        + " then is --wiring");
            }
            layers.add(layer(
                    name,
                    tables(contents.tensor(name + WEIGHTS)),
                    contents.tensor(wires + 0).ints(),
                    contents.tensor(wires + 1).ints()));
        }
    }

    private static long[] gates(int[] numbers) throws FormatException {
        long[] tables = new long[numbers.length];
        for (int gate = 0; gate < tables.length; gate++) {
            tables[gate] = ForeignTables.published(numbers[gate]);
        }
        return tables;
    }

    private static long[] tables(Tensor weights) throws FormatException {
        if (weights.dimensions() != 2 || weights.size(1) != 16) {
            throw new FormatException(
                    "has weights of shape " + java.util.Arrays.toString(weights.shape()) + "; expected gates times 16");
        }
        double[] numbers = weights.doubles();
        long[] tables = new long[weights.size(0)];
        for (int gate = 0; gate < tables.length; gate++) {
            tables[gate] = ForeignTables.published(ForeignTables.largest(numbers, 16 * gate, 16));
        }
        return tables;
    }

    private static GateLayers.Layer layer(String name, long[] tables, int[] a, int[] b) throws FormatException {
        if (a.length != tables.length || b.length != tables.length) {
            throw new FormatException("layer " + name + " has " + tables.length + " gates, " + a.length
                    + " first wires and " + b.length + " second wires");
        }
        int[] wires = new int[2 * tables.length];
        for (int gate = 0; gate < tables.length; gate++) {
            wires[2 * gate] = a[gate];
            wires[2 * gate + 1] = b[gate];
        }
        return new GateLayers.Layer(name, 2, wires, tables);
    }
}
