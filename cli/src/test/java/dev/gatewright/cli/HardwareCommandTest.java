package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatewright.cli.hardware.Yosys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a small model costs. */
final class HardwareCommandTest {
    @TempDir
    private static Path folder;

    @BeforeAll
    static void train() {
        String network = "dense:24x2 | groupsum:tau=4";
        Run.of("train", "--data", "monk1", "--network", network, "--epochs", "20", "--out", model())
                .succeeded();
    }

    private static String model() {
        return folder.resolve("monk.gate").toString();
    }

    @Test
    @SuppressWarnings("unchecked")
    void theBuiltInMapperNeedsNoTool() throws IOException {
        for (String inputs : List.of("4", "6")) {
            Run run = Run.of("hardware", "--model", model(), "--lut", inputs, "--family", "none", "--json")
                    .succeeded();
            Map<String, Object> parts = (Map<String, Object>) run.object().get("mapper");
            assertThat(parts.keySet())
                    .containsExactly("encoder", "gates", "popcount", "argmax", "without_encoder", "all");
            parts.values()
                    .forEach(part -> assertThat((Map<String, Object>) part).containsKeys("luts", "levels"));
            assertThat((List<Object>) run.object().get("yosys")).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void yosysMapsToFamilies() throws IOException {
        if (!"required".equals(System.getProperty("tools"))) {
            assumeTrue(Yosys.find(System.getenv("PATH")).isPresent(), "yosys is not installed");
        }
        Run run = Run.of("hardware", "--model", model(), "--json").succeeded();
        assertThat((List<Map<String, Object>>) run.object().get("yosys"))
                .hasSize(9)
                .allSatisfy(each -> {
                    assertThat(((Number) each.get("luts")).intValue()).isPositive();
                    assertThat(((Number) each.get("levels")).intValue()).isPositive();
                    assertThat(((Number) each.get("nanoseconds")).doubleValue()).isPositive();
                    assertThat(each).containsEntry("flip_flops", 0L);
                });
        assertThat(run.err()).contains("yosys: Xilinx 7, outputs");
        String soon = Run.of("hardware", "--model", model(), "--family", "ice40", "--seconds", "0.001")
                .succeeded()
                .out();
        assertThat(soon).contains("Yosys took more than 0 s; --seconds allows more");
    }

    @Test
    void mistakesAreRefused() {
        Run.of("hardware", "--model", model(), "--lut", "5").refused("--lut 5", "4 or 6");
        Run.of("hardware", "--model", model(), "--family", "virtex").refused("virtex", "xilinx, ice40, ecp5 or none");
        Run.of("hardware", "--model", model(), "--seconds", "0").refused("--seconds 0", "above 0");
    }
}
