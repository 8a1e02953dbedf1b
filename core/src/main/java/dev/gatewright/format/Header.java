package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Levels;
import java.io.IOException;
import java.util.Map;

/** What every file says of itself at its beginning: widths, order, meaning, encoder, labels and where it comes from. */
public final class Header {
    private Header() {}

    /**
     * Writes the header as comments of one line.
     *
     * @param comment what a line of comment starts with, such as {@code "// "}
     * @param written the design's name as the file has it
     * @param own what else the file says: sentences, those that are empty left out
     */
    public static void write(TextOut out, String comment, Design design, String written, String... own)
            throws IOException {
        Circuit circuit = design.circuit();
        line(out, comment, "A circuit of logic gates, written by Gatewright.");
        line(
                out,
                comment,
                "name: " + Names.quoted(design.name())
                        + (written.equals(design.name()) ? "" : ", renamed " + written + " to be legal here"));
        line(
                out,
                comment,
                "circuit: " + circuit.inputs() + " inputs, " + circuit.gates() + " gates, depth "
                        + Levels.of(circuit).depth() + ", " + circuit.outputs() + " outputs");
        line(
                out,
                comment,
                "inputs: x[0] to x[" + (circuit.inputs() - 1) + "], single bits; x[i] is bit i of the encoder, below");
        line(out, comment, "outputs: y[0] to y[" + (circuit.outputs() - 1) + "], single bits");
        for (String sentence : own) {
            if (!sentence.isEmpty()) {
                line(out, comment, sentence);
            }
        }
        score(out, comment, design);
        line(out, comment, "predicts: " + Names.quoted(design.target()));
        for (int label = 0; label < design.labels().size(); label++) {
            line(
                    out,
                    comment,
                    "class " + label + ": " + Names.quoted(design.labels().get(label)));
        }
        for (Map.Entry<String, String> fact : design.facts().entrySet()) {
            line(out, comment, Names.quoted(fact.getKey()) + ": " + Names.quoted(fact.getValue()));
        }
        line(out, comment, "encoder: " + design.encoder().summary().replace('×', 'x'));
        line(
                out,
                comment,
                "(a missing number makes all its comparisons false, a missing or unseen category all its equalities)");
        for (int bit = 0; bit < circuit.inputs(); bit++) {
            out.text(comment).text("x[").number(bit).text("]: ");
            out.text(Names.quoted(design.encoder().describe(bit))).line();
        }
    }

    private static void score(TextOut out, String comment, Design design) throws IOException {
        switch (design.score()) {
            case Design.Score.Votes votes -> {
                int size = design.circuit().outputs() / votes.classes();
                line(
                        out,
                        comment,
                        "read-out: " + votes.classes() + " classes of " + size + " outputs each; class c has y[" + size
                                + "*c] to y[" + size + "*c+" + (size - 1) + "]");
                line(
                        out,
                        comment,
                        "  its score is the number of its true outputs, unsigned, divided by tau = " + votes.tau()
                                + "; the largest wins, the lowest class at a tie");
            }
            case Design.Score.Tally number ->
                line(
                        out,
                        comment,
                        "read-out: the number " + number.offset() + " + " + number.scale()
                                + " * (number of true outputs, unsigned)");
            case Design.Score.Bits ignored -> line(out, comment, "read-out: the outputs as they are");
        }
    }

    private static void line(TextOut out, String comment, String text) throws IOException {
        out.text(comment).text(text).line();
    }
}
