package dev.gatewright.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.gatewright.bench.torch.GateForm;
import dev.gatewright.bench.torch.Torch;
import dev.gatewright.bench.torch.TorchNetwork;
import dev.gatewright.bits.BitMatrix;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.network.Connections;
import dev.gatewright.network.DenseLayer;
import dev.gatewright.network.Initialisation;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.WiredLayer;
import dev.gatewright.network.Wiring;
import dev.gatewright.relax.Light;
import dev.gatewright.relax.Relaxation;
import dev.gatewright.relax.Softmax16;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The training kernels' loss and gradients against PyTorch's autograd in double precision. */
class GradientOracleTest {
    private static final int INPUTS = 24;
    private static final int[] WIDTHS = {40, 37, 36, 30};
    private static final int GROUPS = 5;
    private static final float TAU = 2;
    /** More than two tiles, the last not full. */
    private static final int SAMPLES = 75;

    /** Of the largest gradient of the layer; floats of 24 bits, summed over samples and layers, keep this much. */
    private static final double TOLERANCE = 5e-6;

    @BeforeAll
    static void needsTorch() {
        if (!"required".equals(System.getProperty("tools"))) {
            assumeThat(Torch.available())
                    .as("PyTorch is there for this machine")
                    .isTrue();
        }
    }

    static Stream<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (Wiring wiring : Wiring.fixed()) {
            for (Initialisation initialisation : Initialisation.values()) {
                cases.add(Arguments.of(wiring, initialisation, new Softmax16(), GateForm.SIXTEEN_FUNCTIONS));
                cases.add(Arguments.of(wiring, initialisation, new Softmax16(), GateForm.BILINEAR));
                cases.add(Arguments.of(wiring, initialisation, new Light(Light.Estimator.SIGMOID), GateForm.TABLE));
                cases.add(Arguments.of(wiring, initialisation, new Light(Light.Estimator.SINE), GateForm.SINE_TABLE));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void kernelsAgreeWithAutograd(Wiring wiring, Initialisation initialisation, Relaxation relaxation, GateForm form) {
        long seed = 20261121;
        RandomGenerator random = new SplittableRandom(seed);
        LogicNetwork network = network(wiring, initialisation, relaxation, random);
        BitMatrix samples = samples(random);
        int[] labels = random.ints(SAMPLES, 0, GROUPS).toArray();

        Oracle oracle = agreedOracle(network, form, relaxation, samples, labels);
        try (TrainingSteps fastest = TrainingSteps.fastest(network, samples, labels, TAU, 2);
                TrainingSteps scalar = TrainingSteps.scalar(network, samples, labels, TAU, 1)) {
            for (TrainingSteps steps : List.of(fastest, scalar)) {
                assertThat(steps.gradients(0, SAMPLES))
                        .as("loss, seed %d", seed)
                        .isCloseTo(oracle.loss, within(1e-5));
                for (int i = 0; i < WIDTHS.length; i++) {
                    assertClose(published(steps.gradient(i), relaxation), oracle.gradients.get(i), i, seed);
                }
            }
        }
    }

    private record Oracle(double loss, List<double[]> gradients) {
        boolean agrees(Oracle other) {
            for (int i = 0; i < gradients.size(); i++) {
                if (!Arrays.equals(gradients.get(i), other.gradients.get(i))) {
                    return false;
                }
            }
            return loss == other.loss;
        }
    }

    /**
     * What two networks of PyTorch's in a row agree on to the last bit. Through DJL it hands out, in about one of a
     * thousand networks, gradients that backward has not reached: zero, or what was in their memory before.
     */
    private static Oracle agreedOracle(
            LogicNetwork network, GateForm form, Relaxation relaxation, BitMatrix samples, int[] labels) {
        Oracle before = oracle(network, form, relaxation, samples, labels);
        for (int attempt = 0; attempt < 10; attempt++) {
            Oracle again = oracle(network, form, relaxation, samples, labels);
            if (again.agrees(before)) {
                return again;
            }
            before = again;
        }
        throw new AssertionError("PyTorch never gave the same gradients twice in a row");
    }

    private static Oracle oracle(
            LogicNetwork network, GateForm form, Relaxation relaxation, BitMatrix samples, int[] labels) {
        try (TorchNetwork torch = new TorchNetwork(Torch.engine(2), form, DataType.FLOAT64, GROUPS, TAU)) {
            for (Layer each : network.layers()) {
                WiredLayer layer = (WiredLayer) each;
                torch.layer(
                        IntStream.range(0, layer.gates())
                                .map(gate -> layer.wire(gate, 0))
                                .toArray(),
                        IntStream.range(0, layer.gates())
                                .map(gate -> layer.wire(gate, 1))
                                .toArray(),
                        published(layer.parameters(), relaxation));
            }
            try (NDArray mean = torch.gradients(torch.samples(rows(samples), INPUTS), torch.labels(labels))) {
                List<double[]> gradients = IntStream.range(0, WIDTHS.length)
                        .mapToObj(torch::gradient)
                        .toList();
                return new Oracle(mean.getDouble(), gradients);
            }
        }
    }

    private static void assertClose(float[] found, double[] expected, int layer, long seed) {
        assertThat(found).hasSameSizeAs(expected);
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < found.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            worst = Math.max(worst, Math.abs(found[i] - expected[i]));
        }
        assertThat(largest).as("a gradient in layer %d, seed %d", layer, seed).isPositive();
        assertThat(worst / largest)
                .as("relative error, %s of %s, layer %d, seed %d", worst, largest, layer, seed)
                .isLessThan(TOLERANCE);
    }

    private static LogicNetwork network(
            Wiring wiring, Initialisation initialisation, Relaxation relaxation, RandomGenerator random) {
        List<Layer> layers = new ArrayList<>();
        int width = INPUTS;
        for (int gates : WIDTHS) {
            Connections connections = wiring.connect(width, gates, random);
            layers.add(new DenseLayer(connections, relaxation, initialisation.parameters(relaxation, gates, random)));
            width = gates;
        }
        return new LogicNetwork(INPUTS, layers, GROUPS);
    }

    private static BitMatrix samples(RandomGenerator random) {
        BitMatrix samples = new BitMatrix(SAMPLES, INPUTS);
        for (int bit = 0; bit < INPUTS; bit++) {
            for (int word = 0; word < samples.wordsPerPlane(); word++) {
                samples.setWord(bit, word, random.nextLong());
            }
        }
        return samples;
    }

    private static float[] rows(BitMatrix samples) {
        float[] rows = new float[SAMPLES * INPUTS];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = samples.get(i / INPUTS, i % INPUTS) ? 1 : 0;
        }
        return rows;
    }

    /** Sixteen logits are reordered to the field's numbering of functions (or back); other parameters stay. */
    private static float[] published(float[] parameters, Relaxation relaxation) {
        if (!(relaxation instanceof Softmax16)) {
            return parameters;
        }
        float[] result = new float[parameters.length];
        for (int i = 0; i < result.length; i++) {
            result[i & ~15 | TruthTable.published(i & 15)] = parameters[i];
        }
        return result;
    }
}
