package dev.gatewright.train;

import dev.gatewright.network.DenseLayer;
import dev.gatewright.relax.Relaxation;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A layer's parameters and optimiser state in the layout of the kernels: gates in the order of the trails, the wire a
 * gate is entered by as its first, in blocks of eight, parameter after parameter, one lane a gate.
 */
final class TrainableLayer {
    private static final int LANES = Kernels.LANES;

    final DenseLayer layer;
    final LayerPlan plan;
    final float[] coefficients;
    private final Kernels kernels;
    private final Relaxation relaxation;
    private final float[] parameters;
    private final float[][] moments;

    /** The wires, where they are learnt. */
    final Optional<TrainableWires> wires;

    TrainableLayer(DenseLayer layer, LayerPlan plan, Optional<TrainableWires> wires, Kernels kernels) {
        this.layer = layer;
        this.wires = wires;
        this.plan = plan;
        this.kernels = kernels;
        this.relaxation = layer.relaxation();
        this.coefficients = new float[Math.multiplyExact(blocks() * LANES, Kernels.COEFFICIENTS)];
        int size = weightLengths(layer).findFirst().orElseThrow();
        this.parameters = new float[size];
        this.moments = new float[2][size];
        importParameters(layer.parameters());
    }

    /** Lengths of the arrays that {@link #weights} gives for {@code layer}. */
    static IntStream weightLengths(DenseLayer layer) {
        int blocks = (layer.gates() + LANES - 1) / LANES;
        int parameters = Math.multiplyExact(blocks * LANES, layer.relaxation().parameters());
        return IntStream.concat(
                IntStream.of(parameters), layer.learnedWires().stream().mapToInt(learned -> learned.logits().length));
    }

    /** Blocks of eight gates, the last perhaps not full. */
    int blocks() {
        return (layer.gates() + LANES - 1) / LANES;
    }

    /**
     * One optimiser step of blocks {@code from} to {@code to − 1}, given the sums that each chunk of the batch has left;
     * chunks are added in their order.
     */
    void update(int from, int to, Kernels.AdamStep adam, float[][] sums, float[] scratch) {
        kernels.update(relaxation, adam, sums, parameters, moments, coefficients, from, to, scratch);
    }

    /** What is learnt, live and in the layout of the kernels: parameters, then logits of learnt wires. */
    List<float[]> weights() {
        return wires.map(learned -> List.of(parameters, learned.state()[0])).orElse(List.of(parameters));
    }

    /** Follows a change of {@link #weights} by somebody else. */
    void weightsChanged() {
        kernels.project(relaxation, parameters, coefficients, 0, blocks());
        wires.ifPresent(TrainableWires::choose);
    }

    /** Writes the parameters back to the layer. */
    void exportParameters() {
        copy(parameters, layer.parameters(), false);
    }

    /**
     * State to keep: parameters, first and second moments, each gate after gate; then, where wires are learnt, their
     * logits with first and second moments, which are live and valid until the next step.
     */
    float[][] state() {
        float[][] state = new float[3][layer.parameters().length];
        copy(parameters, state[0], false);
        copy(moments[0], state[1], false);
        copy(moments[1], state[2], false);
        return wires.map(learned -> Stream.of(state, learned.state())
                        .flatMap(Arrays::stream)
                        .toArray(float[][]::new))
                .orElse(state);
    }

    /** The inverse of {@link #state}. */
    void restore(float[][] state) {
        importParameters(state[0]);
        copy(moments[0], state[1], true);
        copy(moments[1], state[2], true);
        wires.ifPresent(learned -> learned.restore(state[3], state[4], state[5]));
    }

    private void importParameters(float[] gateAfterGate) {
        copy(parameters, gateAfterGate, true);
        kernels.project(relaxation, parameters, coefficients, 0, blocks());
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
