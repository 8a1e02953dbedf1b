package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import java.util.Arrays;

/**
 * Turns a circuit into an instruction list on slots alone: gates are ordered by level, within a level by operation, and
 * then so that neighbours read the same cache lines; slots are reused, last freed first, as soon as their last reader
 * is done. Time and memory are linear in the gates.
 */
final class Scheduler {
    /** Instructions up to which they are ordered for the cache: beyond, starting at once counts for more. */
    private static final int MOST_FOR_TRAILS = 1 << 20;

    private final Netlist netlist;
    private final int[] level;
    private final int[] order;
    private final int[] slot;
    private final Slots slots = new Slots(1);

    /** Node → readers that are still to come; an output has one more, which never comes. */
    private final int[] readers;

    private Scheduler(Netlist netlist) {
        this.netlist = netlist;
        this.level = netlist.levels();
        this.order = order();
        this.slot = new int[netlist.nodes()];
        this.readers = readers();
    }

    static Schedule schedule(Circuit circuit) {
        return new Scheduler(Netlist.of(circuit)).allocate();
    }

    /** The gates that are instructions, by level, then operation, then number. */
    private int[] order() {
        int levels = Arrays.stream(level).max().orElse(0) + 1;
        int[] starts = new int[Math.addExact(Math.multiplyExact(levels, Op.COUNT), 1)];
        for (int gate = 0; gate < netlist.gates(); gate++) {
            if (netlist.op(gate) != Netlist.NONE) {
                starts[level[netlist.node(gate)] * Op.COUNT + netlist.op(gate) + 1]++;
            }
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] order = new int[netlist.operations()];
        for (int gate = 0; gate < netlist.gates(); gate++) {
            if (netlist.op(gate) != Netlist.NONE) {
                order[starts[level[netlist.node(gate)] * Op.COUNT + netlist.op(gate)]++] = gate;
            }
        }
        return order;
    }

    private Schedule allocate() {
        int[] inputsRead = new int[netlist.inputs()];
        int read = 0;
        for (int input = 0; input < netlist.inputs(); input++) {
            if (readers[netlist.inputNode(input)] > 0) {
                slot[netlist.inputNode(input)] = slots.take();
                inputsRead[read++] = input;
            }
        }
        inputsRead = Arrays.copyOf(inputsRead, read);
        int[] inputSlots =
                Arrays.stream(inputsRead).map(i -> slot[netlist.inputNode(i)]).toArray();
        byte[] ops = new byte[order.length];
        int[] code = new int[Math.multiplyExact(order.length, 3)];
        Trails trails = new Trails(netlist, slot);
        int to;
        for (int from = 0; from < order.length; from = to) {
            to = alike(from);
            if (order.length <= MOST_FOR_TRAILS) {
                trails.sort(order, from, to);
            }
            for (int i = from; i < to; i++) {
                ops[i] = (byte) netlist.op(order[i]);
                emit(order[i], code, 3 * i);
            }
        }
        int[] outputSlots = new int[netlist.outputs()];
        boolean[] inverted = new boolean[outputSlots.length];
        for (int output = 0; output < outputSlots.length; output++) {
            outputSlots[output] = slot[netlist.outputNode(output)];
            inverted[output] = netlist.outputInverted(output);
        }
        return new Schedule(
                netlist.inputs(),
                slots.used(),
                0,
                ops,
                code,
                new int[0],
                0,
                inputsRead,
                inputSlots,
                outputSlots,
                inverted);
    }

    /** Where the gates end that have the level and operation of that at {@code from}. */
    private int alike(int from) {
        int first = order[from];
        int to = from + 1;
        while (to < order.length
                && netlist.op(order[to]) == netlist.op(first)
                && level[netlist.node(order[to])] == level[netlist.node(first)]) {
            to++;
        }
        return to;
    }

    private void emit(int gate, int[] code, int at) {
        int a = netlist.left(gate);
        int b = netlist.right(gate);
        code[at] = slot[a];
        code[at + 1] = slot[b];
        read(b);
        read(a);
        int taken = slots.take();
        slot[netlist.node(gate)] = taken;
        code[at + 2] = taken;
    }

    private void read(int node) {
        readers[node]--;
        if (readers[node] == 0) {
            slots.free(slot[node]);
        }
    }

    private int[] readers() {
        int[] count = new int[netlist.nodes()];
        for (int gate : order) {
            count[netlist.left(gate)]++;
            count[netlist.right(gate)]++;
        }
        for (int output = 0; output < netlist.outputs(); output++) {
            count[netlist.outputNode(output)]++;
        }
        return count;
    }
}
