package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandLineTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train",
                "evaluate",
                "predict",
                "inspect",
                "optimise",
                "optimize",
                "bench",
                "data",
                "presets",
                "tune"
            })
    void everyCommandHasHelpWithAnExample(String command) {
        Run run = Run.of(command, "--help").succeeded();

        assertThat(run.out()).contains("Example", "gatewright ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "get", "export"})
    void everyDataCommandHasHelpWithAnExample(String command) {
        assertThat(Run.of("data", command, "--help").succeeded().out()).contains("Example");
    }

    @Test
    void withoutACommandTheHelpIsShown() {
        Run run = Run.of();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Usage: gatewright", "train", "evaluate");
    }

    @Test
    void theVersionIsShown() {
        assertThat(Run.of("--version").succeeded().out())
                .startsWith("gatewright ")
                .contains("Java ");
    }

    @Test
    void completionIsAShellScript() {
        assertThat(Run.of("completion").succeeded().out()).contains("--learning-rate", "complete ");
    }

    @Test
    void unknownOptionsAreNamed() {
        Run.of("inspect", "--model", "x.gate", "--modle")
                .refused("gatewright inspect", "--modle", "see 'gatewright inspect --help'");
    }

    @Test
    void unknownCommandsAreNamed() {
        Run.of("trian").refused("'trian'", "see 'gatewright --help'");
    }

    @Test
    void missingOptionsAreNamed() {
        Run.of("train", "--data", "digits").refused("--out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--epochs=0",
                "--epochs=many",
                "--batch=0",
                "--learning-rate=-1",
                "--learning-rate=NaN",
                "--weight-decay=-0.1",
                "--validation=1",
                "--threads=0",
                "--schedule=linear",
                "--augment=wave=2",
                "--average=1",
                "--smoothing=1.5",
                "--warm-up=-1",
                "--teacher-weight=0.5",
                "--teacher-temperature=3",
                "--type=age=colour",
                "--checkpoint-every=-1",
                "--network=dense:0x6",
                "--network=threshold"
            })
    void optionsOutOfRangeAreNamed(String option) {
        String name = option.substring(0, option.indexOf('='));
        Path out = folder.resolve("model.gate");

        Run.of("train", "--data", "monk1", "--out", out.toString(), option).refused(name);

        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--augment=flip", "--average=0.9", "--smoothing=0.1", "--warm-up=5", "--teacher=x.npy"})
    void whatACheckpointHoldsIsNotGivenAgain(String option) {
        String name = option.substring(0, option.indexOf('='));
        String out = folder.resolve("model.gate").toString();

        Run.of("train", "--data", "monk1", "--out", out, "--resume", "any.checkpoint", option)
                .refused(name + " is given with --resume");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--augment=flip", "--warm-up=1000000", "--teacher=nowhere.npy"})
    void optionsThatDoNotFitTheDataAreNamed(String option) {
        String out = folder.resolve("model.gate").toString();
        String named = option.startsWith("--teacher") ? "nowhere.npy" : option.substring(0, option.indexOf('='));

        Run.of("train", "--data", "monk1", "--out", out, "--quiet", option).refused(named);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void placesWhereNothingCanBeWrittenAreRefusedBeforeTheWork() {
        Run.of(
                        "train",
                        "--data",
                        "monk1",
                        "--out",
                        folder.resolve("no/where.gate").toString())
                .refused("--out", "no folder");
        Run.of("train", "--data", "monk1", "--out", folder.toString()).refused("is a folder");
    }

    @Test
    void aFullDiskIsRefused() {
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full");

        Run.of("train", "--data", "monk1", "--out", "/dev/full").refused("/dev/full");
    }

    @Test
    void stackTracesAreShownOnlyWhereTheyAreAskedFor() {
        Path missing = folder.resolve("missing.gate");

        Run.of("inspect", "--model", missing.toString()).refused("missing.gate");
        assertThat(Run.of("inspect", "--model", missing.toString(), "--stacktrace")
                        .err())
                .contains("\tat dev.gatewright");
    }
}
