package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Counts by machine code, of groups of every size and of outputs that are held inverted, are those of the judge. */
class MachineCountingTest {
    @Test
    void countsWhatTheJudgeCounts() {
        Processor processor = Processor.here();
        Assumptions.assumeTrue(processor.machine().isPresent(), processor.reason());
        for (int seed = 0; seed < 80; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            int groups = 1 + random.nextInt(12);
            int size = seed % 3 == 0 ? 16 * (1 + random.nextInt(4)) : 1 + random.nextInt(seed % 3 == 1 ? 40 : 700);
            Circuit circuit = RandomCircuits.random(seed, 1 + random.nextInt(50), 300, groups * size, 2);
            BitMatrix in = RandomCircuits.randomBits(seed, 512, circuit.inputs());
            try (Executable executable = new NativeEngine().compile(circuit)) {
                int[] sums = executable.groupSums(in, groups, 1);
                BitMatrix out = ReferenceEvaluator.evaluate(circuit, in);
                for (int sample = 0; sample < 512; sample++) {
                    for (int group = 0; group < groups; group++) {
                        int row = sample;
                        int expected = (int) IntStream.range(group * size, (group + 1) * size)
                                .filter(i -> out.get(row, i))
                                .count();
                        assertThat(sums[sample * groups + group])
                                .as("seed %d, sample %d, group %d of %d outputs", seed, sample, group, size)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }
}
