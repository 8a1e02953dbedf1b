package dev.gatewright.encode;

import dev.gatewright.encode.Encoder.InputColumn;
import dev.gatewright.encode.Encoder.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One encoder that makes the bits of several: those of the first, then those of the others that are new.
 *
 * @param places encoder after encoder, which bit of the union each of its bits is
 */
public record EncoderUnion(Encoder encoder, List<int[]> places) {
    private record Bit(int column, Encoder.Test test, float value) {}

    /** A column and the categories of all encoders, in the order in which they turn up. */
    private record Merged(int index, Kind kind, Map<String, Integer> categories) {}

    /**
     * Merges encoders of images of one shape, or of tables, whose columns are found by name.
     *
     * @throws InputException if some read images and others tables, images differ in shape, or a column in what it holds
     */
    public static EncoderUnion of(List<Encoder> encoders) {
        Map<String, Merged> columns = new LinkedHashMap<>();
        for (Encoder encoder : encoders) {
            requireAlike(encoders.getFirst().inputs(), encoder.inputs());
            if (encoder.inputs() instanceof Encoder.Inputs.Columns own) {
                own.columns().forEach(column -> merge(column, columns));
            }
        }
        Map<Bit, Integer> bits = new LinkedHashMap<>();
        List<int[]> places = new ArrayList<>();
        for (Encoder encoder : encoders) {
            int[] own = new int[encoder.bits()];
            for (int bit = 0; bit < own.length; bit++) {
                own[bit] = bits.computeIfAbsent(moved(encoder, bit, columns), unseen -> bits.size());
            }
            places.add(own);
        }
        return new EncoderUnion(encoder(inputs(encoders.getFirst().inputs(), columns), bits), List.copyOf(places));
    }

    private static void requireAlike(Encoder.Inputs first, Encoder.Inputs other) {
        boolean alike = switch (first) {
            case Encoder.Inputs.Pixels pixels -> pixels.equals(other);
            case Encoder.Inputs.Columns ignored -> other instanceof Encoder.Inputs.Columns;
        };
        if (!alike) {
            throw new InputException("one encoder reads " + words(first) + " and another " + words(other)
                    + "; expected the same of all");
        }
    }

    private static String words(Encoder.Inputs inputs) {
        return switch (inputs) {
            case Encoder.Inputs.Pixels pixels ->
                "images of " + pixels.channels() + "×" + pixels.height() + "×" + pixels.width() + " with "
                        + pixels.stencils().size() + " features";
            case Encoder.Inputs.Columns ignored -> "tables";
        };
    }

    private static void merge(InputColumn column, Map<String, Merged> columns) {
        int index = columns.size();
        Merged merged = columns.computeIfAbsent(
                column.name(), unseen -> new Merged(index, column.kind(), new LinkedHashMap<>()));
        if (merged.kind != column.kind()) {
            throw new InputException("column \"" + column.name() + "\" is a " + merged.kind + " to one encoder and a "
                    + column.kind() + " to another; expected the same of all");
        }
        for (String category : column.categories()) {
            merged.categories.putIfAbsent(category, merged.categories.size());
        }
    }

    /** What bit {@code bit} of {@code encoder} asks, in the union's columns. */
    private static Bit moved(Encoder encoder, int bit, Map<String, Merged> columns) {
        int column = encoder.column(bit);
        Encoder.Test test = encoder.test(bit);
        float value = encoder.value(bit);
        return switch (encoder.inputs()) {
            case Encoder.Inputs.Pixels ignored -> new Bit(column, test, value);
            case Encoder.Inputs.Columns own -> {
                InputColumn read = own.columns().get(column);
                Merged merged = columns.get(read.name());
                boolean equality = test == Encoder.Test.EQUALS;
                yield new Bit(
                        merged.index,
                        test,
                        equality ? merged.categories.get(read.categories().get((int) value)) : value);
            }
        };
    }

    private static Encoder.Inputs inputs(Encoder.Inputs first, Map<String, Merged> columns) {
        return switch (first) {
            case Encoder.Inputs.Pixels pixels -> pixels;
            case Encoder.Inputs.Columns ignored -> {
                List<InputColumn> all = new ArrayList<>();
                columns.forEach((name, merged) ->
                        all.add(new InputColumn(name, merged.kind, List.copyOf(merged.categories.keySet()))));
                yield new Encoder.Inputs.Columns(all);
            }
        };
    }

    private static Encoder encoder(Encoder.Inputs inputs, Map<Bit, Integer> bits) {
        int[] columns = new int[bits.size()];
        byte[] tests = new byte[bits.size()];
        float[] values = new float[bits.size()];
        bits.forEach((bit, at) -> {
            columns[at] = bit.column;
            tests[at] = bit.test.code();
            values[at] = bit.value;
        });
        return new Encoder(inputs, columns, tests, values);
    }
}
