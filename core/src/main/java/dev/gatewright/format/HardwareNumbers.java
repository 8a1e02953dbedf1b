package dev.gatewright.format;

import dev.gatewright.circuit.BitNumbers;
import dev.gatewright.format.HardwareWalk.Bit;
import dev.gatewright.logic.TruthTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Numbers as signals of a hardware module, {@code nN} for bits and {@code sN} for vectors. */
final class HardwareNumbers implements BitNumbers<Bit> {
    private final HardwareWalk walk;
    private final HardwareLanguage language;
    private int named;

    HardwareNumbers(HardwareWalk walk, HardwareLanguage language) {
        this.walk = walk;
        this.language = language;
    }

    @Override
    public Bit constant(boolean value) {
        return new Bit(value ? 1 : 0, -1);
    }

    @Override
    public Bit and(Bit a, Bit b) {
        return gate(TruthTable.AND, a, b);
    }

    @Override
    public Bit or(Bit a, Bit b) {
        return gate(TruthTable.OR, a, b);
    }

    @Override
    public Bit xor(Bit a, Bit b) {
        return gate(TruthTable.XOR, a, b);
    }

    private Bit gate(int table, Bit a, Bit b) {
        int signal = signal(
                "n",
                0,
                1,
                List.of(a, b),
                bits -> language.formula().of(table, new String[] {bits.bit(a), bits.bit(b)}));
        return new Bit(signal, -1);
    }

    @Override
    public List<Bit> add(List<Bit> a, List<Bit> b, int width) {
        List<Bit> left = padded(a, width);
        List<Bit> right = padded(b, width);
        return number(width, both(left, right), bits -> language.sum(bits.number(left), bits.number(right)));
    }

    /**
     * A difference with the inverse, one bit wider at the low end, where the carry stands twice and goes into the chain. A sum
     * would do; of a difference synthesis keeps which operand the chain itself reads, {@code a}, so that the gates that make
     * {@code b} fit into the tables before it.
     */
    @Override
    public List<Bit> chain(List<Bit> a, List<Bit> b, Bit carry, int width) {
        List<Bit> left = padded(both(List.of(carry), a), width + 1);
        List<Bit> right = padded(both(List.of(carry), b), width + 1);
        List<Bit> sum = number(
                width + 1,
                both(left, right),
                bits -> language.difference(bits.number(left), language.inverse(bits.number(right))));
        return sum.subList(1, sum.size());
    }

    @Override
    public Bit less(List<Bit> a, List<Bit> b) {
        int width = a.size() + 1;
        List<Bit> left = padded(a, width);
        List<Bit> right = padded(b, width);
        return number(width, both(left, right), bits -> language.difference(bits.number(left), bits.number(right)))
                .getLast();
    }

    @Override
    public List<Bit> choose(Bit condition, List<Bit> yes, List<Bit> no) {
        List<Bit> reads = both(List.of(condition), both(yes, no));
        int width = yes.size();
        int signal = signal(
                "s", width, 1, reads, bits -> language.choice(bits.bit(condition), bits.number(yes), bits.number(no)));
        return bits(signal, width);
    }

    private List<Bit> number(int width, List<Bit> reads, HardwareWalk.Expression expression) {
        return bits(signal("s", width, HardwareWalk.levels(width), reads, expression), width);
    }

    private int signal(String prefix, int width, int weight, List<Bit> reads, HardwareWalk.Expression expression) {
        try {
            return walk.signal(prefix + named++, width, weight, reads, expression);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Bit> bits(int signal, int width) {
        List<Bit> bits = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            bits.add(new Bit(signal, i));
        }
        return bits;
    }

    private List<Bit> padded(List<Bit> number, int width) {
        List<Bit> bits = new ArrayList<>(number);
        while (bits.size() < width) {
            bits.add(constant(false));
        }
        return bits;
    }

    private static List<Bit> both(List<Bit> some, List<Bit> others) {
        List<Bit> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
