package dev.gatewright.format;

import dev.gatewright.circuit.Votes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The read-out of a hardware module: balanced trees of adders, one a class, and a balanced tree of comparators in which the
 * lower class wins a tie.
 */
final class HardwareVotes {
    /** A number of the module, and the largest value that it can have. */
    private record Sum(int signal, int most) {}

    /** A class, or the better of two, in the tree of comparators. */
    private record Best(int value, int index) {}

    private final HardwareWalk walk;
    private final Design design;
    private final int classes;
    private final int indexWidth;
    private int named;

    HardwareVotes(HardwareWalk walk, Design design) {
        this.walk = walk;
        this.design = design;
        classes = design.groups();
        indexWidth = Votes.width(classes - 1);
    }

    /** All signals, and what drives the ports. */
    void write() throws IOException {
        int size = design.circuit().outputs() / classes;
        List<Integer> counts = new ArrayList<>();
        for (int group = 0; group < classes; group++) {
            counts.add(count(group * size, size));
        }
        int index = design.score() instanceof Design.Score.Votes ? largest(counts) : -1;
        walk.drive("counts", counts);
        if (index >= 0) {
            walk.drive("prediction", List.of(index));
        }
    }

    private int count(int from, int size) throws IOException {
        if (size == 1) {
            return walk.widened("s" + named++, design.circuit().output(from));
        }
        List<Sum> sums = new ArrayList<>();
        for (int i = from; i < from + size; i++) {
            sums.add(new Sum(design.circuit().output(i), 1));
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
        return sums.getFirst().signal();
    }

    private Sum add(Sum a, Sum b) throws IOException {
        int most = a.most + b.most;
        return new Sum(walk.add("s" + named++, Votes.width(most), a.signal, b.signal), most);
    }

    private int largest(List<Integer> counts) throws IOException {
        List<Best> best = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            best.add(new Best(counts.get(i), walk.number(i, indexWidth)));
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
        int number = named++;
        int more = walk.greater("m" + number, high.value, low.value);
        return new Best(
                walk.choose("v" + number, more, high.value, low.value),
                walk.choose("i" + number, more, high.index, low.index));
    }
}
