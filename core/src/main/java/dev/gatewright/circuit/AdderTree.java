package dev.gatewright.circuit;

import java.util.ArrayList;
import java.util.List;

/** A balanced tree of adders, of two numbers each. */
public record AdderTree() implements Popcount {
    /** A number and the largest value that it can have. */
    private record Sum<B>(List<B> bits, int most) {}

    @Override
    public String name() {
        return "adders";
    }

    @Override
    public <B> List<B> of(List<B> bits, BitNumbers<B> numbers) {
        List<Sum<B>> sums = new ArrayList<>();
        for (B bit : bits) {
            sums.add(new Sum<>(List.of(bit), 1));
        }
        while (sums.size() > 1) {
            List<Sum<B>> next = new ArrayList<>();
            for (int i = 0; i + 1 < sums.size(); i += 2) {
                Sum<B> a = sums.get(i);
                Sum<B> b = sums.get(i + 1);
                int most = a.most + b.most;
                next.add(new Sum<>(numbers.add(a.bits, b.bits, Votes.width(most)), most));
            }
            if (sums.size() % 2 == 1) {
                next.add(sums.getLast());
            }
            sums = next;
        }
        return sums.getFirst().bits;
    }
}
