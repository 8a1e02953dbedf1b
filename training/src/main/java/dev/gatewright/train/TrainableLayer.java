package dev.gatewright.train;

import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Estimator;
import dev.gatewright.network.Layer;
import dev.gatewright.network.Temperature;
import dev.gatewright.relax.Noise;
import dev.gatewright.relax.Relaxation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A layer of two-input gates. Parameters and optimiser state keep gates in the order of the trails, the wire a gate is
 * entered by as its first, in blocks of eight, parameter after parameter, one lane a gate.
 */
final class TrainableLayer implements Trainable {
    private static final int LANES = Kernels.LANES;

    /** Gates that one update task takes, in blocks of eight. */
    private static final int BLOCKS_PER_TASK = 64;

    final DenseLayer layer;
    final LayerPlan plan;
    /** Of the gates that the passes compute with. */
    final float[] coefficients;

    /** Of the gates that the passes compute with, where each is one gate; else empty. */
    final int[] functions;

    private final int[] tables;

    private final int index;
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

    /** The wires, where they are learnt. */
    final Optional<TrainableWires> wires;

    /** The {@code index}-th layer of its network. */
    TrainableLayer(int index, DenseLayer layer, LayerPlan plan, Optional<TrainableWires> wires, Kernels kernels) {
        this.index = index;
        this.layer = layer;
        this.wires = wires;
        this.plan = plan;
        this.kernels = kernels;
        this.relaxation = layer.relaxation();
        this.estimator = layer.estimator();
        this.hard = estimator.forward() != Estimator.Forward.SOFT;
        this.confidence = new float[estimator.temperature() instanceof Temperature.Confidence ? blocks() : 0];
        this.noisy = estimator.forward() == Estimator.Forward.GUMBEL;
        this.coefficients = new float[Math.multiplyExact(blocks() * LANES, Kernels.COEFFICIENTS)];
        this.functions = new int[hard ? coefficients.length : 0];
        this.tables = new int[hard ? blocks() * LANES : 0];
        int size = weightLengths(layer).findFirst().orElseThrow();
        this.parameters = new float[size];
        this.seen = noisy ? new float[size] : parameters;
        this.moments = new float[2][size];
        copy(parameters, layer.parameters(), true);
        see(Moment.START);
    }

    /** {@link Trainable#weightLengths}. */
    static IntStream weightLengths(DenseLayer layer) {
        int blocks = (layer.gates() + LANES - 1) / LANES;
        int parameters = Math.multiplyExact(blocks * LANES, layer.relaxation().parameters());
        return IntStream.concat(
                IntStream.of(parameters), layer.learnedWires().stream().mapToInt(learned -> learned.logits().length));
    }

    @Override
    public Layer layer() {
        return layer;
    }

    @Override
    public int inputRows() {
        return plan.inputRows;
    }

    @Override
    public int rowOfWire(int wire) {
        return plan.rowOfWire[wire];
    }

    @Override
    public Optional<TrainableWires> wires() {
        return wires;
    }

    @Override
    public int sums() {
        return blocks() * LANES * Kernels.SUMS;
    }

    @Override
    public int tasks() {
        return Math.ceilDiv(blocks(), BLOCKS_PER_TASK);
    }

    /** Blocks of eight gates, the last perhaps not full. */
    int blocks() {
        return (layer.gates() + LANES - 1) / LANES;
    }

    /** Whether the passes compute with one gate each, so that bits go in and come out. */
    boolean computesWithBits() {
        return hard;
    }

    /** What a step makes of the parameters: where training stands, and the key of its noise. */
    private record View(double progress, OptionalLong noise) {}

    @Override
    public void see(Moment now) {
        prepare(now);
        project(next, 0, blocks(), new float[Kernels.SCRATCH]);
        advance();
    }

    @Override
    public void prepare(Moment moment) {
        OptionalLong noise = noisy ? OptionalLong.of(moment.key(index)) : OptionalLong.empty();
        next = new View(moment.progress(), noise);
    }

