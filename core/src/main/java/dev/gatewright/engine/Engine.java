package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import java.util.List;

/** A way of running circuits fast. Every engine computes what the reference evaluator computes, bit for bit. */
public sealed interface Engine permits PortableEngine {
    /** The name by which {@code --engine} forces this engine. */
    String name();

    /** Prepares a circuit for running. Takes time linear in the gates. */
    Executable compile(Circuit circuit);

    /** The fastest engine this machine can run. */
    static Engine best() {
        return new PortableEngine();
    }

    /** Every engine that this machine can run, the fastest first. */
    static List<Engine> all() {
        return List.of(new PortableEngine());
    }

    /**
     * The engine of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Engine byName(String name) {
        return all().stream()
                .filter(engine -> engine.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no engine is named " + name + "; there are "
                        + String.join(", ", all().stream().map(Engine::name).toList())));
    }
}
