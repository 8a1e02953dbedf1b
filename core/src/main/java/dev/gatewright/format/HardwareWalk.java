package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Votes;
import dev.gatewright.format.HardwareLanguage.Operand;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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
    private final HardwareLanguage language;
    private final Stages stages;
    private final Part part;
    private final TextOut out;
    /** Of signals that are no wires of the circuit. */
    private final List<Operand> more = new ArrayList<>();

    private int registers;

    HardwareWalk(Circuit circuit, HardwareLanguage language, int levels, Part part, TextOut out) {
        this.circuit = circuit;
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

    /** A constant number. */
    int number(int value, int width) {
        more.add(new Operand(language.number(value, width), width, true));
        int signal = circuit.wires() + more.size() - 1;
        stages.place(signal, 0);
        return signal;
    }

    /** The sum of two bits or numbers, of so many bits, which hold it. */
    int add(String name, int width, int a, int b) throws IOException {
        int stage = place(levels(width), a, b);
        Operand left = at(a, stage);
        Operand right = at(b, stage);
        return define(name, width, () -> language.sum(left, right, width));
    }

    /** A bit as a number of one bit. */
    int widened(String name, int bit) throws IOException {
        Operand operand = at(bit, place(0, bit));
        return define(name, 1, () -> language.sum(operand, null, 1));
    }

    /** Whether {@code a} is larger than {@code b}, which are of equal widths, as a bit. */
    int greater(String name, int a, int b) throws IOException {
        int stage = place(levels(width(a)), a, b);
        Operand left = at(a, stage);
        Operand right = at(b, stage);
        return define(name, 0, () -> language.greater(left, right));
    }

    /** One of two numbers of equal widths. */
    int choose(String name, int condition, int yes, int no) throws IOException {
        int stage = place(1, condition, yes, no);
        Operand bit = at(condition, stage);
        Operand first = at(yes, stage);
        Operand second = at(no, stage);
        return define(name, width(yes), () -> language.choice(bit, first, second));
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

    private int place(int weight, int... reads) {
        return stages.place(circuit.wires() + more.size(), weight, reads);
    }

    /** The signal that was placed last. */
    private int define(String name, int width, Supplier<String> expression) throws IOException {
        more.add(new Operand(name, width, false));
        if (part == Part.STATEMENTS) {
            language.define(out, name, width, expression.get());
        } else if (part == Part.DECLARATIONS) {
            language.declare(out, name, width);
        }
        return circuit.wires() + more.size() - 1;
    }

    private int width(int signal) {
        return signal < circuit.wires() ? 0 : more.get(signal - circuit.wires()).width();
    }

    /** A signal as a stage sees it, through registers where it comes from an earlier one. */
    private Operand at(int signal, int stage) throws IOException {
        Operand own = operand(signal);
        if (own.constant() || stage == stages.of(signal)) {
            return own;
        }
        String base = own.name();
        if (signal < circuit.wires() && circuit.gateOf(signal) < 0) {
            base = "x" + (signal - Circuit.CONSTANTS);
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
        return new Operand(gate < 0 ? language.bit("x", signal - Circuit.CONSTANTS) : "g" + gate, 0, false);
    }
}
