package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.data.CatalogueEntry;
import dev.gatewright.data.Datasets;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.network.Planes;
import dev.gatewright.train.TrainOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

final class PresetsTest {
    private static final List<Preset> ALL = Presets.all();

    /** Bits a threshold and classes of the sets, which need not be at hand. */
    private static final Map<String, List<Integer>> SHAPES = Map.of(
            "monk1",
            List.of(17, 2),
            "monk2",
            List.of(17, 2),
            "monk3",
            List.of(17, 2),
            "adult",
            List.of(116, 2),
            "mnist",
            List.of(784, 10),
            "fashion-mnist",
            List.of(784, 10),
            "cifar10",
            List.of(3072, 10));

    /** Gates of networks that are too large to draw in a test. */
    private static final long LARGE = 5_000_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @FieldSource("ALL")
    void everyPresetParsesAndBuildsItsNetwork(Preset preset) {
        String data = preset.settings().value("data").orElseThrow();
        RecipeOptions recipe = RecipeOptions.parse(preset.settings());
        TrainOptions options = recipe.train(1);
        Optional<NetworkSpec> network = recipe.network();

        assertThat(Datasets.catalogue()).extracting(CatalogueEntry::name).contains(data);
        assertThat(options.epochs().isPresent())
                .isEqualTo(preset.settings().set().contains("epochs"));
        network.ifPresent(spec -> {
            assertThat(SHAPES).containsKey(data);
            int classes = SHAPES.get(data).getLast();
            Optional<Planes> images = images(data, spec);
            assertThat(spec.outputs(images)).isPositive().matches(outputs -> outputs % classes == 0);
            if (spec.unrolledGates(images) < LARGE) {
                int bits = SHAPES.get(data).getFirst() * thresholds(spec);
                LogicNetwork built = spec.network(bits, images, classes, new SplittableRandom(0));
                assertThat(built.unrolledGates()).isEqualTo(spec.unrolledGates(images));
            }
        });
        assertThat(preset.summary()).isNotBlank();
        assertThat(preset.published()).contains("%");
    }

    /** The planes that the encoder of {@code spec} makes of the images of a set. */
    private static Optional<Planes> images(String data, NetworkSpec spec) {
        return switch (data) {
            case "mnist", "fashion-mnist" -> Optional.of(new Planes(thresholds(spec), 28, 28));
            case "cifar10" -> Optional.of(new Planes(3 * thresholds(spec), 32, 32));
            default -> Optional.empty();
        };
    }

    private static int thresholds(NetworkSpec spec) {
        String several = "thermometer:";
        return spec.encoder().startsWith(several)
                ? Integer.parseInt(spec.encoder().substring(several.length()))
                : 1;
    }

    @Test
    void namesAreDistinct() {
        assertThat(ALL).extracting(Preset::name).doesNotHaveDuplicates();
    }

    @Test
    void presetsAreListed() throws IOException {
        assertThat(Run.of("presets").succeeded().out()).contains("mnist-8k", "98.45 %", "monk1");
        assertThat(Run.of("presets", "--json").succeeded().object()).containsOnlyKeys("presets");
        assertThat(Run.of("presets", "mnist-4k").succeeded().out())
                .contains("gatewright train --data mnist --network 'thermometer:3 | dense:600x1,wiring=learned |")
                .contains("--learning-rate 0.05", "--out mnist-4k.gate");
        Run.of("presets", "mnist-4m").refused("no preset is named 'mnist-4m'; did you mean mnist-4k?");
        Run.of(
                        "train",
                        "--preset",
                        "imagenet",
                        "--out",
                        folder.resolve("x.gate").toString())
                .refused("no preset is named 'imagenet'; expected one of monk1, monk2");
    }

    @Test
    void optionsBesideAPresetWin() throws IOException {
        Path named = folder.resolve("named.gate");
        Path spelt = folder.resolve("spelt.gate");

        Map<String, Object> report = Run.of(
                        "train", "--preset", "monk3", "--epochs", "7", "--out", named.toString(), "--json")
                .succeeded()
                .object();
        Run.of(
                        "train",
                        "--data",
                        "monk3",
                        "--network",
                        "dense:12x6,init=residual | groupsum:tau=3",
                        "--learning-rate",
                        "0.01",
                        "--epochs",
                        "7",
                        "--out",
                        spelt.toString())
                .succeeded();

        assertThat(report).containsEntry("epochs", 7L).containsEntry("gates_learned", 72L);
        assertThat(named).hasSameBinaryContentAs(spelt);
    }

    @Test
    void aPresetsNameStandsForItsNetwork() throws IOException {
        String out = folder.resolve("one.gate").toString();

        Map<String, Object> report = Run.of(
                        "train", "--data", "monk1", "--network", "monk2", "--epochs", "2", "--out", out, "--json")
                .succeeded()
                .object();

        assertThat(report).containsEntry("gates_learned", 72L);
    }

    @Test
    void withoutDataAndPresetTheDataIsAskedFor() {
        Run.of("train", "--out", folder.resolve("x.gate").toString()).refused("--data is missing");
        Run.of(
                        "train",
                        "--resume",
                        "x.checkpoint",
                        "--preset",
                        "monk1",
                        "--out",
                        folder.resolve("x.gate").toString())
                .refused("--preset is given with --resume");
    }
}
