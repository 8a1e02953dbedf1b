package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.RawBits;
import dev.gatewright.encode.Samples;
import dev.gatewright.format.CircuitFiles;
import dev.gatewright.format.EncoderCircuit;
import dev.gatewright.format.Format;
import dev.gatewright.verify.ReferenceEvaluator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Verilog with the encoder in the module is proved equal to the model, and a wrong threshold in it is found. */
class RawVerilogTest {
    @TempDir
    private Path folder;

    private static List<Encoder> encoders() {
        return List.of(RandomModels.pixels(), RandomModels.columns());
    }

    private Path write(Model model, String options) throws IOException {
        Path file = folder.resolve("dut.v");
        Format format = Exports.parse("verilog:thresholds" + options);
        try (OutputStream out = Files.newOutputStream(file)) {
            format.write(Exports.design(model, "dut"), out);
        }
        return file;
    }

    private static Equivalence.Answer compare(Against pair, Model model) {
        return Equivalence.of(pair.expected(), pair.found(), pair.relations(model), 1, () -> false);
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void itIsProvedEqual(Encoder encoder) throws IOException {
        Model model = RandomModels.classes(encoder, 60, 3);
        for (String options : List.of("", ",outputs", ",popcount=counters")) {
            Path file = write(model, options);
            Against pair = Against.of(model, CircuitFiles.read(file));
            assertThat(pair.raw()).isTrue();
            assertThat(pair.expected().inputs()).isEqualTo(new RawBits(encoder).width());
            assertThat(compare(pair, model)).isInstanceOf(Equivalence.Answer.Equal.class);
        }
        assertThat(Files.readString(folder.resolve("dut.v"))).contains("// raw[0]: \"", "input  wire [", "] raw,");
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void aWrongThresholdIsFound(Encoder encoder) throws IOException {
        Model model = RandomModels.classes(encoder, 60, 3);
        Path file = write(model, ",outputs");
        String text = Files.readString(file);
        Circuit whole = EncoderCircuit.before(model.circuit(), encoder);
        int found = 0;
        for (int gate = 0; gate < 12; gate++) {
            String wrong = text.replaceFirst("(wire g" + gate + " = ~?\\w+(?:\\[\\d+\\])?) [&|] ", "$1 ^ ");
            Files.writeString(file, wrong);
            Against pair = Against.of(model, CircuitFiles.read(file));
            Equivalence.Answer answer = compare(pair, model);
            if (!wrong.equals(text) && answer instanceof Equivalence.Answer.Different different) {
                boolean[] inputs = different.inputs();
                assertThat(ReferenceEvaluator.evaluate(whole, inputs))
                        .isNotEqualTo(ReferenceEvaluator.evaluate(pair.found(), inputs));
                found += pair.sample(model, inputs).isPresent() ? 1 : 0;
            }
        }
        assertThat(found).isPositive();
    }

    /** What raw bits stand for has these raw bits. */
    @ParameterizedTest
    @MethodSource("encoders")
    void samplesOfRawBits(Encoder encoder) {
        RawBits raw = new RawBits(encoder);
        BitMatrix bits = RandomCircuits.randomBits(4, 200, raw.width());
        int samples = 0;
        for (int i = 0; i < bits.samples(); i++) {
            boolean[] row = new boolean[raw.width()];
            for (int bit = 0; bit < row.length; bit++) {
                row[bit] = bits.get(i, bit);
            }
            Optional<Samples> sample = raw.sample(row);
            samples += sample.isPresent() ? 1 : 0;
            sample.ifPresent(one -> assertThat(encoder.encode(one))
                    .isEqualTo(ReferenceEvaluator.evaluate(EncoderCircuit.of(encoder), raw.of(one))));
        }
        assertThat(samples).isGreaterThan(20);
    }
}
