package dev.gatewright.format;

import dev.gatewright.encode.InputException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A test bench that applies vectors to an exported file and prints {@code PASS}, or differences and {@code FAIL}.
 *
 * @param files what goes beside the exported file
 * @param command what runs it, for a shell in their folder
 */
public record Bench(List<Format.Companion> files, String command) {
    private static final Pattern STEM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*");

    public Bench {
        files = List.copyOf(files);
    }

    /**
     * The stem, if programs and shells of all kinds can name files that begin with it.
     *
     * @throws InputException if not
     */
    static String stem(String stem) {
        if (!STEM.matcher(stem).matches()) {
            throw new InputException("a test bench of a file named " + Names.quoted(stem)
                    + " where a name of letters, digits and . _ + - was expected");
        }
        return stem;
    }
}
