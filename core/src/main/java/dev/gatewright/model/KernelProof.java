package dev.gatewright.model;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.circuit.Kernels;
import dev.gatewright.circuit.Stage;
import dev.gatewright.format.EncoderCircuit;
import dev.gatewright.format.ReadCircuit;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The proof that a file computes what a model of convolutions computes, kernel by kernel: the file's instances of a module stand
 * where the model's kernel does and read what it reads there, the module is equal to the kernel for all inputs, and so is what
 * comes after them. Where that holds, the circuits are equal; where it does not, they may be all the same.
 */
public final class KernelProof {
    /** What an instance reads where that is neither a wire of the planes before it nor the border. */
    private static final int OTHER = -2;

    private final Kernels kernels;
    private final Circuit around;
    private final List<Circuit> modules;
    private final long seed;
    private final BooleanSupplier stop;
    /** Input of the circuit around the instances → the stage that reads it, and its place before that. */
    private final int[] stages;

    private final int[] places;
    /** Instances, inputs and outputs of the circuit around them that are matched so far. */
    private int instance;

    private int input;
    private int output;

    private KernelProof(Kernels kernels, ReadCircuit.Instances file, long seed, BooleanSupplier stop) {
        this.kernels = kernels;
        this.around = file.around();
        this.modules = file.modules();
        this.seed = seed;
        this.stop = stop;
        this.stages = new int[around.inputs()];
        this.places = new int[around.inputs()];
    }

    /** Whether the proof succeeds. */
    public static boolean holds(Model model, ReadCircuit file, long seed, BooleanSupplier stop) {
        boolean raw = Against.isRaw(file);
        CircuitForm form = raw ? EncoderCircuit.before(model.form(), model.encoder()) : model.form();
        Kernels kernels = Kernels.of(form);
        return file.instances().isPresent()
                && !kernels.stages().isEmpty()
                && new KernelProof(kernels, file.instances().get(), seed, stop)
                        .holds(model.readout(), file, raw ? "raw" : "x");
    }

    /** Whether the kernels of two forms stand at the same positions and are equal one by one, and what comes after them too. */
    public static boolean holds(CircuitForm one, CircuitForm other, long seed, BooleanSupplier stop) {
        Kernels first = Kernels.of(one);
        Kernels second = Kernels.of(other);
        int stages = first.stages().size();
        boolean same = stages > 0 && stages == second.stages().size();
        for (int i = 0; same && i < stages; i++) {
            Stage mine = first.stages().get(i);
            Stage theirs = second.stages().get(i);
            same = mine.grid().equals(theirs.grid()) && equal(mine.kernel(), theirs.kernel(), seed, stop);
        }
        return same && equal(first.rest(), second.rest(), seed, stop);
    }

    private static boolean equal(Circuit one, Circuit other, long seed, BooleanSupplier stop) {
        return one.inputs() == other.inputs()
                && one.outputs() == other.outputs()
                && Equivalence.of(one, other, InputRelations.none(one.inputs()), seed, stop)
                        instanceof Equivalence.Answer.Equal;
    }

    private boolean holds(Readout readout, ReadCircuit file, String port) {
        if (!file.inputs().equals(names(port, kernels.inputs()))) {
            return false;
        }
        while (input < kernels.inputs()) {
            places[input] = input;
            input++;
        }
        output = file.outputs().size();
        for (int stage = 0; stage < kernels.stages().size(); stage++) {
            if (!stage(stage)) {
                return false;
            }
        }
        return instance == modules.size() && rest(readout, file.outputs());
    }

    private static List<String> names(String port, int count) {
        return IntStream.range(0, count).mapToObj(i -> port + "[" + i + "]").toList();
    }

