package dev.gatewright.hardware;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.Fanout;
import dev.gatewright.circuit.Levels;
import dev.gatewright.hardware.CutSet.Order;
import dev.gatewright.logic.TruthTable;
import java.util.Arrays;

/**
 * Maps a circuit to look-up tables of up to {@code k} inputs: the fewest levels that its structure allows, then few tables
 * without more levels.
 *
 * <p>Priority cuts (Mishchenko, Cho, Chatterjee and Brayton, ICCAD 2007): of every gate some of the best cuts are kept, first
 * by depth, then by area flow, then by the exact number of tables that a cut adds to the cover at hand. Time is linear in the
 * gates for each of the passes; memory is about {@code 4 · 8 · k} bytes a gate.
 */
public final class LutMapper {
    private static final int FLOW_PASSES = 2;
    private static final int EXACT_PASSES = 3;
    /** In deeper covers each count of tables might walk through all of them. */
    private static final int DEEPEST = 1000;

    private final Circuit circuit;
    private final int width;
    private final Cover cover;
    private final CutSet set;
    private final int[] leaves;
    private final byte[] sizes;
    private final byte[] counts;
    /** Tables that a wire costs, shared among those that read it. */
    private final float[] flows;

    /** Those that read a wire, as an estimate that follows the cover. */
    private final float[] sharers;

    private final Cut one;
    private final Cut other;

    /** A cut that was taken from the table of all. */
    private static final class Cut {
        private final int[] leaves;
        private int size;

        Cut(int[] leaves) {
            this.leaves = leaves;
        }
    }

    private LutMapper(Circuit circuit, int width) {
        this.circuit = circuit;
        this.width = width;
        cover = new Cover(circuit, width);
        set = new CutSet(width);
        one = new Cut(new int[width]);
        other = new Cut(new int[width]);
        leaves = new int[Math.multiplyExact(circuit.gates(), CutSet.MOST * width)];
        sizes = new byte[circuit.gates() * CutSet.MOST];
        counts = new byte[circuit.gates()];
        flows = new float[circuit.wires()];
        sharers = new float[circuit.wires()];
        Fanout fanout = Fanout.of(circuit);
        for (int wire = 0; wire < sharers.length; wire++) {
            sharers[wire] = Math.max(1, fanout.readers(wire));
        }
    }

    /** What is better, and how area is measured. */
    private enum Goal {
        DEPTH,
        FLOW,
        EXACT
    }

    /**
     * The circuit of the same inputs and outputs whose gates are the tables.
     *
     * @param circuit of gates of two inputs
     * @throws IllegalArgumentException if {@code inputs} is not in 2..6 or a gate has more than two
     */
    public static Circuit map(Circuit circuit, int inputs) {
        if (inputs < 2 || inputs > TruthTable.MAX_INPUTS || circuit.maxArity() > 2) {
            throw new IllegalArgumentException(
                    "gates of up to " + circuit.maxArity() + " inputs for tables of " + inputs);
        }
        return new LutMapper(circuit, inputs).run();
    }

    /** The levels of a mapped circuit. */
    public static int levels(Circuit mapped) {
        return Levels.of(mapped).depth();
    }

    private Circuit run() {
        pass(Goal.DEPTH);
        for (int i = 0; i < FLOW_PASSES; i++) {
            pass(Goal.FLOW);
        }
        for (int i = 0; i < EXACT_PASSES && cover.depth() <= DEEPEST; i++) {
            pass(Goal.EXACT);
        }
        return tables();
    }

