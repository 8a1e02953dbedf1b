package dev.gatewright.train;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.network.LogicNetwork;
import java.util.stream.IntStream;

/** Opens single training steps to benchmarks and to the judge of gradients, without widening the trainer's own API. */
public final class TrainingSteps implements AutoCloseable {
    private final Stepper stepper;
    private final Workers workers;
    private final BitRows samples;
    private final int[] order;

    private TrainingSteps(
            LogicNetwork network, BitMatrix samples, int[] labels, float tau, int threads, Kernels kernels) {
        this.workers = new Workers(threads);
        this.samples = new BitRows(samples);
        this.order = IntStream.range(0, samples.samples()).toArray();
        Objective objective = new Objective.Classes(network.groups(), tau, labels);
        this.stepper = new Stepper(network, objective, kernels, workers);
    }

    /** Steps by the kernels that training takes on this machine. */
    public static TrainingSteps fastest(LogicNetwork network, BitMatrix samples, int[] labels, float tau, int threads) {
        return new TrainingSteps(network, samples, labels, tau, threads, Kernels.best());
    }

    /** Steps by the kernels in plain Java. */
    public static TrainingSteps scalar(LogicNetwork network, BitMatrix samples, int[] labels, float tau, int threads) {
        return new TrainingSteps(network, samples, labels, tau, threads, new ScalarKernels());
    }

    /** Forward, backward and an Adam update on {@code batch} samples from {@code from} on; the mean loss before it. */
    public double step(int from, int batch, float learningRate) {
        return step(from, batch, new Kernels.AdamStep(0.9f, 0.999f, learningRate, 1, 1e-8f, 0));
    }

    /** The same without a change of parameters; afterwards {@link #gradient} tells the gradients. */
    public double gradients(int from, int batch) {
        return step(from, batch, new Kernels.AdamStep(0, 0, 0, 1, 1, 0));
    }

    private double step(int from, int batch, Kernels.AdamStep adam) {
        return stepper.step(samples, order, from, batch, adam).loss() / batch;
    }

    /** The gradient of the mean loss with respect to the parameters of layer {@code layer}, gate after gate. */
    public float[] gradient(int layer) {
        // Without inertia the first moment is the gradient.
        return stepper.layers().get(layer).state()[1];
    }

    @Override
    public void close() {
        workers.close();
    }
}
