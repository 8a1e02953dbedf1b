package dev.gatewright.circuit;

import java.util.ArrayList;
import java.util.List;

/**
 * Chains of adders for devices with carry chains beside tables of six inputs: a sum takes six bits more in three tables,
 * five of them through the tables in which the adder reads them, and the sixth as its carry. After some such steps the sums
 * of the chains go through a balanced tree of adders, whose carries take a bit each, too.
 */
public record AdderChains() implements Popcount {
    /** Adders one after the other in a chain. */
    private static final int STEPS = 7;

    /** Bits that a step takes: five in tables, one as its carry. */
    private static final int TAKEN = 6;

    private static final int LONGEST = CounterTree.MOST + STEPS * TAKEN;

    /** A number and the largest value that it can have. */
    private record Sum<B>(List<B> bits, int most) {}

    @Override
    public String name() {
        return "chains";
    }

    @Override
    public <B> List<B> of(List<B> bits, BitNumbers<B> numbers) {
        int chains = (bits.size() + 1 + LONGEST) / (LONGEST + 1);
        int carries = bits.size() - (chains - 1);
        List<Sum<B>> sums = new ArrayList<>();
        int from = 0;
        for (int left = chains - 1; left >= 0; left--) {
            // Every chain gets a bit at least.
            int end = Math.min(from + LONGEST, carries - left);
            sums.add(chain(bits.subList(from, end), numbers));
            from = end;
        }
        while (sums.size() > 1) {
            List<Sum<B>> next = new ArrayList<>();
            for (int i = 0; i + 1 < sums.size(); i += 2) {
                next.add(add(sums.get(i), sums.get(i + 1), bits.get(carries++), numbers));
            }
            if (sums.size() % 2 == 1) {
                next.add(sums.getLast());
            }
            sums = next;
        }
        return sums.getFirst().bits;
    }

    private static <B> Sum<B> chain(List<B> bits, BitNumbers<B> numbers) {
        int first = Math.min(bits.size(), CounterTree.MOST);
        Sum<B> sum = new Sum<>(CounterTree.count(bits.subList(0, first), numbers), first);
        for (int from = first; from < bits.size(); from += TAKEN) {
            int most = Math.min(bits.size() - from, TAKEN - 1);
            boolean carry = from + most < bits.size();
            sum = add(
                    sum,
                    new Sum<>(CounterTree.count(bits.subList(from, from + most), numbers), most),
                    carry ? bits.get(from + most) : null,
                    numbers);
        }
        return sum;
    }

    private static <B> Sum<B> add(Sum<B> a, Sum<B> b, B carry, BitNumbers<B> numbers) {
        int most = a.most + b.most + (carry == null ? 0 : 1);
        B low = carry == null ? numbers.constant(false) : carry;
        return new Sum<>(numbers.chain(a.bits, b.bits, low, Votes.width(most)), most);
    }
}
