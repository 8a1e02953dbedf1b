package dev.gatewright.format;

/** The parts of C files that are the same in all of them, but for {@code NAME} and sizes. */
final class CSourceText {
    static final String DECLARATIONS = """

            #ifndef NAME_DECLARED
            #define NAME_DECLARED

            #include <stddef.h>
            #include <stdint.h>

            /* Samples a pass: 64, or 128, 256 or 512 with compilers that know vector_size. */
            #ifndef GATEWRIGHT_WIDTH
            #define GATEWRIGHT_WIDTH 64
            #endif
            #if GATEWRIGHT_WIDTH == 64
            typedef uint64_t NAME_word;
            #else
            typedef uint64_t NAME_word __attribute__((vector_size(GATEWRIGHT_WIDTH / 8)));
            #endif

            enum {
                NAME_values = VALUE_COUNT,   /* of a row: pixels, or columns in the model's order */
                NAME_inputs = INPUT_COUNT,
                NAME_outputs = OUTPUT_COUNT,
                NAME_groups = GROUP_COUNT
            };

            /* A value of a row. Pixels: 0 to 255. Columns: numbers; truth values as 1 and 0; categories as their index in the
               model's list, from 0; NaN where a value is missing. */
            typedef VALUE_TYPE NAME_value;

            /* What one caller at a time needs; its content does not matter before a call. Sample i of a pass is bit i % 64 of
               the i / 64-th 64 bits of a word. */
            typedef struct {
                NAME_word x[INPUT_COUNT];
                NAME_word y[OUTPUT_COUNT];
                NAME_word s[SLOT_COUNT];
                uint32_t sums[GROUP_COUNT][GATEWRIGHT_WIDTH];
                NAME_value turned[TURNED_COUNT];
            } NAME_memory;

            static const float NAME_tau = TAU;

            /* From m->x, the bits, to m->y, the outputs. */
            void NAME_gates(NAME_memory *m);

            """;

    static final String CLASSES_DECLARED = """
            extern const char *const NAME_labels[NAME_groups];

            /* The class of each of count rows, which lie back to back. */
            void NAME_classes(NAME_memory *m, const NAME_value *rows, size_t count, int32_t *classes);

            /* The score of each class for each row, row after row. */
            void NAME_scores(NAME_memory *m, const NAME_value *rows, size_t count, float *scores);
            """;

    static final String VALUES_DECLARED = """
            /* The number predicted for each of count rows, which lie back to back. */
            void NAME_numbers(NAME_memory *m, const NAME_value *rows, size_t count, float *numbers);
            """;

    static final String OUTPUTS_DECLARED = """
            /* The outputs, 0 or 1, for each of count rows, which lie back to back; row after row. */
            void NAME_bits(NAME_memory *m, const NAME_value *rows, size_t count, uint8_t *bits);
            """;

    static final String PIXELS = """
            #include <string.h>

            typedef NAME_word word;
            static const word ZERO = {0};

            #if defined(__BYTE_ORDER__) && defined(__ORDER_LITTLE_ENDIAN__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
            #define GATEWRIGHT_LOW_FIRST 1
            #else
            #define GATEWRIGHT_LOW_FIRST 0
            #endif

            /* Turns eight by eight bytes over: swaps squares of four, of two and of one across the diagonal. */
            static void NAME_turn_square(const NAME_value *rows, NAME_value *turned) {
                const uint64_t masks[] = {0x00000000ffffffffu, 0x0000ffff0000ffffu, 0x00ff00ff00ff00ffu};
                uint64_t line[8];
                for (size_t i = 0; i < 8; ++i) {
                    memcpy(&line[i], rows + i * NAME_values, 8);
                }
                for (int round = 0; round < 3; ++round) {
                    const int side = 4 >> round;
                    for (int i = 0; i < 8; ++i) {
                        if (!(i & side)) {
                            const uint64_t swap = (line[i] >> 8 * side ^ line[i + side]) & masks[round];
                            line[i] ^= swap << 8 * side;
                            line[i + side] ^= swap;
                        }
                    }
                }
                for (size_t i = 0; i < 8; ++i) {
                    memcpy(turned + i * 64, &line[i], 8);
                }
            }

            /* The pixels of 64 rows, those of one place side by side, and 0 after the last row. */
            static void NAME_turn(const NAME_value *rows, size_t count, NAME_value *turned) {
                const size_t squares = GATEWRIGHT_LOW_FIRST && count >= 64 ? NAME_values / 8 * 8 : 0;
                for (size_t pixel = 0; pixel < squares; pixel += 8) {
                    for (size_t i = 0; i < 64; i += 8) {
                        NAME_turn_square(rows + i * NAME_values + pixel, turned + pixel * 64 + i);
                    }
                }
                for (size_t pixel = squares; pixel < NAME_values; ++pixel) {
                    for (size_t i = 0; i < 64; ++i) {
                        turned[pixel * 64 + i] = i < count ? rows[i * NAME_values + pixel] : 0;
                    }
                }
            }

            /* Bit i is whether byte i exceeds the limit; eight bytes at a time where the first is the lowest. */
            static uint64_t NAME_greater(const NAME_value *bytes, int limit) {
                uint64_t bits = 0;
            #if GATEWRIGHT_LOW_FIRST
                const uint64_t low = 0x7f7f7f7f7f7f7f7fu, one = 0x0101010101010101u;
                if (limit < 0 || limit >= 255) {
                    return limit < 0 ? ~(uint64_t)0 : 0;
                }
                for (size_t i = 0; i < 64; i += 8) {
                    uint64_t some, sum;
                    memcpy(&some, bytes + i, 8);
                    /* The highest bit of each byte: whether its lower seven exceed the limit's, or carry with its own. */
                    sum = (some & low) + (uint64_t)(127 - (limit & 127)) * one;
                    sum = (limit < 128 ? sum | some : sum & some) >> 7 & one;
                    bits |= (sum * 0x0102040810204080u >> 56) << i;
                }
            #else
                for (size_t i = 0; i < 64; ++i) {
                    bits |= (uint64_t)(bytes[i] > limit) << i;
                }
            #endif
                return bits;
            }

            """;

