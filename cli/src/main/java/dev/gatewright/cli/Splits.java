package dev.gatewright.cli;

import dev.gatewright.data.Split;
import dev.gatewright.encode.InputException;
import dev.gatewright.train.TrainOptions;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many splits of the training samples a trial is judged by, and how much each holds out. */
final class Splits {
    private static final int MOST = 10_000;

    @Option(
            names = "--splits",
            paramLabel = "N",
            description = "Judge a trial by the mean of N runs, each of which other training samples are kept from. For"
                    + " small sets, where one split says little.")
    private Integer count;

    @Option(
            names = "--hold-out",
            paramLabel = "FRACTION",
            description = "Training samples that each run of --splits is judged by. Default: 0.1.")
    private Double fraction;

    /** @throws InputException if one of the options is out of its range, or has no meaning */
    void check() {
        if (count != null && (count < 2 || count > MOST)) {
            throw new InputException("--splits is " + count + "; expected 2 to " + MOST);
        }
        if (fraction != null && count == null) {
            throw new InputException("--hold-out without --splits; expected both, or --validation");
        }
        if (fraction != null && !(fraction > 0 && fraction < 1)) {
            throw new InputException("--hold-out is " + fraction + "; expected a fraction above 0 and below 1");
        }
    }

    /** Whether trials are judged by splits at all. */
    boolean asked() {
        return count != null;
    }

    /** Runs of a trial. */
    int runs() {
        return count == null ? 1 : count;
    }

    /** Samples that each run is judged by, of {@code rows}. */
    int held(int rows) {
        return Split.held(rows, fraction());
    }

    /** What run {@code i} does not see; empty where trials are judged by validation samples. */
    Optional<HeldOut> heldOut(TrainOptions options, int i) {
        return asked() ? Optional.of(new HeldOut(fraction(), options.seedOfSplits() + i)) : Optional.empty();
    }

    private double fraction() {
        return fraction == null ? 0.1 : fraction;
    }
}
