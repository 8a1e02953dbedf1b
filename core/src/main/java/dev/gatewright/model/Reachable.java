package dev.gatewright.model;

import dev.gatewright.circuit.InputRelations;
import dev.gatewright.encode.Encoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What an encoder can never make its bits say together. */
public final class Reachable {
    private Reachable() {}

    /**
     * The relations of an encoder's bits: comparisons of one number or pixel are ordered, equalities of one category
     * exclude each other, and a missing value excludes both. Everything the encoder can make is allowed; not everything
     * allowed can be made.
     */
    public static InputRelations relations(Encoder encoder) {
        List<List<Integer>> columns = new ArrayList<>();
        for (int bit = 0; bit < encoder.bits(); bit++) {
            while (columns.size() <= encoder.column(bit)) {
                columns.add(new ArrayList<>());
            }
            columns.get(encoder.column(bit)).add(bit);
        }
        List<InputRelations.Group> groups = new ArrayList<>();
        for (List<Integer> bits : columns) {
            if (bits.size() > 1) {
                groups.add(group(encoder, bits));
            }
        }
        return new InputRelations(encoder.bits(), groups);
    }

    private static InputRelations.Group group(Encoder encoder, List<Integer> bits) {
        List<Integer> ordered = bits.stream()
                .filter(bit -> encoder.test(bit) == Encoder.Test.GREATER)
                .sorted(Comparator.<Integer>comparingDouble(encoder::value).reversed())
                .toList();
        // A repeated equality is true together with the first, so only the first excludes others.
        List<Integer> exclusive = IntStream.range(0, bits.size())
                .filter(i -> encoder.test(bits.get(i)) != Encoder.Test.GREATER
                        && bits.subList(0, i).stream().noneMatch(bit -> same(encoder, bit, bits.get(i))))
                .mapToObj(bits::get)
                .toList();
        return new InputRelations.Group(ordered, exclusive);
    }

    private static boolean same(Encoder encoder, int bit, int other) {
        return encoder.test(bit) == encoder.test(other)
                && (encoder.test(bit) == Encoder.Test.MISSING || encoder.value(bit) == encoder.value(other));
    }
}
