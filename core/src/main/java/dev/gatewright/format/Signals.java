package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.encode.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Named signals and what drives them, in the order of a file, which need not be that of the gates. {@link #read} orders
 * them, or says which is undriven or drives itself.
 */
final class Signals {
    /** Makes the gates of a definition. */
    @FunctionalInterface
    interface Gates {
        /** The wires that the targets carry, from those that the sources carry. */
        int[] make(CircuitBuilder builder, int[] sources);
    }

    /** Where a module is instanced, the gates make what it reads. */
    private record Definition(int line, int[] targets, int[] sources, Gates gates, Optional<Circuit> module) {}

    private static final int NONE = -1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Definition> definitions = new ArrayList<>();
    private final List<Integer> inputs = new ArrayList<>();
    private final List<Integer> outputs = new ArrayList<>();
    private final List<Integer> outputLines = new ArrayList<>();
    /** Signal → its definition, an input's line as −2 − line, or {@link #NONE}. */
    private int[] driver = new int[64];
    /** Signal → the first line that names it. */
    private int[] firstLine = new int[64];

    /** The number of a signal; a new one where the name is new. */
    int signal(String name, int line) {
        Integer known = numbers.putIfAbsent(name, names.size());
        if (known != null) {
            return known;
        }
        int number = names.size();
        if (number == driver.length) {
            driver = Arrays.copyOf(driver, 2 * number);
            firstLine = Arrays.copyOf(firstLine, 2 * number);
        }
        driver[number] = NONE;
        firstLine[number] = line;
        names.add(name);
        return number;
    }

    void input(String name, int line) {
        int signal = signal(name, line);
        free(signal, line);
        driver[signal] = -2 - line;
        inputs.add(signal);
    }

    void output(String name, int line) {
        outputs.add(signal(name, line));
        outputLines.add(line);
    }

    /** Says what drives some signals. */
    void define(int line, int[] targets, int[] sources, Gates gates) {
        define(new Definition(line, targets, sources, gates, Optional.empty()));
    }

    /** Says that a module drives some signals, whose inputs some gates make. */
    void instance(int line, int[] targets, int[] sources, Gates gates, Circuit module) {
        define(new Definition(line, targets, sources, gates, Optional.of(module)));
    }

    private void define(Definition definition) {
        for (int target : definition.targets) {
            free(target, definition.line);
            driver[target] = definitions.size();
        }
        definitions.add(definition);
    }

    private void free(int signal, int line) {
        if (driver[signal] != NONE) {
            int before = driver[signal] < 0 ? -2 - driver[signal] : definitions.get(driver[signal]).line;
            throw new InputException(
                    "line " + line + ": " + names.get(signal) + " is driven already, by line " + before);
        }
    }

    /** The circuit of all that outputs need. */
    ReadCircuit read() {
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new InputException("has " + inputs.size() + " inputs and " + outputs.size()
                    + " outputs where a circuit has at least one of each");
        }
        CircuitBuilder builder = new CircuitBuilder(inputs.size());
        int[] wires = new int[names.size()];
        Arrays.fill(wires, NONE);
        for (int i = 0; i < inputs.size(); i++) {
            wires[inputs.get(i)] = builder.input(i);
        }
        int[] ends = new int[outputs.size()];
        Order order = new Order(builder, wires);
        for (int i = 0; i < ends.length; i++) {
            ends[i] = order.wire(outputs.get(i));
        }
        Circuit circuit = builder.build(ends);
        return new ReadCircuit(
                circuit,
                inputs.stream().map(names::get).toList(),
                outputs.stream().map(names::get).toList(),
                instances());
    }

    /** What stands around instances, where there are some. */
    private Optional<ReadCircuit.Instances> instances() {
        List<Definition> instances = definitions.stream()
                .filter(definition -> definition.module.isPresent())
                .toList();
        if (instances.isEmpty()) {
            return Optional.empty();
        }
        int more =
                instances.stream().mapToInt(instance -> instance.targets.length).sum();
        CircuitBuilder builder = new CircuitBuilder(inputs.size() + more);
        int[] wires = new int[names.size()];
        Arrays.fill(wires, NONE);
        int next = 0;
        for (int input : inputs) {
            wires[input] = builder.input(next++);
        }
        for (Definition instance : instances) {
            for (int target : instance.targets) {
                wires[target] = builder.input(next++);
            }
        }
        Order order = new Order(builder, wires);
        IntStream.Builder ends = IntStream.builder();
        outputs.forEach(output -> ends.add(order.wire(output)));
        for (Definition instance : instances) {
            int[] sources = IntStream.of(instance.sources).map(order::wire).toArray();
            IntStream.of(instance.gates.make(builder, sources)).forEach(ends::add);
        }
        List<Circuit> modules = instances.stream()
                .map(instance -> instance.module.orElseThrow())
                .toList();
        return Optional.of(new ReadCircuit.Instances(builder.build(ends.build().toArray()), modules));
    }

    /** A walk from outputs to inputs, without recursion: files may be as deep as they are long. */
    private final class Order {
        private final CircuitBuilder builder;
        private final int[] wires;
        private final boolean[] open = new boolean[definitions.size()];
        /** Definitions under way, and the source at which each is. */
        private int[] stack = new int[64];

        private int[] at = new int[64];
        private int depth;

        Order(CircuitBuilder builder, int[] wires) {
            this.builder = builder;
            this.wires = wires;
        }

        int wire(int signal) {
            if (wires[signal] == NONE) {
                enter(signal);
            }
            while (depth > 0) {
                Definition definition = definitions.get(stack[depth - 1]);
                if (at[depth - 1] < definition.sources.length) {
                    int source = definition.sources[at[depth - 1]++];
                    if (wires[source] == NONE) {
                        enter(source);
                    }
                } else {
                    leave(definition);
                }
            }
            return wires[signal];
        }

        private void enter(int signal) {
            int definition = driver[signal];
            if (definition == NONE) {
                throw new InputException("line " + firstLine[signal] + ": nothing drives " + names.get(signal));
            }
            if (open[definition]) {
                throw new InputException("line " + definitions.get(definition).line + ": " + names.get(signal)
                        + " depends on itself; circuits without cycles are read");
            }
            open[definition] = true;
            if (depth == stack.length) {
                stack = Arrays.copyOf(stack, 2 * depth);
                at = Arrays.copyOf(at, 2 * depth);
            }
            stack[depth] = definition;
            at[depth++] = 0;
        }

        private void leave(Definition definition) {
            int[] sources = new int[definition.sources.length];
            for (int i = 0; i < sources.length; i++) {
                sources[i] = wires[definition.sources[i]];
            }
            int[] read = definition.gates.make(builder, sources);
            int[] made =
                    definition.module.map(module -> module.addTo(builder, read)).orElse(read);
            for (int i = 0; i < made.length; i++) {
                wires[definition.targets[i]] = made[i];
            }
            open[stack[--depth]] = false;
        }
    }
}
