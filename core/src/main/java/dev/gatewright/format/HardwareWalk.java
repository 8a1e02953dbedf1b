package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Votes;
import dev.gatewright.format.HardwareLanguage.Operand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One walk over all signals of a hardware module, in the order of the file: gates, then what counts and compares, each in a
 * stage of the pipeline if there is one. What a walk writes is one {@link Part} of the file; all walks give signals the same
 * names and stages. A signal is a number: a wire of the circuit, or one that a method here returns.
 */
final class HardwareWalk {
    /** What is written. */
    enum Part {
        /** Nothing: the walk counts. */
        PLAN,
        DECLARATIONS,
        STATEMENTS,
        REGISTERS
    }

    private final Circuit circuit;
    private final String input;
    private final HardwareLanguage language;
    private final Stages stages;
    private final Part part;
    private final TextOut out;
    /** Of signals that are no wires of the circuit. */
    private final List<Operand> more = new ArrayList<>();

    private int registers;

    HardwareWalk(Circuit circuit, String input, HardwareLanguage language, int levels, Part part, TextOut out) {
        this.circuit = circuit;
        this.input = input;
        this.language = language;
        this.stages = new Stages(levels, circuit.wires());
        this.part = part;
        this.out = out;
    }

    /** How many stages there were, after the walk; 0 without a pipeline. */
    int stages() {
        return stages.count();
    }

    /** Bits of registers, after the walk. */
    int registers() {
        return registers;
    }

    /** All gates of the circuit. */
    void gates() throws IOException {
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int[] reads = new int[circuit.arity(gate)];
            for (int i = 0; i < reads.length; i++) {
                reads[i] = circuit.wire(gate, i);
            }
            int signal = circuit.gateWire(gate);
            int stage = stages.place(signal, 1, reads);
            String[] names = new String[reads.length];
            for (int i = 0; i < reads.length; i++) {
                names[i] = at(reads[i], stage).name();
            }
            if (part == Part.STATEMENTS) {
                language.define(out, "g" + gate, 0, language.formula().of(circuit.table(gate), names));
            } else if (part == Part.DECLARATIONS) {
                language.declare(out, "g" + gate, 0);
            }
        }
    }

    /** Every output of the circuit, as a bit of {@code y}. */
    void outputs() throws IOException {
        for (int i = 0; i < circuit.outputs(); i++) {
            drive(language.bit("y", i), List.of(circuit.output(i)));
        }
    }

    /** A bit of a signal: that of the index of a number, or where it is negative the signal itself. */
    record Bit(int signal, int index) {}

    /** The text of a signal, given how bits and numbers, the lowest bit first, are written in its stage. */
    @FunctionalInterface
    interface Expression {
        String of(Stage stage);
    }

    /** Signals as a stage sees them. */
    final class Stage {
        private final Map<Integer, Operand> seen = new HashMap<>();

        private Stage(int stage, int[] signals) throws IOException {
            for (int signal : signals) {
                seen.put(signal, at(signal, stage));
            }
        }

        String bit(Bit bit) {
            String name = seen.get(bit.signal).name();
            return bit.index < 0 ? name : language.bit(name, bit.index);
        }

        String number(List<Bit> bits) {
            return language.joined(parts(bits));
        }

        /** Bits as operands, the lowest first; all bits of a number in their order are one. */
        private List<Operand> parts(List<Bit> bits) {
            List<Operand> parts = new ArrayList<>();
            for (int i = 0; i < bits.size(); i++) {
                Bit bit = bits.get(i);
                Operand operand = seen.get(bit.signal);
                if (bit.index == 0 && isWhole(bits, i, operand.width())) {
                    parts.add(operand);
                    i += operand.width() - 1;
                } else {
                    parts.add(new Operand(bit(bit), 0, operand.constant()));
                }
            }
            return parts;
        }
    }

    /**
     * A signal computed from others: a single bit if the width is 0.
     *
     * @param weight the levels that it takes
     */
    int signal(String name, int width, int weight, List<Bit> reads, Expression expression) throws IOException {
        int[] signals = reads.stream().mapToInt(Bit::signal).distinct().toArray();
        int stage = stages.place(circuit.wires() + more.size(), weight, signals);
        Stage sees = new Stage(stage, signals);
        more.add(new Operand(name, width, false));
        if (part == Part.STATEMENTS) {
            language.define(out, name, width, expression.of(sees));
        } else if (part == Part.DECLARATIONS) {
            language.declare(out, name, width);
        }
        return circuit.wires() + more.size() - 1;
    }

    private static boolean isWhole(List<Bit> bits, int from, int width) {
        if (from + width > bits.size()) {
            return false;
        }
        for (int i = 0; i < width; i++) {
            Bit bit = bits.get(from + i);
            if (bit.signal != bits.get(from).signal || bit.index != i) {
                return false;
            }
        }
        return true;
    }

    /** What drives a port, the lowest bit first; likewise. */
    void driveBits(String port, List<Bit> bits) throws IOException {
        int[] signals = bits.stream().mapToInt(Bit::signal).distinct().toArray();
        Stage last = new Stage(stages.count(), signals);
        if (part == Part.STATEMENTS && bits.size() > 1) {
            language.drive(out, port, last.parts(bits));
        } else if (part == Part.STATEMENTS) {
            language.drive(out, language.bit(port, 0), List.of(new Operand(last.bit(bits.getFirst()), 0, false)));
        }
    }

    /** What drives a port, the lowest part first; the last call of a walk, or one of the last. */
    void drive(String port, List<Integer> signals) throws IOException {
        List<Operand> parts = new ArrayList<>();
        for (int signal : signals) {
            parts.add(at(signal, stages.count()));
        }
        if (part == Part.STATEMENTS) {
            language.drive(out, port, parts);
        }
    }

    /** The levels that adding or comparing numbers of so many bits counts as: that of its carries as a tree. */
    static int levels(int width) {
        return Votes.width(width);
    }

    /** A signal as a stage sees it, through registers where it comes from an earlier one. */
    private Operand at(int signal, int stage) throws IOException {
        Operand own = operand(signal);
        if (own.constant() || stage == stages.of(signal)) {
            return own;
        }
        String base = own.name();
        if (signal < circuit.wires() && circuit.gateOf(signal) < 0) {
            base = input + (signal - Circuit.CONSTANTS);
        }
        for (int next = stages.carry(signal, stage); next >= 0; next = stages.carry(signal, stage)) {
            registers += Math.max(1, own.width());
            carry(
                    base + "_s" + next,
                    next - 1 == stages.of(signal) ? own.name() : base + "_s" + (next - 1),
                    own.width());
        }
        return new Operand(base + "_s" + stage, own.width(), false);
    }

    private void carry(String to, String from, int width) throws IOException {
        switch (part) {
            case PLAN -> {}
            case DECLARATIONS -> language.declare(out, to, width);
            case STATEMENTS -> language.register(out, to, width);
            case REGISTERS -> out.text(to).text(" <= ").text(from).text(";\n");
        }
    }

    private Operand operand(int signal) {
        if (signal >= circuit.wires()) {
            return more.get(signal - circuit.wires());
        }
        if (signal < Circuit.CONSTANTS) {
            Formula formula = language.formula();
            return new Operand(signal == 0 ? formula.zero() : formula.one(), 0, true);
        }
        int gate = circuit.gateOf(signal);
        return new Operand(gate < 0 ? language.bit(input, signal - Circuit.CONSTANTS) : "g" + gate, 0, false);
    }
}
