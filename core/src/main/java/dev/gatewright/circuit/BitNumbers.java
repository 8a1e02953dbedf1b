package dev.gatewright.circuit;

import java.util.ArrayList;
import java.util.List;

/**
 * Unsigned numbers as lists of bits, the lowest first, computed somewhere: as gates of a builder, or as text of a language.
 *
 * @param <B> a bit there
 */
public interface BitNumbers<B> {
    /** The bit that is always false, or always true. */
    B constant(boolean value);

    B and(B a, B b);

    B or(B a, B b);

    B xor(B a, B b);

    /** {@code a + b} in {@code width} bits, at least as many as either has. */
    List<B> add(List<B> a, List<B> b, int width);

    /**
     * {@code a + b + carry}, likewise, meant for a chain of carries in which the tables that read {@code a} have room for the
     * gates that make {@code b}.
     */
    List<B> chain(List<B> a, List<B> b, B carry, int width);

    /** Whether {@code a < b}; both have as many bits. */
    B less(List<B> a, List<B> b);

    /** {@code yes} where the condition is true, else {@code no}; both have as many bits. */
    List<B> choose(B condition, List<B> yes, List<B> no);

    /** A constant number of {@code width} bits. */
    default List<B> constant(int value, int width) {
        List<B> bits = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            bits.add(constant((value >> i & 1) != 0));
        }
        return bits;
    }

    /** The sum of three bits, of two bits itself. */
    default List<B> fullAdder(B a, B b, B c) {
        B half = xor(a, b);
        return List.of(xor(half, c), or(and(a, b), and(half, c)));
    }
}
