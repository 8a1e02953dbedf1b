package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;

/** Placeholder of the seam until the engine is there. */
public final class PortableEngine implements Engine {
    @Override
    public String name() {
        return "portable";
    }

    @Override
    public Executable compile(Circuit circuit) {
        throw new UnsupportedOperationException("portable engine");
    }
}
