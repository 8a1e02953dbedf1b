package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Popcount;
import dev.gatewright.circuit.Tournament;
import dev.gatewright.format.HardwareWalk.Bit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The read-out of a hardware module: the count of each class, and comparisons in which the lower class wins a tie. */
record HardwareVotes(HardwareWalk walk, HardwareNumbers numbers, Design design, Circuit circuit, Popcount popcount) {
    /** All signals, and what drives the ports. */
    void write() throws IOException {
        try {
            List<List<Bit>> counts = counts();
            boolean predicts = design.score() instanceof Design.Score.Votes;
            List<Bit> index = predicts ? Tournament.winner(counts, numbers) : List.of();
            walk.driveBits("counts", counts.stream().flatMap(List::stream).toList());
            if (predicts) {
                walk.driveBits("prediction", index);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<List<Bit>> counts() {
        int size = circuit.outputs() / design.groups();
        List<List<Bit>> counts = new ArrayList<>();
        for (int group = 0; group < design.groups(); group++) {
            List<Bit> bits = new ArrayList<>(size);
            for (int i = group * size; i < (group + 1) * size; i++) {
                bits.add(new Bit(circuit.output(i), -1));
            }
            counts.add(popcount.of(bits, numbers));
        }
        return counts;
    }
}
