package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.StagedCircuit;
import java.util.List;
import java.util.Optional;

/** A way of running circuits fast. Every engine computes what the reference evaluator computes, bit for bit. */
public sealed interface Engine permits BytecodeEngine, NativeEngine, PortableEngine {
    /** The name by which {@code --engine} forces this engine. */
    String name();

    /** Stages of more gates, when written out, are run as stages for single samples too. */
    int MOST_SINGLE_UNROLLED = 1 << 19;

    /** Prepares a circuit for running. */
    Executable compile(Circuit circuit);

    /** Prepares a circuit in stages for running: each kernel once, in a loop over its positions. */
    Executable compile(StagedCircuit circuit);

    /** Prepares a circuit for running, whatever its form. */
    default Executable compile(CircuitForm form) {
        return switch (form) {
            case Circuit circuit -> compile(circuit);
            case StagedCircuit circuit -> compile(circuit);
        };
    }

    /** Prepares a circuit for running one sample at a time, whatever its form; see {@link #compileSingle(Circuit, int)}. */
    default Executable compileSingle(CircuitForm form, int groups) {
        return form.unrolledGates() <= MOST_SINGLE_UNROLLED ? compileSingle(form.flat(), groups) : compile(form);
    }

    /**
     * Prepares a circuit for running one sample at a time, at the least delay: blocks may hold few samples.
     *
     * @param groups by how many groups blocks will be asked to count outputs; 0 if not at all
     */
    default Executable compileSingle(Circuit circuit, int groups) {
        return compile(circuit);
    }

    /** Why this engine cannot run on this machine, and leaves the work to {@link PortableEngine}; empty if it can. */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /** The engine with the fastest runs that this machine has. */
    static Engine best() {
        return all().getFirst();
    }

    /** Every engine that this machine can run, the one with the fastest runs first. */
    static List<Engine> all() {
        return engines().stream()
                .filter(engine -> engine.unavailable().isEmpty())
                .toList();
    }

    private static List<Engine> engines() {
        return List.of(new NativeEngine(), new PortableEngine(), new BytecodeEngine());
    }

    /**
     * The engine of this name, whether or not this machine can run it.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Engine byName(String name) {
        return engines().stream()
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no engine is named " + name + "; there are "
                        + String.join(", ", engines().stream().map(Engine::name).toList())));
    }
}
