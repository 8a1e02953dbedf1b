package dev.gatewright.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.gatewright.bench.torch.GateForm;
import dev.gatewright.bench.torch.Torch;
import dev.gatewright.bench.torch.TorchNetwork;
import dev.gatewright.bits.BitMatrix;
import dev.gatewright.network.Connections;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Estimator;
import dev.gatewright.network.Initialisation;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.WiredLayer;
import dev.gatewright.network.Wiring;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;
import dev.gatewright.train.TrainingSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Those who train the same wires side by side. */
final class Contestants {
    /** Inputs of the network: the pixels of an MNIST digit. */
    static final int INPUTS = 784;

    private static final int CLASSES = 10;
    private static final float TAU = 10;
    private static final float RATE = 0.01f;
    private static final long SEED = 1;

    private final SpeedOptions options;

    Contestants(SpeedOptions options) {
        this.options = options;
    }

    /** Something that trains one batch; made anew for a round and closed after it. */
    interface Contestant extends AutoCloseable {
        /** Trains one batch, to the end. */
        void step();

        @Override
        void close();
    }

    /** Our kernels, the fastest of this machine. */
    Contestant ours(LogicNetwork network) {
        RandomGenerator random = new SplittableRandom(SEED);
        BitMatrix samples = new BitMatrix(options.batch(), INPUTS);
        for (int bit = 0; bit < INPUTS; bit++) {
            for (int word = 0; word < samples.wordsPerPlane(); word++) {
                samples.setWord(bit, word, random.nextLong());
            }
        }
        TrainingSteps steps = TrainingSteps.fastest(network, samples, labels(random), TAU, options.threads());
        return new Contestant() {
            @Override
            public void step() {
                steps.step(0, options.batch(), RATE);
            }

            @Override
            public void close() {
                steps.close();
            }
        };
    }

    /** PyTorch. */
    Contestant torch(GateForm form) {
        RandomGenerator random = new SplittableRandom(SEED);
        TorchNetwork torch = new TorchNetwork(Torch.engine(options.threads()), form, DataType.FLOAT32, CLASSES, TAU);
        for (Layer each : network(new Softmax16(), Estimator.DEFAULT).layers()) {
            WiredLayer layer = (WiredLayer) each;
            int[] a = IntStream.range(0, layer.gates())
                    .map(gate -> layer.wire(gate, 0))
                    .toArray();
            int[] b = IntStream.range(0, layer.gates())
                    .map(gate -> layer.wire(gate, 1))
                    .toArray();
            torch.layer(a, b, layer.parameters());
        }
        float[] bits = new float[options.batch() * INPUTS];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = random.nextInt(2);
        }
        NDArray samples = torch.samples(bits, INPUTS);
        NDArray labels = torch.labels(labels(random));
        return new Contestant() {
            @Override
            public void step() {
                torch.step(samples, labels, RATE);
            }

            @Override
            public void close() {
                torch.close();
            }
        };
    }

    private int[] labels(RandomGenerator random) {
        return random.ints(options.batch(), 0, CLASSES).toArray();
    }

    /** The network that all train, with parameters of this relaxation and gates estimated like this. */
    LogicNetwork network(Relaxation relaxation, Estimator estimator) {
        RandomGenerator random = new SplittableRandom(SEED);
        List<Layer> layers = new ArrayList<>();
        int width = INPUTS;
        for (int i = 0; i < options.layers(); i++) {
            Connections connections = new Wiring.Random().connect(width, options.width(), random);
            float[] parameters = Initialisation.GAUSSIAN.parameters(relaxation, options.width(), random);
            layers.add(new DenseLayer(connections, relaxation, parameters).withEstimator(estimator));
            width = options.width();
        }
        return new LogicNetwork(INPUTS, layers, CLASSES);
    }
}
