package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Extent;
import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.circuit.RandomStages;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How machine code cuts and folds kernels. */
class KernelPartTest {
    @Test
    void partsTogetherGiveWhatTheKernelGives() {
        for (int seed = 0; seed < 60; seed++) {
            Circuit kernel = RandomCircuits.random(seed, 12, 300, 25, 2 + seed % 5);
            BitMatrix in = RandomCircuits.randomBits(seed, 100, 12);
            BitMatrix expected = ReferenceEvaluator.evaluate(kernel, in);
            boolean[] given = new boolean[kernel.outputs()];
            for (KernelPart part : KernelPart.of(kernel, 1 + seed * 2)) {
                BitMatrix own = new BitMatrix(100, part.inputs().length);
                for (int s = 0; s < 100; s++) {
                    for (int i = 0; i < part.inputs().length; i++) {
                        own.set(s, i, in.get(s, part.inputs()[i]));
                    }
                }
                BitMatrix out = ReferenceEvaluator.evaluate(part.circuit(), own);
                for (int i = 0; i < part.outputs().length; i++) {
                    assertThat(given[part.outputs()[i]]).isFalse();
                    given[part.outputs()[i]] = true;
                    for (int s = 0; s < 100; s++) {
                        assertThat(out.get(s, i))
                                .as("seed %d, sample %d, output %d", seed, s, part.outputs()[i])
                                .isEqualTo(expected.get(s, part.outputs()[i]));
                    }
                }
            }
            assertThat(given).as("seed %d", seed).doesNotContain(false);
        }
    }

    @Test
    void partsAreAsSmallAsAsked() {
        Circuit kernel = RandomCircuits.random(3, 40, 2000, 60, 2);
        for (KernelPart part : KernelPart.of(kernel, 500)) {
            assertThat(part.circuit().gates() <= 500 || part.outputs().length == 1)
                    .isTrue();
        }
    }

    /** A kernel whose code is cut, at positions of all kinds. */
    @Test
    void aKernelInPartsEqualsTheJudge() {
        Grid grid =
                new Grid(3, new Extent(7, 6), new Extent(4, 4), new Extent(2, 2), new Extent(1, 1), new Extent(3, 3));
        Stage first = new Stage(RandomCircuits.random(1, grid.kernelInputs(), 12_000, 700, 2), grid);
        Stage second = Stage.flat(RandomCircuits.random(2, first.outputs(), 9_000, 500, 2));
        StagedCircuit circuit = new StagedCircuit(List.of(first, second));
        BitMatrix in = RandomCircuits.randomBits(1, 70, circuit.inputs());
        try (Executable executable = new NativeEngine().compile(circuit)) {
            assertThat(executable.evaluate(in, 1)).isEqualTo(ReferenceEvaluator.evaluate(circuit, in));
        }
    }

    /** Every position is folded once, and reads nothing of the border any more. */
    @Test
    void foldingsCoverAllPositions() {
        for (int seed = 0; seed < 100; seed++) {
            for (Stage stage : RandomStages.random(seed, 2).stages()) {
                List<KernelAt> foldings =
                        KernelAt.of(stage, new boolean[stage.kernel().inputs()]);
                int[] all = foldings.stream()
                        .flatMapToInt(each -> Arrays.stream(each.positions()))
                        .sorted()
                        .toArray();
                assertThat(all).hasSize(stage.grid().positions().size()).doesNotHaveDuplicates();
                for (KernelAt each : foldings) {
                    boolean[] read = Stage.flat(each.kernel()).inputsRead();
                    for (int input = 0; input < read.length; input++) {
                        for (int position : each.positions()) {
                            assertThat(read[input] && stage.grid().source(input, position) == Grid.BORDER)
                                    .as("seed %d", seed)
                                    .isFalse();
                        }
                    }
                }
            }
        }
    }
}