    /** Whether the next instances are those of a stage. */
    private boolean stage(int stage) {
        int positions = kernels.stages().get(stage).grid().positions().size();
        Circuit kernel = kernels.stages().get(stage).kernel();
        if (instance + positions > modules.size()) {
            return false;
        }
        Circuit module = modules.get(instance);
        int[][] reads = new int[module.inputs()][positions];
        for (int position = 0; position < positions; position++) {
            if (!modules.get(instance++).equals(module) || module.outputs() != kernel.outputs()) {
                return false;
            }
            for (int[] read : reads) {
                read[position] = source(around.output(output++), stage);
            }
            for (int i = 0; i < kernel.outputs(); i++) {
                stages[input] = stage + 1;
                places[input++] = position * kernel.outputs() + i;
            }
        }
        return sameKernel(stage, module, reads);
    }

    private int source(int wire, int stage) {
        int from = wire - Circuit.CONSTANTS;
        if (wire == 0) {
            return Grid.BORDER;
        }
        return from >= 0 && from < input && stages[from] == stage ? places[from] : OTHER;
    }

    /** Whether a module whose inputs read this at every position is the stage's kernel. */
    private boolean sameKernel(int stage, Circuit module, int[][] reads) {
        Circuit kernel = kernels.stages().get(stage).kernel();
        int positions = kernels.stages().get(stage).grid().positions().size();
        CircuitBuilder one = new CircuitBuilder(kernel.inputs(), kernel.maxArity());
        CircuitBuilder other = new CircuitBuilder(kernel.inputs(), module.maxArity());
        // Inputs that read the same everywhere are one.
        Map<IntBuffer, Integer> first = new HashMap<>();
        first.put(IntBuffer.wrap(border(positions)), -1);
        int[] expected = new int[kernel.inputs()];
        for (int i = 0; i < expected.length; i++) {
            int each = i;
            int[] read = IntStream.range(0, positions)
                    .map(position -> kernels.source(stage, each, position))
                    .toArray();
            first.putIfAbsent(IntBuffer.wrap(read), i);
            expected[i] = wire(first.get(IntBuffer.wrap(read)), one);
        }
        int[] found = new int[module.inputs()];
        for (int i = 0; i < found.length; i++) {
            Integer same = first.get(IntBuffer.wrap(reads[i]));
            if (same == null) {
                return false;
            }
            found[i] = wire(same, other);
        }
        return equal(one.build(kernel.addTo(one, expected)), other.build(module.addTo(other, found)));
    }

    private static int[] border(int positions) {
        int[] border = new int[positions];
        Arrays.fill(border, Grid.BORDER);
        return border;
    }

    private static int wire(int input, CircuitBuilder builder) {
        return input < 0 ? 0 : builder.input(input);
    }

    private boolean equal(Circuit expected, Circuit found) {
        return equal(expected, found, seed, stop);
    }

    /** Whether the file's outputs are computed from the last planes as the model's are. */
    private boolean rest(Readout readout, List<String> outputs) {
        int last = kernels.stages().size();
        boolean[] needed = needed(outputs.size());
        CircuitBuilder builder = new CircuitBuilder(kernels.rest().inputs(), around.maxArity());
        int[] wires = new int[around.inputs()];
        for (int i = 0; i < wires.length; i++) {
            if (stages[i] == last) {
                wires[i] = builder.input(places[i]);
            } else if (needed[around.inputWire(i)]) {
                return false;
            }
        }
        int[] ends = around.addTo(builder, wires);
        ReadCircuit found = new ReadCircuit(
                builder.build(Arrays.copyOf(ends, outputs.size())),
                names("x", kernels.rest().inputs()),
                outputs);
        Against pair = Against.of(kernels.rest(), readout, found, false);
        return equal(pair.expected(), pair.found());
    }

    /** Wires that the first so many outputs depend on. */
    private boolean[] needed(int outputs) {
        boolean[] needed = new boolean[around.wires()];
        for (int i = 0; i < outputs; i++) {
            needed[around.output(i)] = true;
        }
        for (int gate = around.gates() - 1; gate >= 0; gate--) {
            for (int i = 0; needed[around.gateWire(gate)] && i < around.arity(gate); i++) {
                needed[around.wire(gate, i)] = true;
            }
        }
        return needed;
    }
}
