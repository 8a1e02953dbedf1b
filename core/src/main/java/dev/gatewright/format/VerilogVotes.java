package dev.gatewright.format;

import dev.gatewright.circuit.Votes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The read-out in Verilog: balanced trees of adders, one a class, and a balanced tree of comparators in which the lower
 * class wins a tie.
 */
final class VerilogVotes {
    /** A number of the file: its name, its width in bits, and the largest value that it can have. */
    private record Sum(String name, int width, int most) {}

    /** A class, or the better of two, in the tree of comparators. */
    private record Best(String value, String index) {}

    private final TextOut out;
    private final Design design;
    private final int classes;
    private final int width;
    private final int indexWidth;
    private int signals;

    VerilogVotes(TextOut out, Design design) {
        this.out = out;
        this.design = design;
        classes = design.groups();
        width = Votes.width(design.circuit().outputs() / classes);
        indexWidth = Votes.width(classes - 1);
    }

    /** The sentence of the header. */
    static String ports(Design design) {
        int classes = design.groups();
        int width = Votes.width(design.circuit().outputs() / classes);
        return switch (design.score()) {
            case Design.Score.Tally ignored ->
                "ports: x; counts, the number of true outputs, " + width + " bits, unsigned";
            default ->
                "ports: x; counts, " + classes + " numbers of " + width
                        + " bits, unsigned, class 0 in the lowest bits; prediction, the index of the class, "
                        + Votes.width(classes - 1) + " bits, unsigned";
        };
    }

    /** The output ports. */
    void declare() throws IOException {
        out.text("    output wire [" + (classes * width - 1) + ":0] counts");
        out.text(predicts() ? ",\n    output wire [" + (indexWidth - 1) + ":0] prediction\n);\n" : "\n);\n");
    }

    /** What drives them. */
    void write() throws IOException {
        int size = design.circuit().outputs() / classes;
        List<String> counts = new ArrayList<>();
        for (int group = 0; group < classes; group++) {
            counts.add(count(group * size, size));
        }
        out.text("assign counts = {").text(String.join(", ", counts.reversed())).text("};\n");
        if (predicts()) {
            String index = largest(counts);
            out.text("assign prediction = ").text(index).text(";\n");
        }
    }

    private boolean predicts() {
        return design.score() instanceof Design.Score.Votes;
    }

    private String count(int from, int size) throws IOException {
        List<Sum> sums = new ArrayList<>();
        for (int i = from; i < from + size; i++) {
            sums.add(new Sum(Verilog.wire(design.circuit(), i), 1, 1));
        }
        while (sums.size() > 1) {
            List<Sum> next = new ArrayList<>();
            for (int i = 0; i + 1 < sums.size(); i += 2) {
                next.add(add(sums.get(i), sums.get(i + 1)));
            }
            if (sums.size() % 2 == 1) {
                next.add(sums.getLast());
            }
            sums = next;
        }
        return sums.getFirst().name();
    }

    private Sum add(Sum a, Sum b) throws IOException {
        Sum sum = new Sum("s" + signals++, Votes.width(a.most + b.most), a.most + b.most);
        wire(sum.width, sum.name);
        out.text(padded(a, sum.width)).text(" + ").text(padded(b, sum.width)).text(";\n");
        return sum;
    }

    /** Operands as wide as the result, so that no tool has to guess. */
    private static String padded(Sum sum, int width) {
        int missing = width - sum.width;
        return missing == 0 ? sum.name : "{" + missing + "'d0, " + sum.name + "}";
    }

    private String largest(List<String> counts) throws IOException {
        List<Best> best = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            best.add(new Best(counts.get(i), indexWidth + "'d" + i));
        }
        while (best.size() > 1) {
            List<Best> next = new ArrayList<>();
            for (int i = 0; i + 1 < best.size(); i += 2) {
                next.add(better(best.get(i), best.get(i + 1)));
            }
            if (best.size() % 2 == 1) {
                next.add(best.getLast());
            }
            best = next;
        }
        return best.getFirst().index();
    }

    private Best better(Best low, Best high) throws IOException {
        int number = signals++;
        String more = "m" + number;
        Best best = new Best("v" + number, "i" + number);
        out.text("wire ")
                .text(more)
                .text(" = ")
                .text(high.value)
                .text(" > ")
                .text(low.value)
                .text(";\n");
        wire(width, best.value);
        out.text(more + " ? " + high.value + " : " + low.value + ";\n");
        wire(indexWidth, best.index);
        out.text(more + " ? " + high.index + " : " + low.index + ";\n");
        return best;
    }

    private void wire(int bits, String signal) throws IOException {
        out.text("wire [").number(bits - 1).text(":0] ").text(signal).text(" = ");
    }
}
