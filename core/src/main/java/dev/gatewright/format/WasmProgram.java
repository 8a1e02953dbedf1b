package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.encode.Encoder;
import dev.gatewright.format.WasmCode.Access;
import dev.gatewright.format.WasmCode.Op;
import dev.gatewright.logic.TruthTable;

/** The functions of one design, over one memory: bits, outputs, slots, then what encoder and read-out need. */
final class WasmProgram {
    static final int VECTOR = 16;
    static final int LANES = 128;

    /** Operations a function, so that compilers take time linear in the gates. */
    private static final int PIECE = 1000;

    private final Design design;
    private final Circuit circuit;
    private final Chunks chunks;
    private final WasmModule module = new WasmModule();
    private final long outputs;
    private final long slots;
    private final int free;
    /** Inputs that the circuit reads. */
    private final boolean[] read;
    /** The local variable of each gate in its piece. */
    private final int[] local;

    WasmProgram(Design design) {
        this.design = design;
        this.circuit = design.circuit();
        this.chunks = Chunks.of(circuit, gate -> CSource.cost(circuit, gate), PIECE);
        this.read = reads();
        this.local = new int[circuit.gates()];
        this.outputs = (long) VECTOR * circuit.inputs();
        this.slots = outputs + (long) VECTOR * circuit.outputs();
        long scratch = slots + (long) VECTOR * chunks.slots();
        Wasm.check(circuit, scratch);
        WasmEncoder encoder = new WasmEncoder(design.encoder(), module, (int) scratch, read);
        int gates = gates();
        WasmReadout readout =
                new WasmReadout(design, module, encoder.encode(), gates, (int) outputs, encoder.free(), rowBytes());
        readout.write();
        free = readout.free();
        module.export("gates", gates);
    }

    WasmModule module() {
        return module;
    }

    /** The first address that callers may use. */
    int free() {
        return free;
    }

    private int rowBytes() {
        int width = design.encoder().inputs() instanceof Encoder.Inputs.Pixels ? 1 : Float.BYTES;
        return Wasm.values(design.encoder()) * width;
    }

    private boolean[] reads() {
        boolean[] marked = new boolean[circuit.inputs()];
        for (int gate = 0; gate < circuit.gates(); gate++) {
            for (int i = 0; i < circuit.arity(gate); i++) {
                mark(circuit.wire(gate, i), marked);
            }
        }
        for (int output = 0; output < circuit.outputs(); output++) {
            mark(circuit.output(output), marked);
        }
        return marked;
    }

    private void mark(int wire, boolean[] marked) {
        if (wire >= Circuit.CONSTANTS && circuit.gateOf(wire) < 0) {
            marked[wire - Circuit.CONSTANTS] = true;
        }
    }

    private int gates() {
        WasmCode all = new WasmCode();
        for (int piece = 0; piece < chunks.size(); piece++) {
            all.call(piece(piece));
        }
        for (int output = 0; output < circuit.outputs(); output++) {
            int wire = circuit.output(output);
            if (circuit.gateOf(wire) < 0) {
                all.i32(0);
                if (wire < Circuit.CONSTANTS) {
                    all.vector(-wire, -wire);
                } else {
                    all.load((long) VECTOR * (wire - Circuit.CONSTANTS));
                }
                all.access(Access.STORE, outputs + (long) VECTOR * output);
            }
        }
        return module.function(0, new int[0], all);
    }

    private int piece(int piece) {
        WasmCode code = new WasmCode();
        int from = chunks.from(piece);
        for (int at = from; at < chunks.to(piece); at++) {
            int gate = chunks.gate(at);
            local[gate] = at - from;
            int[] wires = new int[circuit.arity(gate)];
            for (int i = 0; i < wires.length; i++) {
                wires[i] = circuit.wire(gate, i);
            }
            formula(code, circuit.table(gate), wires.length, wires, piece);
            code.set(at - from);
            if (chunks.slot(gate) >= 0) {
                code.i32(0).get(at - from).access(Access.STORE, slots + (long) VECTOR * chunks.slot(gate));
            }
            for (int output = chunks.firstOutput(gate); output >= 0; output = chunks.nextOutput(output)) {
                code.i32(0).get(at - from).access(Access.STORE, outputs + (long) VECTOR * output);
            }
        }
        return module.function(0, new int[] {chunks.to(piece) - from, WasmCode.V128}, code);
    }

    /** A table by its halves at the last input, as {@link Formula} has it; a choice is one instruction here. */
    private void formula(WasmCode code, long table, int inputs, int[] wires, int piece) {
        if (inputs == 0) {
            code.vector(-table, -table);
            return;
        }
        int rest = inputs - 1;
        long all = TruthTable.mask(rest);
        long low = table & all;
        long high = table >>> (1 << rest) & all;
        int select = wires[rest];
        if (low == high) {
            formula(code, low, rest, wires, piece);
        } else if (low == 0 && high == all) {
            operand(code, select, piece);
        } else if (low == all && high == 0) {
            operand(code, select, piece);
            code.op(Op.NOT);
        } else if (low == all) {
            operand(code, select, piece);
            formula(code, high, rest, wires, piece);
            code.op(Op.AND_NOT, Op.NOT);
        } else {
            boolean inverse = low == (~high & all);
            boolean both = low != 0 && high != 0 && high != all && !inverse;
            formula(code, low == 0 || both ? high : low, rest, wires, piece);
            if (both) {
                formula(code, low, rest, wires, piece);
            }
            operand(code, select, piece);
            code.op(both ? Op.BITSELECT : low == 0 ? Op.AND : high == 0 ? Op.AND_NOT : high == all ? Op.OR : Op.XOR);
        }
    }

    private void operand(WasmCode code, int wire, int piece) {
        int gate = circuit.gateOf(wire);
        if (gate < 0) {
            code.load((long) VECTOR * (wire - Circuit.CONSTANTS));
        } else if (chunks.isIn(gate, piece)) {
            code.get(local[gate]);
        } else {
            code.load(slots + (long) VECTOR * chunks.slot(gate));
        }
    }
}
