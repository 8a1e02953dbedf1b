package dev.gatewright.circuit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Counters of six bits to three, column by column: in tables of six inputs each takes three tables and leaves three bits
 * fewer. Needs no chains of carries.
 */
public record CounterTree() implements Popcount {
    static final int MOST = 6;

    @Override
    public String name() {
        return "counters";
    }

    @Override
    public <B> List<B> of(List<B> bits, BitNumbers<B> numbers) {
        int width = Votes.width(bits.size());
        List<Deque<B>> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(new ArrayDeque<>(i == 0 ? bits : List.of()));
        }
        List<B> sum = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            Deque<B> column = columns.get(i);
            while (column.size() > 1) {
                List<B> taken = new ArrayList<>();
                while (taken.size() < MOST && !column.isEmpty()) {
                    taken.add(column.remove());
                }
                List<B> counted = count(taken, numbers);
                for (int j = 0; j < counted.size() && i + j < width; j++) {
                    columns.get(i + j).add(counted.get(j));
                }
            }
            sum.add(column.isEmpty() ? numbers.constant(false) : column.remove());
        }
        return sum;
    }

    /** The number of true ones among one to six bits, of one to three bits itself. */
    static <B> List<B> count(List<B> bits, BitNumbers<B> numbers) {
        int size = bits.size();
        if (size == 1) {
            return bits;
        }
        if (size == 2) {
            return List.of(numbers.xor(bits.get(0), bits.get(1)), numbers.and(bits.get(0), bits.get(1)));
        }
        List<B> first = numbers.fullAdder(bits.get(0), bits.get(1), bits.get(2));
        if (size == 3) {
            return first;
        }
        List<B> second = count(bits.subList(3, size), numbers);
        B carry = numbers.and(first.get(0), second.get(0));
        List<B> high = second.size() == 1
                ? count(List.of(first.get(1), carry), numbers)
                : numbers.fullAdder(first.get(1), second.get(1), carry);
        return List.of(numbers.xor(first.get(0), second.get(0)), high.get(0), high.get(1));
    }
}
