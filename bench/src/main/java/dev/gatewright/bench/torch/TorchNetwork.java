package dev.gatewright.bench.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of relaxed two-input gates as PyTorch tensors with autograd: layers, group sums, softmax cross-entropy and
 * Adam, as the peers train on a CPU.
 *
 * <p>Not safe for use by several threads.
 */
public final class TorchNetwork implements AutoCloseable {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final Engine engine;
    private final NDManager manager;
    private final GateForm form;
    private final DataType type;
    private final int classes;
    private final float tau;
    private final List<Layer> layers = new ArrayList<>();
    private int steps;

    private record Layer(NDArray a, NDArray b, NDArray parameters, NDArray mean, NDArray variance) {}

    /**
     * A network without layers yet, that reads {@code classes} group sums divided by {@code tau}.
     *
     * @param type of all values and parameters, single or double precision
     */
    public TorchNetwork(Engine engine, GateForm form, DataType type, int classes, float tau) {
        this.engine = engine;
        this.manager = engine.newBaseManager();
        this.form = form;
        this.type = type;
        this.classes = classes;
        this.tau = tau;
    }

    /** Adds a layer: gate {@code g} reads wires {@code a[g]} and {@code b[g]} of the layer before. */
    public void layer(int[] a, int[] b, float[] parameters) {
        NDArray weights = floats(parameters, new Shape(a.length, form.parameters()));
        weights.setRequiresGradient(true);
        clearGradient(weights);
        layers.add(new Layer(indices(a), indices(b), weights, weights.zerosLike(), weights.zerosLike()));
    }

    private NDArray indices(int[] wires) {
        try (NDArray narrow = manager.create(wires)) {
            return narrow.toType(DataType.INT64, true);
        }
    }

    /** Samples × inputs, row-major, as a tensor that lives as long as this network. */
    public NDArray samples(float[] values, int inputs) {
        return floats(values, new Shape(values.length / inputs, inputs));
    }

    private NDArray floats(float[] values, Shape shape) {
        try (NDArray single = manager.create(values, shape)) {
            return single.toType(type, true);
        }
    }

    /** Labels as a tensor that lives as long as this network. */
    public NDArray labels(int[] labels) {
        try (NDArray flat = indices(labels)) {
            return flat.expandDims(1);
        }
    }

    /** One step: forward, backward and the update of all parameters. */
    public void step(NDArray samples, NDArray labels, float learningRate) {
        gradients(samples, labels).close();
        update(learningRate);
    }

    /** The mean loss over the samples; afterwards {@link #gradient} holds that of every layer. */
    public NDArray gradients(NDArray samples, NDArray labels) {
        layers.forEach(layer -> clearGradient(layer.parameters));
        try (GradientCollector collector = engine.newGradientCollector()) {
            NDArray scores = scores(samples);
            try (scores;
                    NDArray logarithms = scores.logSoftmax(1);
                    NDArray chosen = logarithms.gather(labels, 1);
                    NDArray mean = chosen.mean()) {
                NDArray loss = mean.neg();
                collector.backward(loss);
                return loss;
            }
        }
    }

    /** Backward adds to what stands in the gradient, which at first is whatever was in its memory. */
    private static void clearGradient(NDArray parameters) {
        if (parameters.hasGradient()) {
            try (NDArray gradient = parameters.getGradient()) {
                gradient.set(new NDIndex("..."), 0);
            }
        }
    }

    private NDArray scores(NDArray samples) {
        NDArray values = samples;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            try (NDArray a = values.get(new NDIndex(":, {}", layer.a));
                    NDArray b = values.get(new NDIndex(":, {}", layer.b))) {
                if (i > 0) {
                    values.close();
                }
                values = form.apply(a, b, layer.parameters);
            }
        }
        long batch = values.getShape().get(0);
        try (NDArray outputs = values;
                NDArray groups = outputs.reshape(batch, classes, -1);
                NDArray sums = groups.sum(new int[] {2})) {
            return sums.div(tau);
        }
    }

    /** The gradient of the last loss with respect to layer {@code layer}, gates × parameters. */
    public double[] gradient(int layer) {
        try (NDArray gradient = layers.get(layer).parameters.getGradient();
                NDArray precise = gradient.toType(DataType.FLOAT64, true)) {
            return precise.toDoubleArray();
        }
    }

    private void update(float learningRate) {
        steps++;
        double rate = learningRate * Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
        for (Layer layer : layers) {
            try (NDArray gradient = layer.parameters.getGradient()) {
                NDList inputs = new NDList(layer.parameters, gradient, layer.mean, layer.variance);
                NDList weights = new NDList(layer.parameters);
                layer.parameters
                        .getNDArrayInternal()
                        .adamUpdate(
                                inputs,
                                weights,
                                learningRate,
                                (float) rate,
                                0,
                                1,
                                -1,
                                BETA1,
                                BETA2,
                                EPSILON,
                                true,
                                false);
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
