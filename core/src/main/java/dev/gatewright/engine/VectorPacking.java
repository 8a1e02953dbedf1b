package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** On the widest vectors of the machine, one vector a slot. */
final class VectorPacking implements Packing {
    private static final VectorSpecies<Long> WORDS = LongVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    private static final int LENGTH = WORDS.length();
    /** A constant: with a call in its place, C2 keeps vectors in objects. */
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private final ScalarPacking scalar = new ScalarPacking(LENGTH);

    @Override
    public void compare(
            byte[] bytes, int from, int stride, int rows, byte[] limits, int limit, long[] squares, int at, int step) {
        if (rows < 8 || from + 7L * stride + WINDOW > bytes.length) {
            scalar.compare(bytes, from, stride, rows, limits, limit, squares, at, step);
            return;
        }
        for (int i = 0; i < WINDOW; i += BYTES.length()) {
            ByteVector least = ByteVector.fromArray(BYTES, limits, limit + i);
            LongVector bits = eightRows(bytes, from + i, stride, least).reinterpretAsLongs();
            for (int lane = 0; lane < LENGTH; lane++) {
                squares[at + (i / 8 + lane) * step] = bits.lane(lane);
            }
        }
    }

    /** The last row first: doubling makes room for the next bit. Written out, because as a loop it takes longer. */
    private static ByteVector eightRows(byte[] bytes, int from, int stride, ByteVector least) {
        ByteVector one = ByteVector.broadcast(BYTES, (byte) 1);
        ByteVector bits = exceeds(bytes, from + 7 * stride, least, one);
        bits = bits.add(bits).add(exceeds(bytes, from + 6 * stride, least, one));
        bits = bits.add(bits).add(exceeds(bytes, from + 5 * stride, least, one));
        bits = bits.add(bits).add(exceeds(bytes, from + 4 * stride, least, one));
        bits = bits.add(bits).add(exceeds(bytes, from + 3 * stride, least, one));
        bits = bits.add(bits).add(exceeds(bytes, from + 2 * stride, least, one));
        bits = bits.add(bits).add(exceeds(bytes, from + stride, least, one));
        return bits.add(bits).add(exceeds(bytes, from, least, one));
    }

    /** 1 where a byte exceeds its limit: the difference, which stops at 0, is at least 1 then. */
    private static ByteVector exceeds(byte[] bytes, int at, ByteVector least, ByteVector one) {
        return ByteVector.fromArray(BYTES, bytes, at)
                .lanewise(VectorOperators.SUSUB, least)
                .lanewise(VectorOperators.UMIN, one);
    }

    @Override
    public void store(long[] squares, int at, int[] slots, int first, MemorySegment state) {
        for (int block = 0; block < 8; block++) {
            int square = at + block * 8 * LENGTH;
            swap(squares, square, 4, 0x00000000FFFFFFFFL);
            swap(squares, square, 2, 0x0000FFFF0000FFFFL);
            swap(squares, square, 1, 0x00FF00FF00FF00FFL);
            for (int i = 0; i < 8; i++) {
                int slot = slots[first + 8 * block + i];
                if (slot >= 0) {
                    LongVector.fromArray(WORDS, squares, square + i * LENGTH)
                            .intoMemorySegment(state, (long) slot * LENGTH * Long.BYTES, ORDER);
                }
            }
        }
    }

    /** Exchanges bytes between each row without bit {@code distance} in its number and the row with it. */
    private static void swap(long[] rows, int at, int distance, long mask) {
        LongVector kept = LongVector.broadcast(WORDS, mask);
        for (int pair = 0; pair < 4; pair++) {
            int low = at + (pair + (pair & -distance)) * LENGTH;
            int high = low + distance * LENGTH;
            LongVector a = LongVector.fromArray(WORDS, rows, low);
            LongVector b = LongVector.fromArray(WORDS, rows, high);
            LongVector swap = a.lanewise(VectorOperators.LSHR, 8 * distance)
                    .lanewise(VectorOperators.XOR, b)
                    .and(kept);
            a.lanewise(VectorOperators.XOR, swap.lanewise(VectorOperators.LSHL, 8 * distance))
                    .intoArray(rows, low);
            b.lanewise(VectorOperators.XOR, swap).intoArray(rows, high);
        }
    }
}
