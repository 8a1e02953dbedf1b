package dev.gatewright.cli.bench;

import dev.gatewright.format.CarrySave;
import java.util.List;

/**
 * Writes a network as C of a {@link CForm}, from scratch after the description of what the peers generate. The text
 * needs gcc and defines
 *
 * <pre>{@code
 * void gatewright_gates(const word *in, word *out);
 * int gatewright_sums(const bool *samples, int *sums, size_t blocks);
 * }</pre>
 *
 * over blocks of as many samples as a word has bits, and for tables {@code gatewright_table}, to be called first.
 */
final class CText {
    static final String GATES = "gatewright_gates";
    static final String SUMS = "gatewright_sums";
    static final String TABLE = "gatewright_table";

    /** By two-input table. */
    private static final List<String> EXPRESSIONS = List.of(
            "ZERO",
            "~(a | b)",
            "a & ~b",
            "~b",
            "b & ~a",
            "~a",
            "a ^ b",
            "~(a & b)",
            "a & b",
            "~(a ^ b)",
            "a",
            "a | ~b",
            "b",
            "b | ~a",
            "a | b",
            "~ZERO");

    private final RawNet net;
    private final CForm form;
    private final StringBuilder out = new StringBuilder();

    private CText(RawNet net, CForm form) {
        this.net = net;
        this.form = form;
    }

    /** The text; takes time linear in the gates. */
    static String of(RawNet net, CForm form) {
        CText text = new CText(net, form);
        text.head();
        switch (form.body()) {
            case LINES -> text.lines();
            case TABLE -> text.out.append(loops());
        }
        switch (form.way()) {
            case PEERS -> text.out.append(PEERS_PACK).append(PEERS_COUNT);
            case STRONG -> text.out.append(STRONG_PACK).append(STRONG_COUNT);
        }
        return text.out.append(CALL).toString();
    }

