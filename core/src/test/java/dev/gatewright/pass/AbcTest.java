package dev.gatewright.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbcTest {
    /** Networks as they are before training, random gates in layers: no more gates than ABC, all together. */
    @ParameterizedTest
    @CsvSource({"16, 64, 6", "32, 300, 6", "64, 1000, 5", "12, 100, 8"})
    void leavesNoMoreGatesThanAbc(int inputs, int width, int layers) throws IOException, InterruptedException {
        if (!"required".equals(System.getProperty("tools"))) {
            assumeTrue(Abc.command().isPresent(), "ABC is not installed");
        }
        String command = Abc.command().orElseThrow();
        int ours = 0;
        int dch = 0;
        int resyn2 = 0;
        for (int seed = 0; seed < 5; seed++) {
            Circuit circuit = layers(seed, inputs, width, layers);
            ours += Abc.twoInputGates(Pipeline.THOROUGH.run(circuit).circuit());
            dch += Abc.run(command, circuit, Abc.DCH).gates();
            resyn2 += Abc.run(command, circuit, Abc.RESYN2).gates();
        }
        assertThat(ours).isLessThanOrEqualTo(dch).isLessThanOrEqualTo(resyn2);
    }

    private static Circuit layers(long seed, int inputs, int width, int layers) {
        SplittableRandom random = new SplittableRandom(seed);
        CircuitBuilder builder = new CircuitBuilder(inputs);
        int[] previous = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            previous[i] = builder.input(i);
        }
        for (int layer = 0; layer < layers; layer++) {
            int[] next = new int[width];
            for (int i = 0; i < width; i++) {
                int a = previous[random.nextInt(previous.length)];
                next[i] = builder.gate(random.nextInt(16), a, previous[random.nextInt(previous.length)]);
            }
            previous = next;
        }
        return builder.build(previous);
    }
}
