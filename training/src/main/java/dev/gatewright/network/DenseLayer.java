package dev.gatewright.network;

import dev.gatewright.relax.Relaxation;
import java.util.Optional;

/** A layer of relaxed two-input gates over fixed or learned wires, with its parameters, which a trainer changes. */
public final class DenseLayer implements WiredLayer {
    private final Connections connections;
    private final Optional<LearnedWires> learned;
    private final Relaxation relaxation;
    private final Estimator estimator;
    private final float[] parameters;

    /**
     * Takes ownership of {@code parameters}, gate after gate: parameter {@code p} of gate {@code g} is
     * {@code parameters[g · relaxation.parameters() + p]}.
     *
     * @throws IllegalArgumentException if the parameters do not fit the gates
     */
    public DenseLayer(Connections connections, Relaxation relaxation, float[] parameters) {
        this(connections, Optional.empty(), relaxation, Estimator.DEFAULT, parameters);
    }

    /** The same over wires that are learnt. */
    public DenseLayer(LearnedWires wires, Relaxation relaxation, float[] parameters) {
        this(wires.connections(), Optional.of(wires), relaxation, Estimator.DEFAULT, parameters);
    }

    private DenseLayer(
            Connections connections,
            Optional<LearnedWires> learned,
            Relaxation relaxation,
            Estimator estimator,
            float[] parameters) {
        if (parameters.length != (long) connections.gates() * relaxation.parameters()) {
            throw new IllegalArgumentException(parameters.length + " parameters for " + connections.gates()
                    + " gates of " + relaxation.parameters());
        }
        this.connections = connections;
        this.learned = learned;
        this.relaxation = relaxation;
        this.estimator = estimator;
        this.parameters = parameters;
    }

    /** The wires the gates read: learned ones as they are chosen now, in time linear in the gates. */
    public Connections connections() {
        return learned.map(LearnedWires::connections).orElse(connections);
    }

    @Override
    public Optional<LearnedWires> learnedWires() {
        return learned;
    }

    public Relaxation relaxation() {
        return relaxation;
    }

    /** How training estimates the gates. */
    public Estimator estimator() {
        return estimator;
    }

    /** The same layer, of the same live parameters and wires, with gates estimated otherwise. */
    public DenseLayer withEstimator(Estimator value) {
        return new DenseLayer(connections, learned, relaxation, value, parameters);
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public int inputs() {
        return connections.inputs();
    }

    @Override
    public int gates() {
        return connections.gates();
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public int wire(int gate, int input) {
        return learned.isPresent() ? learned.get().chosen(2 * gate + input) : connections.wire(gate, input);
    }

    @Override
    public int parametersPerGate() {
        return relaxation.parameters();
    }

    @Override
    public long table(int gate) {
        return relaxation.table(parameters, gate * relaxation.parameters());
    }
}
