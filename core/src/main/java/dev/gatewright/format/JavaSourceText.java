package dev.gatewright.format;

/** The parts of Java files that are the same in all of them, but for the name and sizes. */
final class JavaSourceText {
    static final String HEAD = """
            /** Predicts from rows of raw values; 64 at a time. An object is for one thread at a time. */
            public final class NAME {
                /**
                 * Values of a row: pixels, unsigned; or columns in the model's order: numbers, truth values as 1 and 0,
                 * categories as their index in the model's list, NaN where a value is missing.
                 */
                public static final int VALUES = VALUE_COUNT;

                public static final int INPUTS = INPUT_COUNT;
                public static final int OUTPUTS = OUTPUT_COUNT;

                private final long[] x = new long[INPUTS];
                private final long[] y = new long[OUTPUTS];
                private final long[] s = new long[SLOT_COUNT];
                private final int[] sums = new int[64 * GROUP_COUNT];

                /** From bits to outputs, of 64 samples: sample i is bit i of every word. */
                public void run(long[] bits, long[] outputs) {
                    gates(bits, outputs, s);
                }

                private int run(VALUE_TYPE[] rows, int from, int count) {
                    int some = Math.min(64, count - from);
                    for (int bit = 0; bit < INPUTS; bit++) {
                        long word = 0;
                        for (int i = 0; i < some; i++) {
                            word |= (test(rows, (from + i) * VALUES, bit) ? 1L : 0L) << i;
                        }
                        x[bit] = word;
                    }
                    gates(x, y, s);
                    return some;
                }

                private static int[] ints(int count, String... texts) {
                    int[] numbers = new int[count];
                    int at = 0;
                    for (String text : texts) {
                        for (String number : text.split(",")) {
                            numbers[at++] = Integer.parseInt(number);
                        }
                    }
                    return numbers;
                }

                private static float[] floats(int count, String... texts) {
                    float[] numbers = new float[count];
                    int at = 0;
                    for (String text : texts) {
                        for (String number : text.split(",")) {
                            numbers[at++] = Float.parseFloat(number);
                        }
                    }
                    return numbers;
                }

            """;

    static final String CLASSES = """
                public static final int CLASSES = GROUP_COUNT;

                /** What counts of true outputs are divided by. */
                public static final float TAU = TAU_VALUE;

                /** The names of the classes. */
                public static String[] labels() {
                    return LABELS.clone();
                }

                /** The class of a row. */
                public int classOf(VALUE_TYPE[] row) {
                    int[] one = new int[1];
                    classes(row, 1, one);
                    return one[0];
                }

                /** The class of each of {@code count} rows, which lie back to back; the lowest at a tie. */
                public void classes(VALUE_TYPE[] rows, int count, int[] classes) {
                    for (int from = 0; from < count; from += 64) {
                        int some = run(rows, from, count);
                        count();
                        for (int i = 0; i < some; i++) {
                            int largest = 0;
                            for (int group = 1; group < CLASSES; group++) {
                                largest = sums[64 * group + i] > sums[64 * largest + i] ? group : largest;
                            }
                            classes[from + i] = largest;
                        }
                    }
                }

                /** The score of each class for each row, row after row. */
                public void scores(VALUE_TYPE[] rows, int count, float[] scores) {
                    for (int from = 0; from < count; from += 64) {
                        int some = run(rows, from, count);
                        count();
                        for (int i = 0; i < some; i++) {
                            for (int group = 0; group < CLASSES; group++) {
                                scores[(from + i) * CLASSES + group] = sums[64 * group + i] / TAU;
                            }
                        }
                    }
                }

            """;

    static final String NUMBERS = """
                /** The number predicted for each of {@code count} rows, which lie back to back. */
                public void numbers(VALUE_TYPE[] rows, int count, float[] numbers) {
                    for (int from = 0; from < count; from += 64) {
                        int some = run(rows, from, count);
                        count();
                        for (int i = 0; i < some; i++) {
                            numbers[from + i] = OFFSET_VALUE + SCALE_VALUE * sums[i];
                        }
                    }
                }

            """;

    static final String BITS = """
                /** The outputs for each of {@code count} rows, which lie back to back; row after row. */
                public void bits(VALUE_TYPE[] rows, int count, boolean[] bits) {
                    for (int from = 0; from < count; from += 64) {
                        int some = run(rows, from, count);
                        for (int i = 0; i < some; i++) {
                            for (int output = 0; output < OUTPUTS; output++) {
                                bits[(from + i) * OUTPUTS + output] = (y[output] >>> i & 1) != 0;
                            }
                        }
                    }
                }

            """;

    static final String COUNTING = """
                /** Counts in planes: bit i of plane p is bit p of the count of sample i. */
                private void count() {
                    int size = OUTPUTS / GROUP_COUNT;
                    long[] planes = new long[32];
                    for (int group = 0; group < GROUP_COUNT; group++) {
                        java.util.Arrays.fill(planes, 0);
                        for (int i = 0; i < size; i++) {
                            long carry = y[group * size + i];
                            for (int plane = 0; carry != 0; plane++) {
                                long old = planes[plane];
                                planes[plane] = old ^ carry;
                                carry &= old;
                            }
                        }
                        for (int i = 0; i < 64; i++) {
                            int sum = 0;
                            for (int plane = 0; 1 << plane <= size; plane++) {
                                sum |= (int) (planes[plane] >>> i & 1) << plane;
                            }
                            sums[64 * group + i] = sum;
                        }
                    }
                }

            """;

    static final String PIXELS = """
                private static boolean test(byte[] rows, int at, int bit) {
                    return (rows[at + COLUMN[bit]] & 0xFF) > LIMIT[bit];
                }

            """;

    static final String COLUMNS = """
                /** Greater, equal, or missing; nothing but that is true of NaN. */
                private static boolean test(float[] rows, int at, int bit) {
                    float value = rows[at + COLUMN[bit]];
                    switch (TEST[bit]) {
                        case 0:
                            return value > LIMIT[bit];
                        case 1:
                            return value == LIMIT[bit];
                        default:
                            return Float.isNaN(value);
                    }
                }

            """;

    static final String PLAIN = """
                /** Outputs that are false, true or inputs. */
                private static void plain(long[] x, long[] y) {
                    for (int i = 0; i < PLAIN.length; i += 2) {
                        int wire = PLAIN[i + 1];
                        y[PLAIN[i]] = wire < 2 ? -wire : x[wire - 2];
                    }
                }

            """;

    private JavaSourceText() {}
}
