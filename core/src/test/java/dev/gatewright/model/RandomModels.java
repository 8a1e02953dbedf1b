package dev.gatewright.model;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Encoder.InputColumn;
import dev.gatewright.encode.Encoder.Kind;
import dev.gatewright.encode.EncoderSpec;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.Samples;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Models of random gates, and their predictions by the encoder, the reference evaluator and plain counting. */
final class RandomModels {
    static final int PIXEL_COUNT = 2 * 9 * 10;
    static final List<String> JOBS = List.of("cook", "smith", "3", "true");

    private RandomModels() {}

    /** Images of 2 × 9 × 10; some bits are always true or always false. */
    static Encoder pixels() {
        Random random = new Random(5);
        int bits = 400;
        int[] columns = random.ints(bits, 0, PIXEL_COUNT).toArray();
        float[] values = new float[bits];
        for (int i = 0; i < bits; i++) {
            values[i] = random.nextFloat() * 300 - 20;
        }
        return new Encoder(new Encoder.Inputs.Pixels(2, 9, 10), columns, new byte[bits], values);
    }

    /** The same images with features of them; about a third of the bits ask for features. */
    static Encoder features() {
        Encoder plain = EncoderSpec.parse("threshold+laplace:0.2").fit(new Images(1, 2, 9, 10, new byte[PIXEL_COUNT]));
        int[] columns = new Random(6).ints(400, 0, plain.bits()).toArray();
        float[] values = new float[400];
        for (int i = 0; i < values.length; i++) {
            values[i] = plain.value(columns[i]);
            columns[i] = plain.column(columns[i]);
        }
        return new Encoder(plain.inputs(), columns, new byte[400], values);
    }

    /** A number, a category, a truth value and a number that no bit reads. */
    static Encoder columns() {
        List<InputColumn> columns = List.of(
                new InputColumn("age", Kind.NUMBER, List.of()),
                new InputColumn("job", Kind.CATEGORY, JOBS),
                new InputColumn("member", Kind.BOOLEAN, List.of()),
                new InputColumn("unread", Kind.NUMBER, List.of()));
        return new Encoder(
                new Encoder.Inputs.Columns(columns),
                new int[] {0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2},
                new byte[] {0, 0, 0, 2, 1, 1, 1, 1, 2, 0, 2},
                new float[] {-1, 0, 0.5f, 0, 0, 1, 2, 3, 0, 0.5f, 0});
    }

    static Model classes(Encoder encoder, int outputs, int classes) {
        List<String> labels =
                IntStream.range(0, classes).mapToObj(i -> "label" + i).toList();
        return model(encoder, outputs, new Readout.GroupSum(classes, 2.5f), labels);
    }

    static Model model(Encoder encoder, int outputs, Readout readout, List<String> labels) {
        Provenance none = new Provenance(Collections.emptySortedMap());
        return new Model(encoder, circuit(encoder.bits(), outputs), readout, "y", labels, none);
    }

    private static Circuit circuit(int inputs, int outputs) {
        Random random = new Random(inputs);
        CircuitBuilder builder = new CircuitBuilder(inputs);
        int[] wires = IntStream.range(0, outputs)
                .map(i -> builder.gate(
                        1 + random.nextInt(14),
                        builder.input(random.nextInt(inputs)),
                        builder.input(random.nextInt(inputs))))
                .toArray();
        return builder.build(wires);
    }

    /** The number of true outputs of each group, sample after sample. */
    static int[] sums(Model model, int groups, Samples samples) {
        BitMatrix outputs =
                ReferenceEvaluator.evaluate(model.circuit(), model.encoder().encode(samples));
        int[] sums = new int[samples.rows() * groups];
        int size = outputs.bits() / groups;
        for (int row = 0; row < samples.rows(); row++) {
            for (int output = 0; output < outputs.bits(); output++) {
                sums[row * groups + output / size] += outputs.get(row, output) ? 1 : 0;
            }
        }
        return sums;
    }

    static int[] expectedClasses(Model model, int classes, Samples samples) {
        int[] sums = sums(model, classes, samples);
        int[] largest = new int[samples.rows()];
        for (int i = 0; i < sums.length; i++) {
            int row = i / classes;
            if (sums[i] > sums[row * classes + largest[row]]) {
                largest[row] = i % classes;
            }
        }
        return largest;
    }
}