    /** What stencils make of images, before {@link #ENCODE_PIXELS}. */
    static final String FEATURES = """
            /* After the pixels of 64 rows what each stencil makes of those around each: the weighted sum over the most. */
            static void NAME_derive(NAME_value *turned) {
                const size_t height = IMAGE_HEIGHT, width = IMAGE_WIDTH;
                NAME_value *to = turned + (size_t)NAME_values * 64;
                for (size_t stencil = 0; stencil < STENCIL_COUNT; ++stencil) {
                    const int8_t *weights = NAME_stencil + 9 * stencil;
                    int most = 0;
                    for (size_t k = 0; k < 9; ++k) {
                        most += weights[k] > 0 ? weights[k] : 0;
                    }
                    for (size_t place = 0; place < NAME_values; ++place, to += 64) {
                        const size_t y = place / width % height, x = place % width;
                        const NAME_value *plane = turned + (place - y * width - x) * 64;
                        int sum[64] = {0};
                        for (size_t k = 0; k < 9; ++k) {
                            /* At the border the nearest pixel stands for those outside. */
                            const size_t down = y + k / 3, across = x + k % 3;
                            const size_t row = down == 0 ? 0 : down > height ? height - 1 : down - 1;
                            const size_t column = across == 0 ? 0 : across > width ? width - 1 : across - 1;
                            const NAME_value *some = plane + (row * width + column) * 64;
                            for (size_t i = 0; i < 64; ++i) {
                                sum[i] += weights[k] * some[i];
                            }
                        }
                        for (size_t i = 0; i < 64; ++i) {
                            const int value = sum[i] <= 0 ? 0 : sum[i] / most;
                            to[i] = (NAME_value)(value > 255 ? 255 : value);
                        }
                    }
                }
            }

            """;

    static final String ENCODE_PIXELS = """
            static void NAME_encode(NAME_memory *m, const NAME_value *rows, size_t count) {
                for (size_t from = 0; from < GATEWRIGHT_WIDTH; from += 64) {
                    const size_t first = from < count ? from : count;
                    NAME_turn(rows + first * NAME_values, count - first, m->turned);MAKE_FEATURES
                    for (size_t bit = 0; bit < NAME_inputs; ++bit) {
                        const uint64_t bits = NAME_greater(m->turned + (size_t)NAME_column[bit] * 64, NAME_limit[bit]);
                        memcpy((char *)&m->x[bit] + from / 8, &bits, 8);
                    }
                }
            }

            """;