    private void pass(Goal goal) {
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int wire = circuit.gateWire(gate);
            boolean used = cover.readers(wire) > 0;
            if (goal == Goal.EXACT && used) {
                cover.release(gate);
            }
            if (goal == Goal.FLOW) {
                sharers[wire] = Math.max(1, (2 * sharers[wire] + cover.readers(wire)) / 3);
            }
            enumerate(gate, goal);
            cover.choose(gate, set.leaves(0), set.size(0), set.depth(0));
            if (goal != Goal.EXACT) {
                flows[wire] = set.area(0) / sharers[wire];
            } else if (used) {
                cover.use(gate);
            }
            store(gate);
        }
        cover.settle();
    }

    /** Puts the best cuts of a gate into the set: first the one it has, then the unions of cuts of what it reads. */
    private void enumerate(int gate, Goal goal) {
        set.clear();
        int wire = circuit.gateWire(gate);
        for (int i = 0; i < cover.size(gate); i++) {
            set.room()[i] = cover.leaf(gate, i);
        }
        if (cover.size(gate) > 0) {
            offer(cover.size(gate), goal);
        }
        int a = circuit.wire(gate, 0);
        int b = circuit.arity(gate) == 2 ? circuit.wire(gate, 1) : -1;
        for (int i = cuts(a); i >= 0; i--) {
            take(a, i, one);
            if (b < 0) {
                System.arraycopy(one.leaves, 0, set.room(), 0, one.size);
                consider(one.size, wire, goal);
            }
            for (int j = b < 0 ? -1 : cuts(b); j >= 0; j--) {
                take(b, j, other);
                consider(set.merge(one.leaves, one.size, other.leaves, other.size), wire, goal);
            }
        }
    }

    /** How many cuts a wire has beside the trivial one, which is the wire itself and comes last. */
    private int cuts(int wire) {
        int gate = circuit.gateOf(wire);
        return gate < 0 ? 0 : counts[gate];
    }

    private void take(int wire, int cut, Cut into) {
        if (cut == cuts(wire)) {
            into.leaves[0] = wire;
            into.size = 1;
            return;
        }
        int at = circuit.gateOf(wire) * CutSet.MOST + cut;
        into.size = sizes[at];
        System.arraycopy(leaves, at * width, into.leaves, 0, into.size);
    }

    /** Offers the cut in the set's room, if it has a size and is not too deep. */
    private void consider(int size, int wire, Goal goal) {
        if (size > 0
                && (goal == Goal.DEPTH || cover.depth(set.room(), size) <= cover.latest(wire))
                && !set.isDominated(size)) {
            offer(size, goal);
        }
    }

    private void offer(int size, Goal goal) {
        int[] cut = set.room();
        float area = goal == Goal.EXACT ? cover.added(cut, size) : flow(cut, size);
        set.offer(size, cover.depth(cut, size), area, goal == Goal.DEPTH ? Order.DEPTH : Order.AREA);
    }

    private float flow(int[] cut, int size) {
        float flow = 1;
        for (int i = 0; i < size; i++) {
            flow += flows[cut[i]];
        }
        return flow;
    }

    private void store(int gate) {
        counts[gate] = (byte) set.count();
        for (int cut = 0; cut < set.count(); cut++) {
            int at = gate * CutSet.MOST + cut;
            sizes[at] = (byte) set.size(cut);
            System.arraycopy(set.leaves(cut), 0, leaves, at * width, set.size(cut));
        }
    }

    private Circuit tables() {
        CircuitBuilder builder = new CircuitBuilder(circuit.inputs(), width);
        int[] wires = new int[circuit.wires()];
        wires[1] = 1;
        for (int i = 0; i < circuit.inputs(); i++) {
            wires[circuit.inputWire(i)] = builder.input(i);
        }
        Cone cone = new Cone(circuit);
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int wire = circuit.gateWire(gate);
            if (cover.readers(wire) > 0) {
                int[] cut = new int[cover.size(gate)];
                int[] reads = new int[cut.length];
                for (int i = 0; i < cut.length; i++) {
                    cut[i] = cover.leaf(gate, i);
                    reads[i] = wires[cut[i]];
                }
                wires[wire] = builder.gate(cone.table(wire, cut), reads);
            }
        }
        int[] outputs = new int[circuit.outputs()];
        Arrays.setAll(outputs, i -> wires[circuit.output(i)]);
        return builder.build(outputs);
    }
}
