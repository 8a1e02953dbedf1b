package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.Extent;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.circuit.RandomStages;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import dev.gatewright.encode.InputException;
import dev.gatewright.format.CircuitFiles;
import dev.gatewright.format.ReadCircuit;
import dev.gatewright.pass.Effort;
import dev.gatewright.pass.MergeEqualWires;
import dev.gatewright.pass.Pipeline;
import dev.gatewright.verify.SameFunction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with a module for each kernel are proved kernel by kernel, and nothing that differs is. */
class KernelProofTest {
    @TempDir
    private Path folder;

    private static Model model(CircuitForm form) {
        int classes = form.outputs() % 3 == 0 ? 3 : 1;
        return new Model(
                ExportCaseEncoders.bits(form.inputs()),
                form,
                new Readout.GroupSum(classes, 1),
                "y",
                List.of("a", "b", "c").subList(0, classes),
                new Provenance(Collections.emptySortedMap()));
    }

    private Path write(Model model, String options) throws IOException {
        Path file = folder.resolve("dut.v");
        try (OutputStream out = Files.newOutputStream(file)) {
            Exports.parse("verilog:kernels" + options).write(Exports.design(model, "dut"), out);
        }
        return file;
    }

    private static boolean holds(Model model, ReadCircuit file) {
        return KernelProof.holds(model, file, 1, () -> false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",outputs", ",thresholds", ",thresholds,outputs"})
    void whatIsWrittenIsProved(String options) throws IOException {
        int proved = 0;
        for (int seed = 1; seed <= 25; seed++) {
            StagedCircuit circuit = RandomStages.random(seed, 2 + seed % 3);
            Model model = model(circuit);
            ReadCircuit file = CircuitFiles.read(write(model, options));
            Against pair = Against.of(model, file);
            assertThat(SameFunction.counterExample(pair.expected(), pair.found(), seed))
                    .as("seed %d", seed)
                    .isEmpty();
            boolean kernels = file.instances().isPresent();
            assertThat(holds(model, file)).as("seed %d", seed).isEqualTo(kernels);
            proved += kernels ? 1 : 0;
        }
        assertThat(proved).isGreaterThan(20);
    }

    /** Kernels that a pass has changed have other gates, and are proved by search. */
    @Test
    void kernelsWithOtherGatesAreProved() throws IOException {
        for (int seed = 1; seed <= 10; seed++) {
            StagedCircuit circuit = RandomStages.over(seed, 2, new Extent(8, 8), 12, 2);
            StagedCircuit other = new StagedCircuit(circuit.stages().stream()
                    .map(stage -> new Stage(
                            new MergeEqualWires(
                                            InputRelations.none(stage.kernel().inputs()), Effort.USUAL)
                                    .apply(stage.kernel()),
                            stage.grid()))
                    .toList());
            ReadCircuit file = CircuitFiles.read(write(model(other), ""));
            assertThat(holds(model(circuit), file)).as("seed %d", seed).isTrue();
        }
    }

    /** Signs, places in planes, planes and gates; what one becomes is found near by, so that most changed files are read. */
    private static final List<Pattern> KINDS = Stream.of("[&|^]", "~", "(?<=\\[)\\d+(?=])", "planes_\\d+", "\\bg\\d+")
            .map(Pattern::compile)
            .toList();

    /** Of files with one of these changed, those that are proved are equal. */
    @Test
    void whatDiffersIsNotProved() throws IOException {
        // Of random circuits much is without an effect, and a change there changes no function.
        CircuitForm circuit = Pipeline.THOROUGH
                .run(RandomStages.over(7, 2, new Extent(5, 6), 30, 2))
                .form();
        Model model = model(circuit);
        Path file = write(model, ",outputs");
        String text = Files.readString(file);
        int start = text.indexOf("\nmodule ");
        SplittableRandom random = new SplittableRandom(4);
        int[] differ = new int[KINDS.size()];
        for (int i = 0; i < 400; i++) {
            int kind = i % KINDS.size();
            Files.writeString(file, text.substring(0, start) + changed(text.substring(start), KINDS.get(kind), random));
            try {
                ReadCircuit read = CircuitFiles.read(file);
                Against pair = Against.of(model, read);
                boolean same = SameFunction.counterExample(pair.expected(), pair.found(), i)
                        .isEmpty();
                assertThat(holds(model, read) && !same).as("change %d", i).isFalse();
                differ[kind] += same ? 0 : 1;
            } catch (InputException e) {
                assertThat(e.getMessage()).contains("line ");
            }
        }
        assertThat(IntStream.of(differ).sum()).isGreaterThan(200);
        assertThat(IntStream.of(differ).min().orElseThrow())
                .as("files of each kind that differ: %s", Arrays.toString(differ))
                .isGreaterThan(10);
    }

    /** The text with one place of a kind as another near by is; an inverter is left out. */
    private static String changed(String text, Pattern kind, SplittableRandom random) {
        List<MatchResult> places = kind.matcher(text).results().toList();
        int at = random.nextInt(places.size());
        String before = places.get(at).group();
        String other = before;
        for (int i = 0; i < 100 && other.equals(before); i++) {
            other = places.get(Math.clamp(at + random.nextInt(-8, 9), 0, places.size() - 1))
                    .group();
        }
        return text.substring(0, places.get(at).start())
                + (other.equals(before) ? "" : other)
                + text.substring(places.get(at).end());
    }

    /** What a pipeline makes of a form is proved, where it leaves the kernels their outputs; what differs is not. */
    @Test
    void formsAreComparedKernelByKernel() {
        int proved = 0;
        for (int seed = 1; seed <= 20; seed++) {
            StagedCircuit circuit = RandomStages.over(seed, 2, new Extent(7, 7), 6, 2);
            CircuitForm small = Pipeline.STANDARD.run(circuit).form();
            proved += KernelProof.holds(circuit, small, seed, () -> false) ? 1 : 0;
            CircuitForm other = RandomStages.over(seed + 100, 2, new Extent(7, 7), 6, 2);
            assertThat(KernelProof.holds(circuit, other, seed, () -> false))
                    .as("seed %d", seed)
                    .isFalse();
            assertThat(KernelProof.holds(circuit.flat(), circuit.flat(), seed, () -> false))
                    .isFalse();
        }
        assertThat(proved).isGreaterThan(3);
    }

    @Test
    void filesWithoutInstancesAreNotForIt() throws IOException {
        Model model = model(RandomStages.over(5, 1, new Extent(6, 6), 6, 2));
        Path file = folder.resolve("flat.v");
        try (OutputStream out = Files.newOutputStream(file)) {
            Exports.parse("verilog").write(Exports.design(model, "dut"), out);
        }
        assertThat(holds(model, CircuitFiles.read(file))).isFalse();
    }
}
