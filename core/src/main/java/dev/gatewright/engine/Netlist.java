package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;

/**
 * A circuit as operations of two operands, or three, without inverters: a node may hold the inverse of its wire, and
 * operations are chosen to fit. Nodes are numbered as the wires of the circuit; gates that no output needs have no
 * operation.
 */
final class Netlist {
    /** The operation of a gate that is none: an inverter, a copy, or needed by nobody. */
    static final byte NONE = -1;

    private final Circuit circuit;
    private final int first;
    private int operations;
    private final byte[] op;
    private final int[] left;
    private final int[] right;
    /** Gate → its third operand where its operation is {@link Op#TABLE}; null where there are two operands at most. */
    private final int[] third;
    /** Gate → its table, likewise; bit {@code i} is the value where operand {@code j} is bit {@code j} of {@code i}. */
    private final byte[] table;

    /** Wire → the node that holds it, times two, plus one where the node holds its inverse. */
    private final int[] literal;

    /** Operations of two operands at most. Takes time linear in the gates. */
    static Netlist of(Circuit circuit) {
        return of(circuit, 2);
    }

    /**
     * With three operands allowed, a gate that one other reads becomes part of it where three operands suffice. Takes
     * time linear in the gates.
     *
     * @param mostOperands 2 or 3
     */
    static Netlist of(Circuit circuit, int mostOperands) {
        return new Netlist(FewInputs.of(circuit, mostOperands), mostOperands);
    }

    private Netlist(Circuit circuit, int mostOperands) {
        this.circuit = circuit;
        this.first = Circuit.CONSTANTS + circuit.inputs();
        this.op = new byte[circuit.gates()];
        this.left = new int[circuit.gates()];
        this.right = new int[circuit.gates()];
        this.third = mostOperands > 2 ? new int[circuit.gates()] : null;
        this.table = mostOperands > 2 ? new byte[circuit.gates()] : null;
        this.literal = new int[circuit.wires()];
        chooseOperations();
        dropUnneeded();
        if (mostOperands > 2) {
            new Fusion(this).run();
            dropUnneeded();
        }
    }

    private void chooseOperations() {
        literal[1] = 1;
        for (int wire = Circuit.CONSTANTS; wire < first; wire++) {
            literal[wire] = wire << 1;
        }
        for (int gate = 0; gate < op.length; gate++) {
            op[gate] = NONE;
            int plain = (int) circuit.table(gate);
            int a = literal[circuit.wire(gate, 0)];
            literal[first + gate] = switch (circuit.arity(gate)) {
                case 1 -> a ^ (plain == TruthTable.NOT ? 1 : 0);
                case 2 -> choose(gate, plain, a, literal[circuit.wire(gate, 1)]);
                default -> byTable(gate, plain);
            };
        }
    }

    /** Gives gate {@code gate} an operation of three operands and returns the literal of its wire. */
    private int byTable(int gate, long plain) {
        long fitting = plain;
        int[] operands = new int[3];
        for (int i = 0; i < operands.length; i++) {
            int literalRead = literal[circuit.wire(gate, i)];
            fitting = (literalRead & 1) != 0 ? TruthTable.invertInput(fitting, operands.length, i) : fitting;
            operands[i] = literalRead >> 1;
        }
        set(gate, fitting, operands[0], operands[1], operands[2]);
        return first + gate << 1;
    }

    /** Makes the operation of a gate one by table. */
    void set(int gate, long values, int x, int y, int z) {
        set(gate, Op.TABLE, x, y, 0);
        third[gate] = z;
        table[gate] = (byte) values;
    }

    /** Gives gate {@code gate} an operation on what the nodes hold and returns the literal of its wire. */
    private int choose(int gate, int table, int a, int b) {
        int plain = table;
        plain = (a & 1) != 0 ? (int) TruthTable.invertInput(plain, 2, 0) : plain;
        plain = (b & 1) != 0 ? (int) TruthTable.invertInput(plain, 2, 1) : plain;
        int node = first + gate << 1;
        int x = a >> 1;
        int y = b >> 1;
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
        left[gate] = x;
        right[gate] = y;
        return result;
    }

    /** Takes the operation from gates that no output depends on, and counts those that are left. */
    private void dropUnneeded() {
        boolean[] needed = new boolean[circuit.wires()];
        for (int output = 0; output < circuit.outputs(); output++) {
            needed[outputNode(output)] = true;
        }
        operations = 0;
        for (int gate = op.length - 1; gate >= 0; gate--) {
            if (op[gate] != NONE && needed[first + gate]) {
                for (int i = 0; i < operands(gate); i++) {
                    needed[operand(gate, i)] = true;
                }
                operations++;
            } else {
                op[gate] = NONE;
            }
        }
    }

    int inputs() {
        return circuit.inputs();
    }

    /** The node of an input. */
    int inputNode(int input) {
        return Circuit.CONSTANTS + input;
    }

    int gates() {
        return op.length;
    }

    /** Gates that have an operation. */
    int operations() {
        return operations;
    }

    int nodes() {
        return circuit.wires();
    }

    /** The node that a gate computes. */
    int node(int gate) {
        return first + gate;
    }

    /** The gate that computes a node; negative for constants and inputs. */
    int gate(int node) {
        return node - first;
    }

    /** One of {@link Op}, or {@link #NONE}. */
    int op(int gate) {
        return op[gate];
    }

    /** The node that is the first operand of a gate. */
    int left(int gate) {
        return left[gate];
    }

    int right(int gate) {
        return right[gate];
    }

    /** How many operands a gate has that has an operation. */
    int operands(int gate) {
        return op[gate] == Op.TABLE ? 3 : 2;
    }

    /** The node that is operand {@code index} of a gate. */
    int operand(int gate, int index) {
        return switch (index) {
            case 0 -> left[gate];
            case 1 -> right[gate];
            default -> third[gate];
        };
    }

    /** The table of a gate whose operation is {@link Op#TABLE}: operand {@code j} is bit {@code j} of an index. */
    int table(int gate) {
        return table[gate] & 0xFF;
    }

    int outputs() {
        return circuit.outputs();
    }

    /** The node that holds an output or its inverse; node 0, which is false, for constants. */
    int outputNode(int output) {
        return literal[circuit.output(output)] >> 1;
    }

    /** Whether the node of an output holds its inverse. */
    boolean outputInverted(int output) {
        return (literal[circuit.output(output)] & 1) != 0;
    }

    /** Node → one more than the deepest of its operands; 0 for constants and inputs. */
    int[] levels() {
        int[] levels = new int[nodes()];
        for (int gate = 0; gate < op.length; gate++) {
            if (op[gate] != NONE) {
                for (int i = 0; i < operands(gate); i++) {
                    levels[first + gate] = Math.max(levels[first + gate], levels[operand(gate, i)] + 1);
                }
            }
        }
        return levels;
    }
}
