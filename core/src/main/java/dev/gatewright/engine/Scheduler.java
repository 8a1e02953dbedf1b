package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;
import java.util.Arrays;

/**
 * Turns a circuit into an instruction list: inverters vanish into the choice of operations, gates are ordered by
 * level and within a level by operation, and slots are reused, last freed first, as soon as their last reader is
 * done. Time and memory are linear in the gates.
 */
final class Scheduler {
    private static final int NEVER = -1;

    private final Circuit circuit;
    /** Wire → the node that holds it, times two, plus one where the node holds its inverse. Nodes are wires. */
    private final int[] literal;

    private final byte[] op;
    private final int[] a;
    private final int[] b;
    private final int first;

    private Scheduler(Circuit circuit) {
        this.circuit = circuit;
        this.first = Circuit.CONSTANTS + circuit.inputs();
        this.literal = new int[circuit.wires()];
        this.op = new byte[circuit.gates()];
        this.a = new int[circuit.gates()];
        this.b = new int[circuit.gates()];
    }

    static Schedule schedule(Circuit circuit) {
        Scheduler scheduler = new Scheduler(TwoInputs.of(circuit));
        scheduler.chooseOperations();
        int[] order = scheduler.order();
        return scheduler.allocate(order);
    }

    private void chooseOperations() {
        literal[1] = 1;
        for (int wire = Circuit.CONSTANTS; wire < first; wire++) {
            literal[wire] = wire << 1;
        }
        for (int gate = 0; gate < circuit.gates(); gate++) {
            op[gate] = NEVER;
            int table = (int) circuit.table(gate);
            int left = literal[circuit.wire(gate, 0)];
            int wire = first + gate;
            if (circuit.arity(gate) == 1) {
                literal[wire] = table == TruthTable.NOT ? left ^ 1 : left;
            } else {
                literal[wire] = choose(gate, table, left, literal[circuit.wire(gate, 1)]);
            }
        }
    }

    /** Gives gate {@code gate} an operation on what the slots hold and returns the literal of its wire. */
    private int choose(int gate, int table, int left, int right) {
        int plain = table;
        plain = (left & 1) != 0 ? (int) TruthTable.invertInput(plain, 2, 0) : plain;
        plain = (right & 1) != 0 ? (int) TruthTable.invertInput(plain, 2, 1) : plain;
        int node = first + gate << 1;
        int x = left >> 1;
        int y = right >> 1;
        return switch (plain) {
            case TruthTable.AND -> set(gate, Op.AND, x, y, node);
            case TruthTable.NAND -> set(gate, Op.AND, x, y, node | 1);
            case TruthTable.OR -> set(gate, Op.OR, x, y, node);
            case TruthTable.NOR -> set(gate, Op.OR, x, y, node | 1);
            case TruthTable.A_AND_NOT_B -> set(gate, Op.AND_NOT, x, y, node);
            case TruthTable.B_OR_NOT_A -> set(gate, Op.AND_NOT, x, y, node | 1);
            case TruthTable.B_AND_NOT_A -> set(gate, Op.AND_NOT, y, x, node);
            case TruthTable.A_OR_NOT_B -> set(gate, Op.AND_NOT, y, x, node | 1);
            case TruthTable.XOR -> set(gate, Op.XOR, x, y, node);
            case TruthTable.XNOR -> set(gate, Op.XOR, x, y, node | 1);
            default -> throw new IllegalStateException("gate " + gate + " of table " + table + " is not normalised");
        };
    }

    private int set(int gate, int operation, int x, int y, int result) {
        op[gate] = (byte) operation;
        a[gate] = x;
        b[gate] = y;
        return result;
    }

