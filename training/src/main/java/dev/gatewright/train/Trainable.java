package dev.gatewright.train;

import dev.gatewright.network.ConvLayer;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LutLayer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A layer in training: what is learnt and the optimiser's state, in the layout of its kernels. */
sealed interface Trainable permits TrainableGates, TrainableLut {
    Layer layer();

    /** Rows of {@link Kernels#TILE} floats that the layer reads. */
    int inputRows();

    /** The input row that carries input {@code wire}. */
    int rowOfWire(int wire);

    /** Where the gradients of the inputs stand. */
    GradientRows gradients();

    /** The wires, where they are learnt. */
    Optional<TrainableWires> wires();

    /** What the parameters stand for, in the terms of the layer's kernels; where there is noise, the mean of its draws. */
    float[] expected();

    /** Gates with an expected output that is neither surely false nor surely true. */
    int undecided();

    /** The squared gradients of all expected outputs of the gates, given the sums of every chunk. */
    double squaredGradients(float[][] sums);

    /** Sees the parameters as the coming step of {@code now} is to see them. */
    void see(Moment now);

    /** Says how {@link #update} is to leave the gates: as seen at {@code moment}. */
    void prepare(Moment moment);

    /** Makes each update to come take {@code price} times the gradient of their expected cost off the parameters of gates. */
    void charge(float price);

    /** Ends a step, once all tasks of its update are done. */
    void advance();

    /** Floats that the backward pass of a chunk leaves for {@link #update}. */
    int sums();

    /** Tasks into which an update is cut. */
    int tasks();

    /**
     * One optimiser step of a task's gates, given the sums that each chunk of the batch has left; chunks are added in
     * their order.
     */
    void update(int task, Kernels.AdamStep adam, float[][] sums, float[] scratch);

    /** What is learnt, live and in the layout of the kernels: parameters, then logits of learnt wires. */
    List<float[]> weights();

    /** Lengths of the arrays that {@link #weights} gives for {@code layer}. */
    static IntStream weightLengths(Layer layer) {
        return switch (layer) {
            case DenseLayer dense -> TrainableLayer.weightLengths(dense);
            case LutLayer lut -> TrainableLut.weightLengths(lut);
            case ConvLayer conv -> TrainableConv.weightLengths(conv);
        };
    }

    /** Follows a change of {@link #weights} by somebody else. */
    void weightsChanged();

    /** Writes the parameters back to the layer. */
    void exportParameters();

    /**
     * State to keep: parameters, first and second moments, each gate after gate; then, where wires are learnt, their
     * logits with first and second moments, which are live and valid until the next step.
     */
    float[][] state();

    /** The inverse of {@link #state}. */
    void restore(float[][] state);
}