    /** Counter bits of a group: enough for all its outputs, and for the carry-save adders. */
    private int planes() {
        int size = net.outputs() / net.groups();
        return form.way() == CForm.Way.STRONG
                ? CarrySave.planes(size)
                : Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(size));
    }

    private void head() {
        int words = form.lanes() / Long.SIZE;
        out.append("#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n#include <stdlib.h>\n");
        out.append("#include <string.h>\n\n");
        if (words == 1) {
            out.append("typedef int64_t word;\n#define ZERO 0LL\n");
        } else {
            out.append("typedef int64_t word __attribute__((vector_size(")
                    .append(words * Long.BYTES)
                    .append(")));\n#define ZERO ((word){0})\n");
        }
        out.append("enum { WORDS = ").append(words);
        out.append(", INPUTS = ").append(net.inputs());
        out.append(", OUTPUTS = ").append(net.outputs());
        out.append(", GROUPS = ").append(net.groups());
        out.append(", GROUP_SIZE = ").append(net.outputs() / net.groups());
        out.append(", PLANES = ").append(planes()).append(" };\n\n");
    }

    private void lines() {
        int[] reads = net.reads();
        int[] onlyOutput = new int[net.inputs() + net.gates()];
        for (int output = 0; output < net.outputs(); output++) {
            onlyOutput[net.output(output)] = output + 1;
        }
        out.append("void " + GATES + "(const word *in, word *out) {\n");
        for (int gate = 0; gate < net.gates(); gate++) {
            int wire = net.inputs() + gate;
            boolean last = onlyOutput[wire] > 0 && reads[wire] == 1;
            out.append(last ? "out[" : "const word v").append(last ? onlyOutput[wire] - 1 : gate);
            out.append(last ? "] = " : " = ");
            expression(gate);
            out.append(";\n");
            if (last) {
                onlyOutput[wire] = -1;
            }
        }
        for (int output = 0; output < net.outputs(); output++) {
            if (onlyOutput[net.output(output)] >= 0) {
                out.append("out[").append(output).append("] = ");
                wire(net.output(output));
                out.append(";\n");
            }
        }
        out.append("}\n");
    }

    private void expression(int gate) {
        String text = EXPRESSIONS.get(net.table(gate));
        for (int i = 0; i < text.length(); i++) {
            char symbol = text.charAt(i);
            if (symbol == 'a' || symbol == 'b') {
                wire(symbol == 'a' ? net.a(gate) : net.b(gate));
            } else {
                out.append(symbol);
            }
        }
    }

    private void wire(int wire) {
        if (wire < net.inputs()) {
            out.append("in[").append(wire).append(']');
        } else {
            out.append('v').append(wire - net.inputs());
        }
    }

    private static String loops() {
        StringBuilder cases = new StringBuilder();
        for (int table = 0; table < EXPRESSIONS.size(); table++) {
            cases.append("        case ").append(table).append(": EACH(");
            cases.append(EXPRESSIONS.get(table)).append(");\n");
        }
        return TABLE_HEAD + cases + TABLE_TAIL;
    }

    private static final String TABLE_HEAD = """
            static const int32_t *first_wire, *second_wire, *run, *output_wire;
            static size_t run_count;
            static word *values;

            /* Runs are pairs: an operation, and the gate after the last it is for. */
            void gatewright_table(const int32_t *a, const int32_t *b, const int32_t *runs, size_t count,
                                  const int32_t *outputs, word *memory) {
                first_wire = a;
                second_wire = b;
                run = runs;
                run_count = count;
                output_wire = outputs;
                values = memory;
            }

            #define EACH(e) for (; gate < end; ++gate) { \\
                const word a = value[first[gate]], b = value[second[gate]]; \\
                (void)a, (void)b; to[gate] = e; } break

            static void gates_in_place(void) {
                const word *const value = values;
                word *const to = values + INPUTS;
                const int32_t *const first = first_wire, *const second = second_wire;
                size_t gate = 0;
                for (size_t r = 0; r < run_count; ++r) {
                    const size_t end = run[2 * r + 1];
                    switch (run[2 * r]) {
            """;

    private static final String TABLE_TAIL = """
                    }
                }
            }

            void gatewright_gates(const word *in, word *out) {
                memcpy(values, in, INPUTS * sizeof(word));
                gates_in_place();
                for (size_t i = 0; i < OUTPUTS; ++i) {
                    out[i] = values[output_wire[i]];
                }
            }
            """;

    private static final String PEERS_PACK = """

            static void pack(const bool *rows, word *in) {
                int64_t *const words = (int64_t *)in;
                for (size_t i = 0; i < INPUTS; ++i) {
                    for (size_t w = 0; w < WORDS; ++w) {
                        uint64_t packed = 0;
                        for (size_t s = 0; s < 64; ++s) {
                            packed <<= 1;
                            packed += rows[(w * 64 + 63 - s) * INPUTS + i];
                        }
                        words[i * WORDS + w] = (int64_t)packed;
                    }
                }
            }
            """;

    private static final String PEERS_COUNT = """

            static void count(const word *out, word *planes, int *sums) {
                for (size_t group = 0; group < GROUPS; ++group) {
                    for (size_t plane = 0; plane < PLANES; ++plane) {
                        planes[plane] = ZERO;
                    }
                    for (size_t i = 0; i < GROUP_SIZE; ++i) {
                        word carry = out[group * GROUP_SIZE + i];
                        for (int plane = PLANES - 1; plane >= 0; --plane) {
                            const word old = planes[plane];
                            planes[plane] = carry ^ old;
                            carry = carry & old;
                        }
                    }
                    for (size_t s = 0; s < 64 * WORDS; ++s) {
                        int sum = 0;
                        for (size_t plane = 0; plane < PLANES; ++plane) {
                            const int64_t bits = ((const int64_t *)&planes[plane])[s / 64];
                            sum <<= 1;
                            sum += (int)(bits >> s % 64 & 1);
                        }
                        sums[s * GROUPS + group] = sum;
                    }
                }
            }
            """;

    private static final String STRONG_PACK = """

            /* Eight samples of eight inputs at a time: bytes of 0 or 1, shifted over each other; 64 inputs a turn. */
            __attribute__((optimize("O3"))) static void pack(const bool *rows, word *in) {
                uint8_t *const bytes = (uint8_t *)in;
                for (size_t from = 0; from < INPUTS; from += 64) {
                    const size_t to = from + 64 < INPUTS ? from + 64 : INPUTS;
                    for (size_t eight = 0; eight < 8 * WORDS; ++eight) {
                        const bool *const row = rows + eight * 8 * INPUTS;
                        size_t i = from;
                        for (; i + 8 <= to; i += 8) {
                            uint64_t all = 0;
                            for (size_t s = 0; s < 8; ++s) {
                                uint64_t some;
                                memcpy(&some, row + s * INPUTS + i, 8);
                                all |= some << s;
                            }
                            for (size_t k = 0; k < 8; ++k) {
                                bytes[(i + k) * 8 * WORDS + eight] = (uint8_t)(all >> 8 * k);
                            }
                        }
                        for (; i < to; ++i) {
                            uint8_t one = 0;
                            for (size_t s = 0; s < 8; ++s) {
                                one |= (uint8_t)(row[s * INPUTS + i] << s);
                            }
                            bytes[i * 8 * WORDS + eight] = one;
                        }
                    }
                }
            }
            """;

    private static final String STRONG_COUNT = """

            #ifdef __AVX512F__
            enum { WIDEST = 64 };
            #else
            enum { WIDEST = 32 };
            #endif
            enum { PART = sizeof(word) < WIDEST ? sizeof(word) : WIDEST, PARTS = sizeof(word) / PART };
            typedef int64_t part __attribute__((vector_size(PART), may_alias));
            typedef uint32_t half_word __attribute__((may_alias));

            """ + CarrySave.ADD + """
            #define BIT(i) bits[(i) * PARTS]

            __attribute__((optimize("O3"))) static void count_part(const part *bits, int *sums) {
            """ + CarrySave.BODY + """
                for (size_t half = 0; half < PART / 4; ++half) {
                    uint32_t sum[32] = {0};
                    for (size_t plane = 0; plane < PLANES; ++plane) {
                        const uint32_t some = ((const half_word *)&planes[plane])[half];
                        for (size_t s = 0; s < 32; ++s) {
                            sum[s] |= (some >> s & 1) << plane;
                        }
                    }
                    for (size_t s = 0; s < 32; ++s) {
                        sums[(half * 32 + s) * GROUPS] = (int)sum[s];
                    }
                }
            }

            static void count(const word *out, word *planes, int *sums) {
                (void)planes;
                for (size_t group = 0; group < GROUPS; ++group) {
                    for (size_t p = 0; p < PARTS; ++p) {
                        count_part((const part *)(out + group * GROUP_SIZE) + p, sums + p * PART * 8 * GROUPS + group);
                    }
                }
            }
            """;

    private static final String CALL = """

            int gatewright_sums(const bool *samples, int *sums, size_t blocks) {
                word *in = aligned_alloc(64, (INPUTS + 8) * sizeof(word) / 64 * 64 + 64);
                word *out = aligned_alloc(64, (OUTPUTS + 8) * sizeof(word) / 64 * 64 + 64);
                word *planes = aligned_alloc(64, (PLANES + 8) * sizeof(word) / 64 * 64 + 64);
                if (in && out && planes) {
                    for (size_t block = 0; block < blocks; ++block) {
                        pack(samples + block * 64 * WORDS * INPUTS, in);
                        gatewright_gates(in, out);
                        count(out, planes, sums + block * 64 * WORDS * GROUPS);
                    }
                }
                const int failed = !(in && out && planes);
                free(in);
                free(out);
                free(planes);
                return failed;
            }
            """;
}
