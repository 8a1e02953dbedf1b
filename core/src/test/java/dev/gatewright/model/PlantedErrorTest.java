package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.encode.Encoder;
import dev.gatewright.format.CircuitFiles;
import dev.gatewright.format.Format;
import dev.gatewright.verify.ReferenceEvaluator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file in which one gate is another is told from the model, or is proved to compute the same all the same. */
class PlantedErrorTest {
    private static final int INPUTS = 40;

    @TempDir
    private Path folder;

    private static Model model() {
        float[] values = new float[INPUTS];
        Arrays.fill(values, 99);
        Encoder encoder = new Encoder(
                new Encoder.Inputs.Pixels(1, 1, INPUTS),
                IntStream.range(0, INPUTS).toArray(),
                new byte[INPUTS],
                values);
        return new Model(
                encoder,
                trees(),
                new Readout.GroupSum(3, 1),
                "y",
                List.of("a", "b", "c"),
                new Provenance(Collections.emptySortedMap()));
    }

    /** Twelve trees of gates of all kinds over eight inputs each: every gate matters. */
    private static Circuit trees() {
        SplittableRandom random = new SplittableRandom(3);
        CircuitBuilder builder = new CircuitBuilder(INPUTS);
        int[] outputs = new int[12];
        for (int output = 0; output < outputs.length; output++) {
            int[] wires = random.ints(8, 0, INPUTS).map(builder::input).toArray();
            for (int left = 4; left > 0; left /= 2) {
                for (int i = 0; i < left; i++) {
                    wires[i] = builder.gate(1 + random.nextInt(14), wires[2 * i], wires[2 * i + 1]);
                }
            }
            outputs[output] = wires[0];
        }
        return builder.build(outputs);
    }

    private static Circuit planted(Circuit circuit, int wrong, SplittableRandom random) {
        CircuitBuilder builder = new CircuitBuilder(circuit.inputs(), circuit.maxArity());
        int[] wires = IntStream.range(0, circuit.wires()).toArray();
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int[] reads = new int[circuit.arity(gate)];
            for (int i = 0; i < reads.length; i++) {
                reads[i] = wires[circuit.wire(gate, i)];
            }
            long table = circuit.table(gate) ^ (gate == wrong ? 1L << random.nextInt(1 << reads.length) : 0);
            wires[circuit.gateWire(gate)] = builder.gate(table, reads);
        }
        return builder.build(IntStream.range(0, circuit.outputs())
                .map(i -> wires[circuit.output(i)])
                .toArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"verilog", "verilog:outputs", "blif", "aiger", "aiger-ascii", "json"})
    void oneWrongGateIsFound(String name) throws IOException {
        Model model = model();
        Format format = Exports.parse(name);
        SplittableRandom random = new SplittableRandom(7);
        int found = 0;
        for (int i = 0; i < 20; i++) {
            Path file = folder.resolve(i + format.suffix());
            Circuit wrong =
                    planted(model.circuit(), random.nextInt(model.circuit().gates()), random);
            try (OutputStream out = Files.newOutputStream(file)) {
                format.write(Exports.design(model.withCircuit(wrong), "wrong"), out);
            }
            Against pair = Against.of(model, CircuitFiles.read(file));
            Equivalence.Answer answer =
                    Equivalence.of(pair.expected(), pair.found(), InputRelations.none(INPUTS), i, () -> false);
            if (answer instanceof Equivalence.Answer.Different different) {
                found++;
                assertThat(ReferenceEvaluator.evaluate(pair.expected(), different.inputs())[different.output()])
                        .isNotEqualTo(
                                ReferenceEvaluator.evaluate(pair.found(), different.inputs())[different.output()]);
            } else {
                assertThat(answer).as("%s, error %d", name, i).isInstanceOf(Equivalence.Answer.Equal.class);
            }
        }
        assertThat(found).isBetween(10, 20);
    }
}
