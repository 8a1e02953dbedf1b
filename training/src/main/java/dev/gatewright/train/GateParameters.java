package dev.gatewright.train;

import dev.gatewright.network.Estimator;
import dev.gatewright.network.Temperature;
import dev.gatewright.relax.GateCost;
import dev.gatewright.relax.Noise;
import dev.gatewright.relax.Relaxation;
import java.util.OptionalLong;

/**
 * What two-input gates learn, with the optimiser's state: in blocks of eight gates, parameter after parameter, one lane a
 * gate; and the coefficients that passes compute with.
 */
final class GateParameters {
    private static final int LANES = Kernels.LANES;

    /** Gates that one update task takes, in blocks of eight. */
    private static final int BLOCKS_PER_TASK = 64;

    /** Of the gates that the passes compute with. */
    final float[] coefficients;

    /** Of the gates that the passes compute with, where each is one gate; else empty. */
    final int[] functions;

    private final int[] tables;

    private final int index;
    private final int gates;
    private final int[] order;
    private final boolean[] swapped;
    private final Kernels kernels;
    private final Relaxation relaxation;
    private final Estimator estimator;
    private final boolean hard;
    private final boolean noisy;
    private final float[] parameters;
    /** The parameters with this step's noise; the same array where there is none. */
    private final float[] seen;

    /** Block by block, where the temperature depends on it. */
    private final float[] confidence;

    /** How the parameters are seen now, and once the step is done. */
    private View view;

    private View next;
    /** One over the temperature of this step's gradients. */
    private float sharpness;

    private final float[][] moments;

    /** What is taken off for each gate that a parameter costs. */
    private float price;

    /**
     * The gates of the {@code index}-th layer of a network.
     *
     * @param order place → gate
     * @param swapped place → whether the gate's inputs are exchanged
     * @param gateAfterGate the parameters in the order of the gates
     */
    GateParameters(
            int index,
            Relaxation relaxation,
            Estimator estimator,
            int[] order,
            boolean[] swapped,
            float[] gateAfterGate,
            Kernels kernels) {
        this.index = index;
        this.gates = order.length;
        this.order = order;
        this.swapped = swapped;
        this.kernels = kernels;
        this.relaxation = relaxation;
        this.estimator = estimator;
        this.coefficients = new float[Math.multiplyExact(blocks() * LANES, Kernels.COEFFICIENTS)];
        this.hard = estimator.forward().hard();
        this.confidence = new float[estimator.temperature() instanceof Temperature.Confidence ? blocks() : 0];
        this.noisy = estimator.forward() == Estimator.Forward.GUMBEL;
        this.functions = new int[hard ? coefficients.length : 0];
        this.tables = new int[estimator.forward() == Estimator.Forward.SOFT ? 0 : blocks() * LANES];
        int size = length(gates, relaxation);
        this.parameters = new float[size];
        this.seen = noisy ? new float[size] : parameters;
        this.moments = new float[2][size];
        copy(parameters, gateAfterGate, true);
        see(Moment.START);
    }

    /** Floats that the parameters of {@code gates} gates take in blocks. */
    static int length(int gates, Relaxation relaxation) {
        return Math.multiplyExact(Math.ceilDiv(gates, LANES) * LANES, relaxation.parameters());
    }

    /** Blocks of eight gates, the last perhaps not full. */
    int blocks() {
        return Math.ceilDiv(gates, LANES);
    }

    /** {@link Trainable#sums}. */
    int sums() {
        return blocks() * LANES * Kernels.SUMS;
    }

    /** {@link Trainable#tasks}. */
    int tasks() {
        return Math.ceilDiv(blocks(), BLOCKS_PER_TASK);
    }

    /** What a step makes of the parameters: where training stands, and the key of its noise. */
    private record View(double progress, OptionalLong noise) {}

    /** {@link Trainable#see}. */
    void see(Moment now) {
        prepare(now);
        project(next, 0, blocks(), new float[Kernels.SCRATCH]);
        advance();
    }

    /** {@link Trainable#prepare}. */
    void prepare(Moment moment) {
        OptionalLong noise = noisy ? OptionalLong.of(moment.key(index)) : OptionalLong.empty();
        next = new View(moment.progress(), noise);
    }

    /** {@link Trainable#update}. */
    void update(int task, Kernels.AdamStep adam, float[][] sums, float[] scratch) {
        int from = task * BLOCKS_PER_TASK;
        int to = Math.min(from + BLOCKS_PER_TASK, blocks());
        kernels.update(relaxation, sharpness, adam, sums, seen, parameters, moments, from, to, scratch);
        if (price > 0) {
            pay(from, to);
        }
        project(next, from, to, scratch);
    }

    /** {@link Trainable#charge}. */
    void charge(float newPrice) {
        price = newPrice;
    }