    /** The gates that are instructions, by level, then operation, then number. */
    private int[] order() {
        int[] level = new int[circuit.gates()];
        int levels = 0;
        int count = 0;
        for (int gate = 0; gate < level.length; gate++) {
            if (op[gate] != NEVER) {
                level[gate] = Math.max(levelOf(level, a[gate]), levelOf(level, b[gate]));
                levels = Math.max(levels, level[gate] + 1);
                count++;
            }
        }
        int[] starts = new int[Math.addExact(Math.multiplyExact(levels, Op.COUNT), 1)];
        for (int gate = 0; gate < level.length; gate++) {
            if (op[gate] != NEVER) {
                starts[level[gate] * Op.COUNT + op[gate] + 1]++;
            }
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        int[] order = new int[count];
        for (int gate = 0; gate < level.length; gate++) {
            if (op[gate] != NEVER) {
                order[starts[level[gate] * Op.COUNT + op[gate]]++] = gate;
            }
        }
        return order;
    }

    private int levelOf(int[] level, int node) {
        return node < first ? 0 : level[node - first] + 1;
    }

    private Schedule allocate(int[] order) {
        int[] lastReader = lastReaders(order);
        int[] slot = new int[circuit.wires()];
        Slots slots = new Slots();
        int[] inputsRead = new int[circuit.inputs()];
        int read = 0;
        for (int input = 0; input < circuit.inputs(); input++) {
            if (lastReader[circuit.inputWire(input)] != NEVER) {
                slot[circuit.inputWire(input)] = slots.take();
                inputsRead[read++] = input;
            }
        }
        inputsRead = Arrays.copyOf(inputsRead, read);
        int[] inputSlots = new int[read];
        for (int i = 0; i < read; i++) {
            inputSlots[i] = slot[circuit.inputWire(inputsRead[i])];
        }
        int[] code = new int[Math.multiplyExact(order.length, 3)];
        for (int i = 0; i < order.length; i++) {
            int gate = order[i];
            code[3 * i] = slot[a[gate]];
            code[3 * i + 1] = slot[b[gate]];
            if (lastReader[b[gate]] == i) {
                slots.free(slot[b[gate]]);
            }
            if (lastReader[a[gate]] == i && a[gate] != b[gate]) {
                slots.free(slot[a[gate]]);
            }
            int taken = slots.take();
            slot[first + gate] = taken;
            code[3 * i + 2] = taken;
            if (lastReader[first + gate] == NEVER) {
                slots.free(taken);
            }
        }
        int[] outputSlots = new int[circuit.outputs()];
        boolean[] inverted = new boolean[outputSlots.length];
        for (int output = 0; output < outputSlots.length; output++) {
            int driver = literal[circuit.output(output)];
            outputSlots[output] = slot[driver >> 1];
            inverted[output] = (driver & 1) != 0;
        }
        Runs runs = new Runs(order);
        boolean fits = slots.used <= 1 << Character.SIZE;
        return new Schedule(
                circuit.inputs(),
                slots.used,
                runs.ops,
                runs.ends,
                fits ? shortened(code) : null,
                fits ? null : code,
                inputsRead,
                inputSlots,
                outputSlots,
                inverted);
    }

    private static char[] shortened(int[] code) {
        char[] shortened = new char[code.length];
        for (int i = 0; i < code.length; i++) {
            shortened[i] = (char) code[i];
        }
        return shortened;
    }

    /** Node → the last instruction that reads it; beyond all of them where an output does. */
    private int[] lastReaders(int[] order) {
        int[] last = new int[circuit.wires()];
        Arrays.fill(last, NEVER);
        for (int i = 0; i < order.length; i++) {
            last[a[order[i]]] = i;
            last[b[order[i]]] = i;
        }
        for (int output = 0; output < circuit.outputs(); output++) {
            last[literal[circuit.output(output)] >> 1] = Integer.MAX_VALUE;
        }
        return last;
    }

    /** Slots, last freed first: the one whose words are most likely still in the nearest cache. Slot 0 is false. */
    private static final class Slots {
        private int[] free = new int[64];
        private int count;
        private int used = 1;

        int take() {
            return count > 0 ? free[--count] : used++;
        }

        void free(int slot) {
            if (count == free.length) {
                free = Arrays.copyOf(free, 2 * count);
            }
            free[count++] = slot;
        }
    }

    /** Neighbours of one operation, joined. */
    private final class Runs {
        private final byte[] ops;
        private final int[] ends;

        Runs(int[] order) {
            byte[] joined = new byte[order.length];
            int[] until = new int[order.length];
            int count = 0;
            for (int i = 0; i < order.length; i++) {
                if (count == 0 || joined[count - 1] != op[order[i]]) {
                    joined[count++] = op[order[i]];
                }
                until[count - 1] = i + 1;
            }
            ops = Arrays.copyOf(joined, count);
            ends = Arrays.copyOf(until, count);
        }
    }
}