    @Override
    public void update(int task, Kernels.AdamStep adam, float[][] sums, float[] scratch) {
        int from = task * BLOCKS_PER_TASK;
        int to = Math.min(from + BLOCKS_PER_TASK, blocks());
        kernels.update(relaxation, sharpness, adam, sums, seen, parameters, moments, from, to, scratch);
        project(next, from, to, scratch);
    }

    @Override
    public void advance() {
        view = next;
        double sum = 0;
        for (float block : confidence) {
            sum += block;
        }
        sharpness = (float) (1 / estimator.temperature().at(view.progress, sum / layer.gates()));
    }

    private void project() {
        project(view, 0, blocks(), new float[Kernels.SCRATCH]);
    }

    private void project(View as, int from, int to, float[] scratch) {
        int size = relaxation.parameters() * LANES;
        if (as.noise.isPresent()) {
            Noise noise = relaxation.noise().orElseThrow();
            kernels.perturb(noise, as.noise.getAsLong(), parameters, seen, from * size, to * size);
        }
        for (int block = from; block < Math.min(to, confidence.length); block++) {
            confidence[block] = Blocks.confidence(seen, relaxation.parameters(), block, layer.gates());
        }
        if (hard) {
            kernels.bits().tables(relaxation, seen, plan.swapped, tables, from, to);
            Blocks.ofTables(tables, coefficients, functions, from, to);
        } else {
            kernels.project(relaxation, sharpness(as), seen, coefficients, from, to, scratch);
        }
    }

    /** One over the temperature of the mixtures; where confidence decides it they are shown as confidence sees them. */
    private float sharpness(View as) {
        return confidence.length > 0 ? 1 : (float) (1 / estimator.temperature().at(as.progress, 0));
    }

    /** Coefficients of the mixtures that the parameters stand for; where there is noise, of the mean of its draws. */
    @Override
    public float[] expected() {
        if (!hard) {
            return coefficients;
        }
        float[] mixtures = new float[coefficients.length];
        kernels.project(
                relaxation, noisy ? 1 : sharpness(view), parameters, mixtures, 0, blocks(), new float[Kernels.SCRATCH]);
        return mixtures;
    }

    @Override
    public List<float[]> weights() {
        return wires.map(learned -> List.of(parameters, learned.state()[0])).orElse(List.of(parameters));
    }

    @Override
    public void weightsChanged() {
        project();
        wires.ifPresent(TrainableWires::choose);
    }

    @Override
    public void exportParameters() {
        copy(parameters, layer.parameters(), false);
    }

    @Override
    public float[][] state() {
        float[][] state = new float[3][layer.parameters().length];
        copy(parameters, state[0], false);
        copy(moments[0], state[1], false);
        copy(moments[1], state[2], false);
        return wires.map(learned -> Stream.of(state, learned.state())
                        .flatMap(Arrays::stream)
                        .toArray(float[][]::new))
                .orElse(state);
    }

    @Override
    public void restore(float[][] state) {
        copy(parameters, state[0], true);
        copy(moments[0], state[1], true);
        copy(moments[1], state[2], true);
        project();
        wires.ifPresent(learned -> learned.restore(state[3], state[4], state[5]));
    }

    private void copy(float[] blocked, float[] gateAfterGate, boolean intoBlocks) {
        int count = relaxation.parameters();
        for (int k = 0; k < layer.gates(); k++) {
            for (int p = 0; p < count; p++) {
                int inBlock = (k / LANES * count + p) * LANES + k % LANES;
                int inGate = plan.order[k] * count + (plan.swapped[k] ? relaxation.exchanged(p) : p);
                if (intoBlocks) {
                    blocked[inBlock] = gateAfterGate[inGate];
                } else {
                    gateAfterGate[inGate] = blocked[inBlock];
                }
            }
        }
    }
}
