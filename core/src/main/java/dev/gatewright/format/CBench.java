package dev.gatewright.format;

import dev.gatewright.bits.BitMatrix;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * A program that applies vectors to the gates of a C file and prints {@code PASS}, or the first ten differences and
 * {@code FAIL}. It includes the file, and holds the vectors 64 a word.
 */
final class CBench {
    private static final int A_LINE = 8;

    private static final String TEXT = """
            int main(void) {
                static NAME_memory m;
                int errors = 0;
                for (size_t block = 0; block * 64 < VECTORS; ++block) {
                    for (size_t i = 0; i < NAME_inputs; ++i) {
                        memcpy(&m.x[i], &in[block][i], 8);
                    }
                    NAME_gates(&m);
                    for (size_t i = 0; i < NAME_outputs; ++i) {
                        uint64_t found;
                        memcpy(&found, &m.y[i], 8);
                        for (size_t s = 0; s < 64 && block * 64 + s < VECTORS; ++s) {
                            if ((found ^ expected[block][i]) >> s & 1 && ++errors <= 10) {
                                printf("vector %d: output %d is %d\\n", (int)(block * 64 + s), (int)i, (int)(found >> s & 1));
                            }
                        }
                    }
                }
                puts(errors ? "FAIL" : "PASS");
                return errors != 0;
            }
            """;

    private CBench() {}

    /** The program for {@code stem.c}, whose functions begin with {@code name}. */
    static Bench of(String name, String stem, Vectors vectors) {
        String command = "gcc -o " + stem + "_test " + stem + "_test.c && ./" + stem + "_test";
        return new Bench(
                List.of(new Format.Companion("_test.c", out -> write(name, stem, command, vectors, out))), command);
    }

    private static void write(String name, String stem, String command, Vectors vectors, OutputStream stream)
            throws IOException {
        TextOut out = new TextOut(stream);
        out.text("/* Applies " + vectors.count() + " vectors to the gates of " + name + ": " + command + " */\n");
        out.text("#include <stdio.h>\n#include \"" + stem + ".c\"\n\nenum { VECTORS = " + vectors.count() + " };\n\n");
        words(out, "in", name + "_inputs", vectors.in());
        words(out, "expected", name + "_outputs", vectors.outputs());
        out.text(Template.fill(TEXT, Map.of("NAME", name))).flush();
    }

    private static void words(TextOut out, String array, String count, BitMatrix bits) throws IOException {
        out.text("static const uint64_t " + array + "[][" + count + "] = {\n");
        for (int word = 0; word < bits.wordsPerPlane(); word++) {
            for (int bit = 0; bit < bits.bits(); bit++) {
                out.text(bit == 0 ? "    {" : bit % A_LINE == 0 ? "\n     " : " ");
                out.text("0x").text(Long.toHexString(bits.word(bit, word))).text("u,");
            }
            out.text("},\n");
        }
        out.text("};\n\n");
    }
}
