package dev.gatewright.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.CircuitText;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.hardware.LutMapper;
import dev.gatewright.model.ModelFile;
import dev.gatewright.pass.DecomposeGates;
import dev.gatewright.pass.Pipeline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mapping to tables beside that of ABC. */
class LutsBesideAbcTest {
    private static final Pattern COUNT = Pattern.compile("nd = *(\\d+).*lev = *(\\d+)");

    /** Tables and levels. */
    private record Size(int tables, int levels) {}

    @TempDir
    private Path folder;

    /** Prints a line a model file: tables and levels of ours and of ABC's {@code if}, of 4 and 6 inputs. */
    public static void main(String[] files) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("luts");
        for (String file : files) {
            Circuit circuit = oneByOne(
                    new DecomposeGates().apply(ModelFile.read(Path.of(file)).circuit()));
            for (int inputs : new int[] {4, 6}) {
                long start = System.nanoTime();
                Size ours = ours(circuit, inputs);
                double seconds = (System.nanoTime() - start) / 1e9;
                Size abc = abc(folder, circuit, inputs);
                System.out.printf(
                        Locale.ROOT,
                        "%s, LUT%d: %d tables, %d levels, %.1f s; ABC %d, %d; ratio %.3f%n",
                        file,
                        inputs,
                        ours.tables,
                        ours.levels,
                        seconds,
                        abc.tables,
                        abc.levels,
                        ours.tables / (double) abc.tables);
            }
        }
    }

    private static Size ours(Circuit circuit, int inputs) {
        Circuit mapped = LutMapper.map(circuit, inputs);
        return new Size(mapped.gates(), LutMapper.levels(mapped));
    }

    /** Every gate that is an output once: ABC counts a buffer for each repetition and for inputs that are outputs. */
    private static Circuit oneByOne(Circuit circuit) {
        CircuitBuilder builder = new CircuitBuilder(circuit.inputs());
        int[] outputs = circuit.addTo(builder);
        return builder.build(Arrays.stream(outputs)
                .filter(wire -> builder.gateOf(wire) >= 0)
                .distinct()
                .toArray());
    }

    private static Size abc(Path folder, Circuit circuit, int inputs) throws IOException, InterruptedException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("dut.blif"))) {
            new Blif().write(Designs.bits("dut", circuit), out);
        }
        String said = Tool.abc().run(folder, "-c", "read_blif dut.blif; strash; if -K " + inputs + "; print_stats");
        Matcher matcher = COUNT.matcher(said);
        assertThat(matcher.find()).as(said).isTrue();
        return new Size(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Circuits of the pipeline's tests and random ones: all together within 2 per cent of ABC's, no deeper. */
    @ParameterizedTest
    @ValueSource(ints = {4, 6})
    void tablesAreAboutAsFewAsThoseOfAbc(int inputs) throws IOException, InterruptedException {
        List<Circuit> circuits = new ArrayList<>();
        for (String name : List.of("multiplier4", "popcount15", "comparator8", "mux16", "layers32x8", "layers64x4")) {
            try (var in = DecomposeGates.class.getResourceAsStream(name + ".txt")) {
                circuits.add(CircuitText.parse(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)));
            }
        }
        for (int seed = 1; seed <= 4; seed++) {
            circuits.add(Pipeline.STANDARD
                    .run(RandomCircuits.random(seed, 60, 1500, 40, 2))
                    .circuit());
        }
        int ours = 0;
        int theirs = 0;
        for (Circuit each : circuits) {
            Circuit circuit = oneByOne(each);
            Size own = ours(circuit, inputs);
            Size abc = abc(folder, circuit, inputs);
            assertThat(own.levels).isLessThanOrEqualTo(abc.levels);
            ours += own.tables;
            theirs += abc.tables;
        }
        assertThat(ours / (double) theirs).isLessThanOrEqualTo(1.02);
    }
}
