package dev.gatewright.format;

/** Counting true outputs in C, 64 samples or more at once: carry-save adders take eight words a turn. */
public final class CarrySave {
    /**
     * The body of a function. Around it there are a type {@code part} of bits; {@code BIT(i)}, the i-th of
     * {@code GROUP_SIZE} words; and {@code PLANES}, at least 4 and enough for the count. It leaves the count's bits in
     * {@code planes}, the lowest first.
     */
    public static final String BODY = """
                part planes[PLANES] = {0};
                part ones = {0}, twos = {0}, fours = {0}, two, four, a, b, carry;
                size_t i = 0;
                for (; i + 8 <= GROUP_SIZE; i += 8) {
                    ADD(two, ones, ones, BIT(i), BIT(i + 1))
                    ADD(a, ones, ones, BIT(i + 2), BIT(i + 3))
                    ADD(four, twos, twos, two, a)
                    ADD(two, ones, ones, BIT(i + 4), BIT(i + 5))
                    ADD(a, ones, ones, BIT(i + 6), BIT(i + 7))
                    ADD(b, twos, twos, two, a)
                    ADD(carry, fours, fours, four, b)
                    for (size_t plane = 3; plane < PLANES; ++plane) {
                        const part old = planes[plane];
                        planes[plane] = carry ^ old;
                        carry = carry & old;
                    }
                }
                planes[0] = ones;
                planes[1] = twos;
                planes[2] = fours;
                for (i = GROUP_SIZE / 8 * 8; i < GROUP_SIZE; ++i) {
                    carry = BIT(i);
                    for (size_t plane = 0; plane < PLANES; ++plane) {
                        const part old = planes[plane];
                        planes[plane] = carry ^ old;
                        carry = carry & old;
                    }
                }
            """;

    /** The full adder that {@link #BODY} uses. */
    public static final String ADD = """
            #define ADD(high, low, x, y, z) { const part u = (x) ^ (y), v = (z), m = ((x) & (y)) | (u & v); \\
                low = u ^ v; high = m; }
            """;

    private CarrySave() {}

    /** Planes that counts up to {@code size} take here. */
    public static int planes(int size) {
        return Math.max(4, Integer.SIZE - Integer.numberOfLeadingZeros(size));
    }
}
