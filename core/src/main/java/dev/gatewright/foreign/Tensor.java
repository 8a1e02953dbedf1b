package dev.gatewright.foreign;

import dev.gatewright.model.FormatException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A strided view of little-endian numbers. The one constructor checks that every element lies in the storage. */
final class Tensor {
    private static final int MAX_DIMENSIONS = 8;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final ElementType type;
    private final MemorySegment storage;
    private final long offset;
    private final int[] shape;
    private final long[] strides;
    private final int elements;

    /**
     * @param offset of the first element, in elements
     * @param strides in elements, one a dimension
     * @throws FormatException if the view reaches beyond its storage or repeats elements
     */
    Tensor(ElementType type, MemorySegment storage, long offset, int[] shape, long[] strides) throws FormatException {
        this.type = type;
        this.storage = storage;
        this.offset = offset;
        this.shape = shape;
        this.strides = strides;
        long stored = storage.byteSize() / type.bytes();
        long count = 1;
        long last = offset;
        if (shape.length != strides.length || shape.length > MAX_DIMENSIONS || offset < 0 || offset > stored) {
            throw wrong(stored);
        }
        for (int i = 0; i < shape.length; i++) {
            // Bounded before it is multiplied, so that neither product overflows.
            if (shape[i] < 0 || strides[i] < 0 || strides[i] > stored) {
                throw wrong(stored);
            }
            count *= shape[i];
            last += Math.max(0, shape[i] - 1) * strides[i];
            if (count > stored || last > stored) {
                throw wrong(stored);
            }
        }
        if (count > 0 && last >= stored || count > Integer.MAX_VALUE - 8) {
            throw wrong(stored);
        }
        this.elements = (int) count;
    }

    /** A view of all of a storage, row-major. */
    static Tensor dense(ElementType type, MemorySegment storage, int[] shape) throws FormatException {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride = Math.min(Integer.MAX_VALUE, stride * Math.max(1, shape[i]));
        }
        return new Tensor(type, storage, 0, shape, strides);
    }

    private FormatException wrong(long stored) {
        return new FormatException("a tensor of shape " + Arrays.toString(shape) + " and strides "
                + Arrays.toString(strides) + " from element " + offset + " does not fit its storage of " + stored
                + " elements");
    }

    int[] shape() {
        return shape.clone();
    }

    int dimensions() {
        return shape.length;
    }

    int size(int dimension) {
        return shape[dimension];
    }

    int elements() {
        return elements;
    }

    boolean whole() {
        return type.whole();
    }

    /** All elements, row-major. */
    double[] doubles() {
        double[] all = new double[elements];
        long[] at = positions();
        for (int i = 0; i < all.length; i++) {
            all[i] = number(at[i]);
        }
        return all;
    }

    /** All elements, row-major. @throws FormatException if they are not whole numbers of 32 bits */
    int[] ints() throws FormatException {
        int[] all = new int[elements];
        long[] at = positions();
        for (int i = 0; i < all.length; i++) {
            long value = integer(at[i]);
            if (!type.whole() || value != (int) value) {
                throw new FormatException("a tensor of " + type + " where whole numbers of 32 bits were expected");
            }
            all[i] = (int) value;
        }
        return all;
    }

    private long[] positions() {
        long[] at = new long[elements];
        int[] index = new int[shape.length];
        long position = offset;
        for (int i = 0; i < at.length; i++) {
            at[i] = position;
            for (int d = shape.length - 1; d >= 0; d--) {
                position += strides[d];
                if (++index[d] < shape[d]) {
                    break;
                }
                position -= strides[d] * shape[d];
                index[d] = 0;
            }
        }
        return at;
    }

    private long integer(long at) {
        return switch (type) {
            case I64 -> storage.get(LONG, at * 8);
            case I32 -> storage.get(INT, at * 4);
            case I16 -> storage.get(SHORT, at * 2);
            case I8 -> storage.get(ValueLayout.JAVA_BYTE, at);
            case U8, BOOL -> storage.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
            case F64, F32, F16, BF16 -> 0;
        };
    }

    private double number(long at) {
        return switch (type) {
            case F64 -> Double.longBitsToDouble(storage.get(LONG, at * 8));
            case F32 -> Float.intBitsToFloat(storage.get(INT, at * 4));
            case F16 -> Float.float16ToFloat(storage.get(SHORT, at * 2));
            case BF16 -> Float.intBitsToFloat(storage.get(SHORT, at * 2) << 16);
            case I64, I32, I16, I8, U8, BOOL -> integer(at);
        };
    }
}
