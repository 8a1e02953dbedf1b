package dev.gatewright.foreign;

import dev.gatewright.model.FormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Networks of torch-dwn: lookup tables of up to six inputs. An entry is true above zero; input {@code l} is bit
 * {@code l} of its address, as it is with us.
 */
final class Dwn {
    private static final String LUTS = ".luts";

    private Dwn() {}

    static ForeignNetwork read(Path file) throws IOException {
        Contents contents = ForeignFile.contents(file);
        List<String> names = contents.prefixes(LUTS);
        if (names.isEmpty()) {
            throw new FormatException(
                    "has no tensors named like 0.luts, so it is no network of torch-dwn; it has " + contents.names());
        }
        GateLayers layers = new GateLayers();
        for (String name : names) {
            layers.add(layer(name, contents));
        }
        if (!contents.ending("randperm").isEmpty()) {
            throw new FormatException("mixes its outputs before they are summed (randperm), which is not read");
        }
        Optional<Tensor> learnt =
                contents.ending(names.getFirst() + ".mapping.weights").stream().findFirst();
        OptionalDouble inputs = contents.number(names.getFirst() + ".input_size");
        OptionalDouble classes = contents.number("k");
        return new ForeignNetwork(
                "torch-dwn tables",
                learnt.isPresent()
                        ? learnt.get().size(0)
                        : inputs.isPresent() ? (int) inputs.getAsDouble() : layers.width(),
                learnt.isPresent() || inputs.isPresent(),
                layers.gates(),
                true,
                classes.isPresent() ? OptionalInt.of((int) classes.getAsDouble()) : OptionalInt.empty(),
                contents.number("tau"),
                cuts(contents),
                ImportOptions.BitOrder.PIXEL,
                (bits, groups) -> layers.circuit(bits, Math.ceilDiv(layers.outputs(), groups) * groups));
    }

    private static GateLayers.Layer layer(String name, Contents contents) throws FormatException {
        Tensor luts = contents.tensor(name + LUTS);
        int entries = luts.dimensions() == 2 ? luts.size(1) : 0;
        int arity = entries < 1 ? 0 : Integer.numberOfTrailingZeros(entries);
        if (arity < 1 || arity > 6 || entries != 1 << arity) {
            throw new FormatException("layer " + name + " has tables of shape " + Arrays.toString(luts.shape())
                    + "; expected 2, 4, 8, 16, 32 or 64 entries a gate");
        }
        double[] numbers = luts.doubles();
        long[] tables = new long[luts.size(0)];
        for (int i = 0; i < numbers.length; i++) {
            tables[i / entries] |= (numbers[i] > 0 ? 1L : 0L) << i % entries;
        }
        int[] wires = contents.has(name + ".mapping.weights")
                ? learnt(contents.tensor(name + ".mapping.weights"))
                : contents.tensor(name + ".mapping").ints();
        if (wires.length != (long) tables.length * arity) {
            throw new FormatException("layer " + name + " has " + wires.length + " wires for " + tables.length
                    + " tables of " + arity + " inputs");
        }
        return new GateLayers.Layer(name, arity, wires, tables);
    }

    /** Of {@code [inputs, wires]} weights the input of the largest, for each wire. */
    private static int[] learnt(Tensor weights) throws FormatException {
        if (weights.dimensions() != 2 || weights.elements() == 0) {
            throw new FormatException("has a learnt mapping of shape " + Arrays.toString(weights.shape())
                    + "; expected inputs times wires");
        }
        double[] numbers = weights.doubles();
        int[] wires = new int[weights.size(1)];
        for (int i = 0; i < numbers.length; i++) {
            int wire = i % wires.length;
            int best = wires[wire] * wires.length + wire;
            if (numbers[i] > numbers[best]) {
                wires[wire] = i / wires.length;
            }
        }
        return wires;
    }

    private static Optional<Cuts> cuts(Contents contents) throws FormatException {
        List<Tensor> found = contents.ending("thresholds");
        found = found.isEmpty() ? contents.ending("thermometer") : found;
        if (found.isEmpty() || found.getFirst().dimensions() == 0) {
            return Optional.empty();
        }
        Tensor tensor = found.getFirst();
        double[] numbers = tensor.doubles();
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        int each = tensor.size(tensor.dimensions() - 1);
        return each < 1 ? Optional.empty() : Optional.of(new Cuts(each, values));
    }
}
