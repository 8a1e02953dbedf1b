package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.circuit.RandomStages;
import dev.gatewright.circuit.StagedCircuit;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Circuits in stages by every engine: the same as the judge, bit for bit. */
class StagedEngineTest {
    static Stream<Engine> engines() {
        return Stream.concat(
                Engine.all().stream(), Stream.of(new PortableEngine(new ScalarKernels()), new BytecodeEngine()));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void equalsTheJudge(Engine engine) {
        for (int seed = 0; seed < 120; seed++) {
            StagedCircuit circuit = RandomStages.random(seed, 2 + seed % 3);
            BitMatrix in = RandomCircuits.randomBits(seed, new SplittableRandom(seed).nextInt(700), circuit.inputs());
            BitMatrix expected = ReferenceEvaluator.evaluate(circuit, in);
            for (CircuitForm form : List.of(circuit, circuit.flat())) {
                try (Executable executable = engine.compile(form)) {
                    assertThat(executable.evaluate(in, 1 + seed % 3))
                            .as("%s, seed %d, %s", engine.name(), seed, form)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** A block that is used again: what a run leaves behind does not show in the next. */
    @ParameterizedTest
    @MethodSource("engines")
    void blocksAreUsedAgain(Engine engine) {
        StagedCircuit circuit = RandomStages.random(5, 2);
        BitMatrix in = RandomCircuits.randomBits(1, 3000, circuit.inputs());
        try (Executable executable = engine.compile((CircuitForm) circuit)) {
            assertThat(executable.evaluate(in, 1)).isEqualTo(ReferenceEvaluator.evaluate(circuit, in));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void countsGroups(Engine engine) {
        for (int seed = 0; seed < 40; seed++) {
            StagedCircuit circuit = RandomStages.random(seed, 2);
            BitMatrix in = RandomCircuits.randomBits(seed, 300, circuit.inputs());
            BitMatrix out = ReferenceEvaluator.evaluate(circuit, in);
            int[] expected = IntStream.range(0, in.samples())
                    .map(s -> (int) IntStream.range(0, out.bits())
                            .filter(o -> out.get(s, o))
                            .count())
                    .toArray();
            try (Executable batch = engine.compile((CircuitForm) circuit);
                    Executable single = engine.compileSingle((CircuitForm) circuit, 1)) {
                assertThat(batch.groupSums(in, 1, 2)).as("seed %d", seed).isEqualTo(expected);
                assertThat(single.groupSums(in, 1, 1)).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    /** Inputs that no position reads are not asked for. */
    @Test
    void readsOnlyInputsThatMatter() {
        for (int seed = 0; seed < 60; seed++) {
            StagedCircuit circuit = RandomStages.random(seed, 2);
            try (Executable staged = new PortableEngine().compile((CircuitForm) circuit);
                    Executable flat = new PortableEngine().compile(circuit.flat())) {
                assertThat(IntStream.of(staged.inputsRead()).boxed().toList())
                        .as("seed %d", seed)
                        .containsAll(IntStream.of(flat.inputsRead()).boxed().toList());
            }
        }
    }
}
