package dev.gatewright.network;

import dev.gatewright.relax.TableRelaxation;
import java.util.Optional;

/** A layer of relaxed gates of two to six inputs over fixed or learned wires: a truth table of 2ᵏ parameters a gate. */
public final class LutLayer implements WiredLayer {
    /** Fewest inputs of a gate. */
    public static final int MIN_ARITY = 2;

    private final Connections connections;
    private final Optional<LearnedWires> learned;
    private final TableRelaxation relaxation;
    private final float[] parameters;

    /**
     * Takes ownership of {@code parameters}, gate after gate: parameter {@code p} of gate {@code g} of k inputs is
     * {@code parameters[(g << k) + p]}.
     *
     * @throws IllegalArgumentException if the gates have fewer than two inputs or the parameters do not fit them
     */
    public LutLayer(Connections connections, TableRelaxation relaxation, float[] parameters) {
        this(connections, Optional.empty(), relaxation, parameters);
    }

    /** The same over wires that are learnt. */
    public LutLayer(LearnedWires wires, TableRelaxation relaxation, float[] parameters) {
        this(wires.connections(), Optional.of(wires), relaxation, parameters);
    }

    private LutLayer(
            Connections connections, Optional<LearnedWires> learned, TableRelaxation relaxation, float[] parameters) {
        if (connections.arity() < MIN_ARITY) {
            throw new IllegalArgumentException("gates of " + connections.arity() + " inputs; expected 2 to 6");
        }
        if (parameters.length != (long) connections.gates() << connections.arity()) {
            throw new IllegalArgumentException(parameters.length + " parameters for " + connections.gates()
                    + " gates of " + (1 << connections.arity()));
        }
        this.connections = connections;
        this.learned = learned;
        this.relaxation = relaxation;
        this.parameters = parameters;
    }

    /** The wires the gates read: learned ones as they are chosen now, in time linear in the gates. */
    public Connections connections() {
        return learned.map(LearnedWires::connections).orElse(connections);
    }

    public TableRelaxation relaxation() {
        return relaxation;
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
        return connections.arity();
    }

    @Override
    public int wire(int gate, int input) {
        return learned.isPresent() ? learned.get().chosen(arity() * gate + input) : connections.wire(gate, input);
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public int parametersPerGate() {
        return 1 << arity();
    }

    @Override
    public long table(int gate) {
        return relaxation.table(parameters, gate << arity(), arity());
    }

    @Override
    public Optional<LearnedWires> learnedWires() {
        return learned;
    }
}