    private void pay(int from, int to) {
        int count = relaxation.parameters();
        double[] own = new double[count];
        double[] gradient = new double[count];
        for (int k = from * LANES; k < Math.min(to * LANES, gates); k++) {
            int at = k / LANES * count * LANES + k % LANES;
            for (int p = 0; p < count; p++) {
                own[p] = parameters[at + p * LANES];
            }
            GateCost.gradient(relaxation, 1.0 / sharpness, own, gradient);
            for (int p = 0; p < count; p++) {
                parameters[at + p * LANES] -= (float) (price * gradient[p]);
            }
        }
    }

    /** {@link Trainable#advance}. */
    void advance() {
        view = next;
        double sum = 0;
        for (float block : confidence) {
            sum += block;
        }
        sharpness = (float) (1 / estimator.temperature().at(view.progress, sum / gates));
    }

    /** Follows a change of {@link #live} by somebody else. */
    void changed() {
        project(view, 0, blocks(), new float[Kernels.SCRATCH]);
    }

    private void project(View as, int from, int to, float[] scratch) {
        int size = relaxation.parameters() * LANES;
        if (as.noise.isPresent()) {
            Noise noise = relaxation.noise().orElseThrow();
            kernels.perturb(noise, as.noise.getAsLong(), parameters, seen, from * size, to * size);
        }
        for (int block = from; block < Math.min(to, confidence.length); block++) {
            confidence[block] = Blocks.confidence(seen, relaxation.parameters(), block, gates);
        }
        if (tables.length > 0) {
            kernels.bits().tables(relaxation, seen, swapped, tables, from, to);
        }
        if (hard) {
            Blocks.ofTables(tables, coefficients, functions, from, to);
        } else {
            kernels.project(relaxation, sharpness(as), seen, coefficients, from, to, scratch);
            double hardness = estimator.hardness(as.progress);
            if (hardness > 0) {
                Blocks.harden(tables, (float) hardness, coefficients, from, to);
            }
        }
    }

    /** One over the temperature of the mixtures; where confidence decides it they are shown as confidence sees them. */
    private float sharpness(View as) {
        return confidence.length > 0 ? 1 : (float) (1 / estimator.temperature().at(as.progress, 0));
    }

    /** Coefficients of the mixtures that the parameters stand for; where there is noise, of the mean of its draws. */
    float[] expected() {
        if (tables.length == 0) {
            return coefficients;
        }
        float[] mixtures = new float[coefficients.length];
        kernels.project(
                relaxation, noisy ? 1 : sharpness(view), parameters, mixtures, 0, blocks(), new float[Kernels.SCRATCH]);
        return mixtures;
    }

    /** Gates with an expected output that is neither surely false nor surely true. */
    int undecided() {
        float[] c = expected();
        int undecided = 0;
        for (int k = 0; k < gates; k++) {
            int at = k * Kernels.COEFFICIENTS;
            boolean open = Diagnostics.open(c[at])
                    || Diagnostics.open(c[at] + c[at + 1])
                    || Diagnostics.open(c[at] + c[at + 2])
                    || Diagnostics.open(c[at] + c[at + 1] + c[at + 2] + c[at + 3]);
            undecided += open ? 1 : 0;
        }
        return undecided;
    }

    /** The squared gradients of all expected outputs, given the sums of every chunk. */
    double squaredGradients(float[][] sums) {
        float[] corners = new float[Relaxation.CORNERS * LANES];
        float[] totals = new float[LANES * Kernels.SUMS];
        double squares = 0;
        for (int block = 0; block < blocks(); block++) {
            Blocks.add(sums, block, totals, 0);
            Blocks.cornerGradients(totals, 0, corners);
            for (float gradient : corners) {
                squares += (double) gradient * gradient;
            }
        }
        return squares;
    }

    /** The parameters themselves, in blocks. */
    float[] live() {
        return parameters;
    }

    /** Writes the parameters gate after gate. */
    void export(float[] gateAfterGate) {
        copy(parameters, gateAfterGate, false);
    }

    /** Parameters, first and second moments, each gate after gate. */
    float[][] state() {
        float[][] state = new float[3][gates * relaxation.parameters()];
        copy(parameters, state[0], false);
        copy(moments[0], state[1], false);
        copy(moments[1], state[2], false);
        return state;
    }

    /** The inverse of {@link #state}. */
    void restore(float[][] state) {
        copy(parameters, state[0], true);
        copy(moments[0], state[1], true);
        copy(moments[1], state[2], true);
        changed();
    }

    private void copy(float[] blocked, float[] gateAfterGate, boolean intoBlocks) {
        int count = relaxation.parameters();
        for (int k = 0; k < gates; k++) {
            for (int p = 0; p < count; p++) {
                int inBlock = (k / LANES * count + p) * LANES + k % LANES;
                int inGate = order[k] * count + (swapped[k] ? relaxation.exchanged(p) : p);
                if (intoBlocks) {
                    blocked[inBlock] = gateAfterGate[inGate];
                } else {
                    gateAfterGate[inGate] = blocked[inBlock];
                }
            }
        }
    }
}
