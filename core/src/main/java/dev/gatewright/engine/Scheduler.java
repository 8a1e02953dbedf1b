package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import java.util.Arrays;

/**
 * Turns a circuit into an instruction list on slots alone: gates are ordered by level and within a level by operation,
 * and slots are reused, last freed first, as soon as their last reader is done. Time and memory are linear in the
 * gates.
 */
final class Scheduler {
    private static final int NEVER = -1;

    private final Netlist netlist;

    private Scheduler(Netlist netlist) {
        this.netlist = netlist;
    }

    static Schedule schedule(Circuit circuit) {
        Scheduler scheduler = new Scheduler(Netlist.of(circuit));
        return scheduler.allocate(scheduler.order());
    }

    /** The gates that are instructions, by level, then operation, then number. */
    private int[] order() {
        int[] level = netlist.levels();
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

    private Schedule allocate(int[] order) {
        int[] lastReader = lastReaders(order);
        int[] slot = new int[netlist.nodes()];
        Slots slots = new Slots(1);
        int[] inputsRead = new int[netlist.inputs()];
        int read = 0;
        for (int input = 0; input < netlist.inputs(); input++) {
            if (lastReader[netlist.inputNode(input)] != NEVER) {
                slot[netlist.inputNode(input)] = slots.take();
                inputsRead[read++] = input;
            }
        }
        inputsRead = Arrays.copyOf(inputsRead, read);
        int[] inputSlots =
                Arrays.stream(inputsRead).map(i -> slot[netlist.inputNode(i)]).toArray();
        byte[] ops = new byte[order.length];
        int[] code = new int[Math.multiplyExact(order.length, 3)];
        for (int i = 0; i < order.length; i++) {
            int gate = order[i];
            int a = netlist.left(gate);
            int b = netlist.right(gate);
            ops[i] = (byte) netlist.op(gate);
            code[3 * i] = slot[a];
            code[3 * i + 1] = slot[b];
            if (lastReader[b] == i) {
                slots.free(slot[b]);
            }
            if (lastReader[a] == i && a != b) {
                slots.free(slot[a]);
            }
            int taken = slots.take();
            slot[netlist.node(gate)] = taken;
            code[3 * i + 2] = taken;
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

    /** Node → the last instruction that reads it; beyond all of them where an output does. */
    private int[] lastReaders(int[] order) {
        int[] last = new int[netlist.nodes()];
        Arrays.fill(last, NEVER);
        for (int i = 0; i < order.length; i++) {
            last[netlist.left(order[i])] = i;
            last[netlist.right(order[i])] = i;
        }
        for (int output = 0; output < netlist.outputs(); output++) {
            last[netlist.outputNode(output)] = Integer.MAX_VALUE;
        }
        return last;
    }
}