    static final String COLUMNS = """
            #include <string.h>

            typedef NAME_word word;
            static const word ZERO = {0};

            /* Greater, equal, or missing; nothing but that is true of NaN. */
            static int NAME_test_bit(const NAME_value *row, size_t bit) {
                const float value = row[NAME_column[bit]];
                switch (NAME_test[bit]) {
                    case 0: return value > NAME_limit[bit];
                    case 1: return value == NAME_limit[bit];
                    default: return value != value;
                }
            }

            static void NAME_encode(NAME_memory *m, const NAME_value *rows, size_t count) {
                for (size_t bit = 0; bit < NAME_inputs; ++bit) {
                    for (size_t from = 0; from < GATEWRIGHT_WIDTH; from += 64) {
                        uint64_t bits = 0;
                        for (size_t i = from; i < from + 64 && i < count; ++i) {
                            bits |= (uint64_t)NAME_test_bit(rows + i * NAME_values, bit) << (i - from);
                        }
                        memcpy((char *)&m->x[bit] + from / 8, &bits, 8);
                    }
                }
            }

            """;

    static final String RUN = """

            static size_t NAME_run(NAME_memory *m, const NAME_value *rows, size_t from, size_t count) {
                const size_t some = count - from < GATEWRIGHT_WIDTH ? count - from : GATEWRIGHT_WIDTH;
                NAME_encode(m, rows + from * NAME_values, some);
                NAME_gates(m);
                return some;
            }

            """;

    static final String COUNTING_HEAD = """
            enum { GROUP_SIZE = GROUP_LENGTH, PLANES = PLANE_COUNT };
            typedef word part;
            #define BIT(i) bits[i]
            """;

    static final String COUNT = """

            static void NAME_count(const word *bits, uint32_t *sums) {
            """;

    static final String COUNT_TAIL = """
                for (size_t from = 0; from < GATEWRIGHT_WIDTH; from += 64) {
                    uint64_t some[PLANES];
                    for (size_t plane = 0; plane < PLANES; ++plane) {
                        memcpy(&some[plane], (const char *)&planes[plane] + from / 8, 8);
                    }
                    for (size_t sample = 0; sample < 64; ++sample) {
                        uint32_t sum = 0;
                        for (size_t plane = 0; plane < PLANES; ++plane) {
                            sum |= (uint32_t)(some[plane] >> sample & 1) << plane;
                        }
                        sums[from + sample] = sum;
                    }
                }
            }

            static void NAME_sums(NAME_memory *m) {
                for (size_t group = 0; group < NAME_groups; ++group) {
                    NAME_count(m->y + group * GROUP_SIZE, m->sums[group]);
                }
            }

            """;

    static final String CLASSES = """
            void NAME_classes(NAME_memory *m, const NAME_value *rows, size_t count, int32_t *classes) {
                for (size_t from = 0; from < count; from += GATEWRIGHT_WIDTH) {
                    const size_t some = NAME_run(m, rows, from, count);
                    NAME_sums(m);
                    for (size_t i = 0; i < some; ++i) {
                        int32_t largest = 0;
                        for (int32_t group = 1; group < NAME_groups; ++group) {
                            largest = m->sums[group][i] > m->sums[largest][i] ? group : largest;
                        }
                        classes[from + i] = largest;
                    }
                }
            }

            void NAME_scores(NAME_memory *m, const NAME_value *rows, size_t count, float *scores) {
                for (size_t from = 0; from < count; from += GATEWRIGHT_WIDTH) {
                    const size_t some = NAME_run(m, rows, from, count);
                    NAME_sums(m);
                    for (size_t i = 0; i < some; ++i) {
                        for (size_t group = 0; group < NAME_groups; ++group) {
                            scores[(from + i) * NAME_groups + group] = (float)m->sums[group][i] / NAME_tau;
                        }
                    }
                }
            }
            """;

    static final String VALUES = """
            void NAME_numbers(NAME_memory *m, const NAME_value *rows, size_t count, float *numbers) {
                for (size_t from = 0; from < count; from += GATEWRIGHT_WIDTH) {
                    const size_t some = NAME_run(m, rows, from, count);
                    NAME_sums(m);
                    for (size_t i = 0; i < some; ++i) {
                        volatile float scaled = SCALE * (float)m->sums[0][i];
                        numbers[from + i] = OFFSET + scaled;
                    }
                }
            }
            """;

    static final String OUTPUTS = """
            void NAME_bits(NAME_memory *m, const NAME_value *rows, size_t count, uint8_t *bits) {
                for (size_t from = 0; from < count; from += GATEWRIGHT_WIDTH) {
                    const size_t some = NAME_run(m, rows, from, count);
                    for (size_t output = 0; output < NAME_outputs; ++output) {
                        for (size_t i = 0; i < some; ++i) {
                            uint64_t word64;
                            memcpy(&word64, (const char *)&m->y[output] + i / 64 * 8, 8);
                            bits[(from + i) * NAME_outputs + output] = (uint8_t)(word64 >> i % 64 & 1);
                        }
                    }
                }
            }
            """;

    private CSourceText() {}
}
