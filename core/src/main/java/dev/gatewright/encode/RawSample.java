package dev.gatewright.encode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns an encoder round: from bits to a raw sample that gives them. */
public final class RawSample {
    /** Stands for a category that the encoder does not know. */
    static final String UNSEEN = "(any other)";

    private RawSample() {}

    /** One sample whose bits are exactly these, where there is one: not all bits can be true together. */
    public static Optional<Samples> of(Encoder encoder, boolean[] bits) {
        Samples sample = switch (encoder.inputs()) {
            case Encoder.Inputs.Pixels shape -> image(encoder, shape, bits);
            case Encoder.Inputs.Columns columns -> row(encoder, columns.columns(), bits);
        };
        var encoded = encoder.encode(sample);
        for (int bit = 0; bit < bits.length; bit++) {
            if (encoded.get(0, bit) != bits[bit]) {
                return Optional.empty();
            }
        }
        return Optional.of(sample);
    }

    /** The least threshold that a value does not exceed and the greatest that it does. */
    private static final class Range {
        private float above = Float.NEGATIVE_INFINITY;
        private float upTo = Float.POSITIVE_INFINITY;

        void add(float threshold, boolean exceeded) {
            above = exceeded ? Math.max(above, threshold) : above;
            upTo = exceeded ? upTo : Math.min(upTo, threshold);
        }

        float value() {
            if (upTo < Float.POSITIVE_INFINITY) {
                return upTo;
            }
            return above == Float.NEGATIVE_INFINITY ? 0 : Math.max(above + 1, Math.nextUp(above));
        }
    }

    private static Range[] ranges(Encoder encoder, boolean[] bits, int columns) {
        Range[] ranges = new Range[columns];
        java.util.Arrays.setAll(ranges, i -> new Range());
        for (int bit = 0; bit < bits.length; bit++) {
            if (encoder.test(bit) == Encoder.Test.GREATER) {
                ranges[encoder.column(bit)].add(encoder.value(bit), bits[bit]);
            }
        }
        return ranges;
    }

    private static Images image(Encoder encoder, Encoder.Inputs.Pixels shape, boolean[] bits) {
        Range[] ranges = ranges(encoder, bits, shape.places());
        byte[] pixels = new byte[shape.size()];
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            pixels[pixel] = (byte) Math.clamp((long) Math.floor(ranges[pixel].value()), 0, 255);
        }
        return new Images(1, shape.channels(), shape.height(), shape.width(), pixels);
    }

    private static Table row(Encoder encoder, List<Encoder.InputColumn> inputs, boolean[] bits) {
        Range[] ranges = ranges(encoder, bits, inputs.size());
        int[] equal = new int[inputs.size()];
        java.util.Arrays.fill(equal, CategoryColumn.MISSING);
        boolean[] asked = new boolean[inputs.size()];
        boolean[] missing = new boolean[inputs.size()];
        for (int bit = 0; bit < bits.length; bit++) {
            int column = encoder.column(bit);
            if (encoder.test(bit) == Encoder.Test.EQUALS && bits[bit]) {
                equal[column] = (int) encoder.value(bit);
            }
            if (encoder.test(bit) == Encoder.Test.MISSING) {
                asked[column] = true;
                missing[column] |= bits[bit];
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Encoder.InputColumn input = inputs.get(i);
            if (input.kind() == Encoder.Kind.CATEGORY) {
                boolean unseen = equal[i] < 0 && asked[i] && !missing[i];
                List<String> categories = new ArrayList<>(input.categories());
                categories.add(UNSEEN);
                int code = unseen ? categories.size() - 1 : equal[i];
                columns.add(new CategoryColumn(input.name(), categories, new int[] {code}));
            } else {
                boolean truth = input.kind() == Encoder.Kind.BOOLEAN;
                float value = truth ? (ranges[i].above >= 0 ? 1 : 0) : ranges[i].value();
                columns.add(new NumberColumn(input.name(), truth, new float[] {missing[i] ? Float.NaN : value}));
            }
        }
        return new Table(1, columns);
    }
}
