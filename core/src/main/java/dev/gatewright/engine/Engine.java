package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;

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
}
