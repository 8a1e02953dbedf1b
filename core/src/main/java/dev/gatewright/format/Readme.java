package dev.gatewright.format;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A short text in Markdown that stands beside an exported file: what it takes and gives, the files around it, and how to
 * check it.
 *
 * @param format what the user asked for, such as {@code verilog:levels=4}
 * @param file the name of the main file
 * @param beside the names of the other files
 * @param model the name of the model file
 */
public record Readme(Format language, String format, String file, List<String> beside, String model) {
    /** Input bits that are listed; the file itself lists all. */
    private static final int MOST_BITS = 16;

    public Readme {
        beside = List.copyOf(beside);
    }

    /** The text, as a file. */
    public Format.Companion of(Design design, Optional<Bench> bench) {
        byte[] bytes = text(design, bench).getBytes(StandardCharsets.UTF_8);
        return new Format.Companion("_README.md", out -> out.write(bytes));
    }

    private String text(Design design, Optional<Bench> bench) {
        StringBuilder text = new StringBuilder("# " + file + "\n\nFormat: " + code(format) + ".\n\n");
        Header.sentences(design, design.name(), language.sentences(design).toArray(String[]::new))
                .forEach(sentence -> item(text, sentence.strip()));
        text.append("\n## Input bits\n\n");
        int bits = design.circuit().inputs();
        for (int bit = 0; bit < Math.min(bits, MOST_BITS); bit++) {
            item(text, Header.bit(design, bit));
        }
        if (bits > MOST_BITS) {
            text.append("\n").append(bits).append(" in all; the file lists them.\n");
        }
        if (!beside.isEmpty()) {
            text.append("\n## Files beside it\n\n");
            beside.forEach(name -> item(text, name));
        }
        if (bench.isPresent() || language.isRead()) {
            text.append("\n## Checks\n\n");
            bench.ifPresent(run -> item(text, run.command()));
            if (language.isRead()) {
                item(text, "gatewright verify --model " + model + " --against " + file);
            }
        }
        return text.toString();
    }

    private static void item(StringBuilder text, String content) {
        text.append("- ").append(code(content)).append('\n');
    }

    /** Text that Markdown leaves as it is. */
    private static String code(String content) {
        return content.contains("`") ? "`` " + content.replace("``", "` `") + " ``" : "`" + content + "`";
    }
}
