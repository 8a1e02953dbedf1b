package dev.gatewright.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatewright.bench.torch.Torch;
import dev.gatewright.model.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark runs; what it measures is nobody's business here. */
class TrainingSpeedTest {
    @TempDir
    private Path folder;

    @Test
    void measuresAllContestants() throws IOException {
        if (!"required".equals(System.getProperty("tools"))) {
            assumeThat(Torch.available())
                    .as("PyTorch is there for this machine")
                    .isTrue();
        }
        Path json = folder.resolve("speed.json");
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        String options = "--rounds 1 --seconds 0.01 --batch 40 --width 500 --layers 2 --busy true --json " + json;

        int status = TrainingSpeed.run(options.split(" "), new PrintStream(text, true, StandardCharsets.UTF_8));

        assertThat(status).isZero();
        assertThat(text.toString(StandardCharsets.UTF_8))
                .contains("torch, sixteen functions", "ours, 4 parameters, bits");
        assertThat(Json.parse(Files.readString(json))).isInstanceOfSatisfying(Map.class, result -> {
            assertThat(result.get("batch")).hasToString("40");
            assertThat(result.get("results"))
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .hasSize(6);
        });
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpeedOptions.parse(new String[] {"--speed", "1"}))
                .withMessageStartingWith("unknown option --speed; expected --rounds");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpeedOptions.parse(new String[] {"--rounds"}))
                .withMessage("option --rounds has no value");
        assertThat(SpeedOptions.parse(new String[] {"--width", "64"}).width()).isEqualTo(64);
    }
}
