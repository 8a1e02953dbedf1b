package dev.gatewright.model;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.circuit.Popcount;
import dev.gatewright.circuit.Votes;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.RawBits;
import dev.gatewright.encode.RawSample;
import dev.gatewright.encode.Samples;
import dev.gatewright.format.EncoderCircuit;
import dev.gatewright.format.ReadCircuit;
import dev.gatewright.pass.DecomposeGates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A model's circuit and one read from a file, brought to the same inputs and outputs: by the names that our files use, in
 * any order, else by their order.
 *
 * @param expected what the model says
 * @param found what the file says
 * @param outputs the names of the outputs compared
 * @param raw whether the inputs are raw bits ({@link RawBits}) and not the encoder's
 */
public record Against(Circuit expected, Circuit found, List<String> outputs, boolean raw) {
    /**
     * Brings them together.
     *
     * @throws InputException if the file has other inputs or outputs than the model
     */
    public static Against of(Model model, ReadCircuit file) {
        boolean raw = isRaw(file);
        Circuit circuit = raw ? EncoderCircuit.before(model.circuit(), model.encoder()) : model.circuit();
        return of(circuit, model.readout(), file, raw);
    }

    /** The same for a circuit with a read-out. */
    static Against of(Circuit circuit, Readout readout, ReadCircuit file, boolean raw) {
        Circuit plain = new DecomposeGates().apply(circuit);
        List<String> names = bits("y", plain.outputs());
        int[] order = byName(file.outputs(), names);
        if (order == null && !(readout instanceof Readout.Bits)) {
            boolean predicts = readout instanceof Readout.GroupSum;
            int groups = readout instanceof Readout.GroupSum sum ? sum.classes() : 1;
            List<String> counted = new ArrayList<>(bits("counts", groups * Votes.width(plain.outputs() / groups)));
            if (predicts) {
                counted.addAll(bits("prediction", Votes.width(groups - 1)));
            }
            order = byName(file.outputs(), counted);
            if (order == null && file.outputs().size() == counted.size() && counted.size() != names.size()) {
                order = IntStream.range(0, counted.size()).toArray();
            }
            if (order != null) {
                Circuit found = moved(file, order, plain.inputs(), raw);
                return new Against(counted(plain, groups, predicts, found), found, counted, raw);
            }
        }
        if (order == null && file.outputs().size() == names.size()) {
            order = IntStream.range(0, names.size()).toArray();
        }
        if (order == null) {
            throw new InputException("the file has " + file.outputs().size() + " outputs, "
                    + file.outputs().getFirst() + " and on, where the model has " + names.size());
        }
        return new Against(plain, moved(file, order, plain.inputs(), raw), names, raw);
    }

    /**
     * Another model's circuit as if a file held it.
     *
     * @throws InputException if its bits or its outputs mean something else
     */
    public static ReadCircuit file(Model model, Model other) {
        if (!other.encoder().equals(model.encoder()) || !other.readout().equals(model.readout())) {
            throw new InputException(
                    "this model has another " + (other.encoder().equals(model.encoder()) ? "read-out" : "encoder")
                            + ", so its circuit cannot be compared");
        }
        Circuit circuit = new DecomposeGates().apply(other.circuit());
        return new ReadCircuit(circuit, bits("x", circuit.inputs()), bits("y", circuit.outputs()));
    }

    /** Whether a file reads raw bits. */
    static boolean isRaw(ReadCircuit file) {
        return file.inputs().stream().anyMatch(name -> name.startsWith("raw["));
    }

    /** What is known of the inputs. */
    public InputRelations relations(Model model) {
        return raw ? InputRelations.none(expected.inputs()) : Reachable.relations(model.encoder());
    }

    /** A sample that gives these inputs, where there is one. */
    public Optional<Samples> sample(Model model, boolean[] inputs) {
        return raw ? new RawBits(model.encoder()).sample(inputs) : RawSample.of(model.encoder(), inputs);
    }

    /** The circuit with its read-out, counted in the way that has the most outputs in common with the file's. */
    private static Circuit counted(Circuit plain, int groups, boolean predicts, Circuit found) {
        return Popcount.ALL.stream()
                .map(popcount -> Votes.counted(plain, groups, predicts, popcount))
                .max(Comparator.comparingInt(circuit -> common(circuit, found)))
                .orElseThrow();
    }

    /** How many outputs are the same wire where both circuits share their gates. */
    private static int common(Circuit one, Circuit other) {
        CircuitBuilder builder = new CircuitBuilder(one.inputs(), Math.max(one.maxArity(), other.maxArity()));
        int[] first = one.addTo(builder);
        int[] second = other.addTo(builder);
        return (int) IntStream.range(0, first.length)
                .filter(i -> first[i] == second[i])
                .count();
    }

    private static List<String> bits(String name, int width) {
        return IntStream.range(0, width).mapToObj(i -> name + "[" + i + "]").toList();
    }

    /** For each of {@code wanted} its place among {@code names}; null where they are not the same names. */
    private static int[] byName(List<String> names, List<String> wanted) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), i);
        }
        boolean same = names.size() == wanted.size() && wanted.stream().allMatch(places::containsKey);
        return same ? wanted.stream().mapToInt(places::get).toArray() : null;
    }

    /** The file's circuit with the model's inputs, and outputs in the order given. */
    private static Circuit moved(ReadCircuit file, int[] order, int inputs, boolean raw) {
        Circuit circuit = file.circuit();
        int[] places = places(file.inputs(), inputs, raw ? "raw" : "x");
        CircuitBuilder builder = new CircuitBuilder(inputs);
        int[] outputs =
                circuit.addTo(builder, IntStream.of(places).map(builder::input).toArray());
        return builder.build(Arrays.stream(order).map(i -> outputs[i]).toArray());
    }

    /** The model's input of each of the file's: by names such as {@code x[i]}, of which some may be left out, else in order. */
    private static int[] places(List<String> names, int inputs, String port) {
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < inputs; i++) {
            known.put(port + "[" + i + "]", i);
        }
        if (names.stream().allMatch(known::containsKey)) {
            return names.stream().mapToInt(known::get).toArray();
        }
        if (names.size() != inputs) {
            throw new InputException(
                    "the file has " + names.size() + " inputs where the model has " + inputs + " bits");
        }
        return IntStream.range(0, inputs).toArray();
    }
}
