package dev.gatewright.circuit;

import java.util.ArrayList;
import java.util.List;

/** The index of the largest of some numbers by a balanced tree of comparisons, in which the lower index wins a tie. */
public final class Tournament {
    private record Best<B>(List<B> value, List<B> index) {}

    private Tournament() {}

    /** The index, in {@link Votes#width} bits; all numbers have as many bits, and there is at least one. */
    public static <B> List<B> winner(List<List<B>> values, BitNumbers<B> numbers) {
        int width = Votes.width(values.size() - 1);
        List<Best<B>> best = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            best.add(new Best<>(values.get(i), numbers.constant(i, width)));
        }
        while (best.size() > 1) {
            List<Best<B>> next = new ArrayList<>();
            for (int i = 0; i + 1 < best.size(); i += 2) {
                next.add(better(best.get(i), best.get(i + 1), best.size() > 2, numbers));
            }
            if (best.size() % 2 == 1) {
                next.add(best.getLast());
            }
            best = next;
        }
        return best.getFirst().index;
    }

    /** The better of two; its value only where somebody asks for it. */
    private static <B> Best<B> better(Best<B> low, Best<B> high, boolean asked, BitNumbers<B> numbers) {
        B more = numbers.less(low.value, high.value);
        return new Best<>(
                asked ? numbers.choose(more, high.value, low.value) : List.of(),
                numbers.choose(more, high.index, low.index));
    }
}
