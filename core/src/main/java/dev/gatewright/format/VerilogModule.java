package dev.gatewright.format;

import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.StagedCircuit;
import dev.gatewright.encode.InputException;
import dev.gatewright.format.HardwareLanguage.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A module of Verilog, read from its ports to its end. */
final class VerilogModule {
    private static final int WIDEST = 1 << 24;

    private final VerilogTokens tokens;
    private final Map<String, VerilogModule> others;
    private final VerilogExpressions expressions;
    private final Signals signals = new Signals();
    /** Signal → its width, or 0 for a single wire without a range. */
    private final Map<String, Integer> widths = new HashMap<>();

    private final List<Port> ports = new ArrayList<>();
    private final ReadCircuit circuit;
    /** Of all instances up to here, those in the modules above included: what reading takes. */
    private long gates;

    /**
     * Reads on after the module's name.
     *
     * @param others the modules above, by name
     * @param gates of all instances in those
     */
    VerilogModule(VerilogTokens tokens, Map<String, VerilogModule> others, long gates) {
        this.tokens = tokens;
        this.others = others;
        this.gates = gates;
        this.expressions = new VerilogExpressions(tokens, line -> signals(bits(), line));
        tokens.expect("(");
        do {
            port();
        } while (tokens.took(","));
        tokens.expect(")");
        tokens.expect(";");
        while (!tokens.took("endmodule")) {
            item();
        }
        circuit = signals.read();
    }

    ReadCircuit circuit() {
        return circuit;
    }

    /** Gates of all instances in this module and those above. */
    long gates() {
        return gates;
    }

    private void port() {
        int line = tokens.line();
        boolean input = tokens.is("input");
        if (!input && !tokens.is("output")) {
            throw tokens.wrong("input or output");
        }
        tokens.take();
        tokens.took("wire");
        List<String> bits = declare();
        String name = bits.getFirst().replaceFirst("\\[0]$", "");
        ports.add(new Port(name, bits.size(), input));
        for (String bit : bits) {
            if (input) {
                signals.input(bit, line);
            } else {
                signals.output(bit, line);
            }
        }
    }

    private void item() {
        int line = tokens.line();
        VerilogModule other = others.get(tokens.word());
        int[] targets;
        if (other != null) {
            tokens.take();
            tokens.name();
            instance(other, line);
            return;
        } else if (tokens.took("wire")) {
            targets = signals(declare(), line);
            if (tokens.took(";")) {
                return;
            }
        } else if (tokens.took("assign")) {
            targets = signals(bits(), line);
        } else if (tokens.is("always") || tokens.is("reg") || tokens.is("initial")) {
            throw tokens.wrong("a combinational circuit of wires and assignments");
        } else {
            throw tokens.wrong("wire, assign, a module above or endmodule");
        }
        tokens.expect("=");
        expressions.begin();
        VerilogExpression expression = expressions.expression(line);
        tokens.expect(";");
        VerilogExpressions.sameWidth(line, targets.length, expression.width());
        signals.define(line, targets, expressions.sources(), expression::wires);
    }

    /** The connections of an instance: every port of the other module, each once. */
    private void instance(VerilogModule other, int line) {
        Map<String, VerilogExpression> given = new HashMap<>();
        Map<String, int[]> taken = new HashMap<>();
        expressions.begin();
        tokens.expect("(");
        do {
            tokens.expect(".");
            Port port = other.port(tokens, given.keySet(), taken.keySet());
            tokens.expect("(");
            if (port.input()) {
                given.put(port.name(), expressions.expression(line));
            } else {
                taken.put(port.name(), signals(bits(), line));
            }
            int width = port.input() ? given.get(port.name()).width() : taken.get(port.name()).length;
            VerilogExpressions.sameWidth(line, port.width(), width);
            tokens.expect(")");
        } while (tokens.took(","));
        tokens.expect(")");
        tokens.expect(";");
        if (given.size() + taken.size() != other.ports.size()) {
            throw new InputException("line " + line + ": " + (given.size() + taken.size())
                    + " ports are connected where the module has " + other.ports.size());
        }
        gates += Math.max(1, other.circuit.circuit().gates());
        if (gates > StagedCircuit.MOST_UNROLLED) {
            throw new InputException("line " + line + ": instances of more than " + StagedCircuit.MOST_UNROLLED
                    + " gates in all; up to so many are read");
        }
        List<VerilogExpression> in = other.ports.stream()
                .filter(Port::input)
                .map(port -> given.get(port.name()))
                .toList();
        int[] targets = other.ports.stream()
                .filter(port -> !port.input())
                .flatMapToInt(port -> IntStream.of(taken.get(port.name())))
                .toArray();
        signals.instance(
                line,
                targets,
                expressions.sources(),
                (builder, sources) -> wires(in, builder, sources),
                other.circuit.circuit());
    }

    private static int[] wires(List<VerilogExpression> expressions, CircuitBuilder builder, int[] sources) {
        return expressions.stream()
                .flatMapToInt(expression -> IntStream.of(expression.wires(builder, sources)))
                .toArray();
    }

    /** The port that a connection names, which is not connected yet. */
    private Port port(VerilogTokens words, java.util.Set<String> given, java.util.Set<String> taken) {
        for (Port port : ports) {
            if (words.is(port.name()) && !given.contains(port.name()) && !taken.contains(port.name())) {
                words.take();
                return port;
            }
        }
        throw words.wrong("a port of the module that is not connected yet");
    }

    /** A range and a name that is new; the bits, the lowest first. */
    private List<String> declare() {
        int width = 0;
        if (tokens.took("[")) {
            width = tokens.number(WIDEST) + 1;
            tokens.expect(":");
            tokens.number(0);
            tokens.expect("]");
        }
        int line = tokens.line();
        String name = tokens.name();
        if (widths.putIfAbsent(name, width) != null) {
            throw new InputException("line " + line + ": " + name + " is declared already");
        }
        return width == 0 ? List.of(name) : range(name, 0, width - 1);
    }

    private static List<String> range(String name, int from, int to) {
        List<String> bits = new ArrayList<>(to - from + 1);
        for (int i = from; i <= to; i++) {
            bits.add(name + "[" + i + "]");
        }
        return bits;
    }

    /** A name that is declared, all of it, some of its bits or one. */
    private List<String> bits() {
        int line = tokens.line();
        String name = tokens.name();
        Integer width = widths.get(name);
        if (width == null) {
            throw new InputException("line " + line + ": " + name + " is not declared above");
        }
        if (width == 0) {
            return List.of(name);
        }
        if (!tokens.took("[")) {
            return range(name, 0, width - 1);
        }
        int to = tokens.number(width - 1);
        int from = tokens.took(":") ? tokens.number(to) : to;
        tokens.expect("]");
        return range(name, from, to);
    }

    private int[] signals(List<String> names, int line) {
        return names.stream().mapToInt(name -> signals.signal(name, line)).toArray();
    }
}
