package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Levels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What every file says of itself at its beginning: widths, order, meaning, encoder, labels and where it comes from. */
public final class Header {
    private Header() {}

    /**
     * Writes the header as comments of one line: the {@linkplain #sentences sentences}, then what every input bit tests.
     *
     * @param comment what a line of comment starts with, such as {@code "// "}
     * @param written the design's name as the file has it
     * @param own what else the file says: sentences, those that are empty left out
     */
    public static void write(TextOut out, String comment, Design design, String written, String... own)
            throws IOException {
        for (String sentence : sentences(design, written, own)) {
            out.text(comment).text(sentence).line();
        }
        for (int bit = 0; bit < design.circuit().inputs(); bit++) {
            out.text(comment).text(bit(design, bit)).line();
        }
    }

    /** What an input bit tests. */
    static String bit(Design design, int bit) {
        return "x[" + bit + "]: " + Names.quoted(design.encoder().describe(bit));
    }

    /** Everything but what the input bits test, a sentence a line; the rest as in {@link #write}. */
    static List<String> sentences(Design design, String written, String... own) {
        Circuit circuit = design.circuit();
        List<String> all = new ArrayList<>();
        all.add("A circuit of logic gates, written by Gatewright.");
        all.add("name: " + Names.quoted(design.name())
                + (written.equals(design.name()) ? "" : ", renamed " + written + " to be legal here"));
        all.add("circuit: " + circuit.inputs() + " inputs, " + circuit.gates() + " gates, depth "
                + Levels.of(circuit).depth() + ", " + circuit.outputs() + " outputs");
        all.add("inputs: x[0] to x[" + (circuit.inputs() - 1) + "], single bits; x[i] is bit i of the encoder, below");
        all.add("outputs: y[0] to y[" + (circuit.outputs() - 1) + "], single bits");
        Stream.of(own).filter(sentence -> !sentence.isEmpty()).forEach(all::add);
        all.addAll(score(design));
        all.add("predicts: " + Names.quoted(design.target()));
        for (int label = 0; label < design.labels().size(); label++) {
            all.add("class " + label + ": " + Names.quoted(design.labels().get(label)));
        }
        design.facts().forEach((fact, value) -> all.add(Names.quoted(fact) + ": " + Names.quoted(value)));
        all.add("encoder: " + design.encoder().summary().replace('×', 'x'));
        all.add("(a missing number makes all its comparisons false, a missing or unseen category all its equalities)");
        return all;
    }

    private static List<String> score(Design design) {
        return switch (design.score()) {
            case Design.Score.Votes votes -> {
                int size = design.circuit().outputs() / votes.classes();
                yield List.of(
                        "read-out: " + votes.classes() + " classes of " + size + " outputs each; class c has y[" + size
                                + "*c] to y[" + size + "*c+" + (size - 1) + "]",
                        "  its score is the number of its true outputs, unsigned, divided by tau = " + votes.tau()
                                + "; the largest wins, the lowest class at a tie");
            }
            case Design.Score.Tally number ->
                List.of("read-out: the number " + number.offset() + " + " + number.scale()
                        + " * (number of true outputs, unsigned)");
            case Design.Score.Bits ignored -> List.of("read-out: the outputs as they are");
        };
    }
}
