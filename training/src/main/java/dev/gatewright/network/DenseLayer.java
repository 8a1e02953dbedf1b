package dev.gatewright.network;

import dev.gatewright.relax.Relaxation;

/** A layer of relaxed two-input gates over fixed wires, with its parameters, which a trainer changes. */
public final class DenseLayer {
    private final Connections connections;
    private final Relaxation relaxation;
    private final float[] parameters;

    /**
     * Takes ownership of {@code parameters}, gate after gate: parameter {@code p} of gate {@code g} is
     * {@code parameters[g · relaxation.parameters() + p]}.
     *
     * @throws IllegalArgumentException if the parameters do not fit the gates
     */
    public DenseLayer(Connections connections, Relaxation relaxation, float[] parameters) {
        if (parameters.length != (long) connections.gates() * relaxation.parameters()) {
            throw new IllegalArgumentException(parameters.length + " parameters for " + connections.gates()
                    + " gates of " + relaxation.parameters());
        }
        this.connections = connections;
        this.relaxation = relaxation;
        this.parameters = parameters;
    }

    public Connections connections() {
        return connections;
    }

    public Relaxation relaxation() {
        return relaxation;
    }

    /** The live parameters, gate after gate. */
    public float[] parameters() {
        return parameters;
    }

    public int inputs() {
        return connections.inputs();
    }

    public int gates() {
        return connections.gates();
    }

    /** The truth table that gate {@code gate} would become now. */
    public int table(int gate) {
        return relaxation.table(parameters, gate * relaxation.parameters());
    }
}
