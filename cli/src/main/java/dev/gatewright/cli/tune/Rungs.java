package dev.gatewright.cli.tune;

import dev.gatewright.encode.InputException;
import java.util.OptionalInt;

/**
 * Successive halving by thirds: on each rung the best third of the trials goes on with three times the epochs, on the
 * last one with all of them (Jamieson and Talwalkar, 2016, η = 3).
 *
 * @param count rungs, 1 for plain random search
 */
public record Rungs(int count) {
    private static final int ETA = 3;
    private static final int USUAL = 3;

    /**
     * As many rungs as were asked for; else three, fewer where trials or epochs do not suffice.
     *
     * @param epochs of the trial with the fewest
     * @throws InputException if more were asked for than trials or epochs suffice for
     */
    public static Rungs of(OptionalInt asked, int trials, int epochs) {
        int most = 1;
        for (int times = ETA; times <= Math.min(trials, epochs); times = Math.multiplyExact(times, ETA)) {
            most++;
            if (times > Integer.MAX_VALUE / ETA) {
                break;
            }
        }
        int wanted = asked.orElse(Math.min(USUAL, most));
        if (wanted < 1 || wanted > most) {
            throw new InputException("--rungs is " + wanted + "; expected 1 to " + most + " for " + trials
                    + " trials of " + epochs + " epochs, of which each rung divides both by three");
        }
        return new Rungs(wanted);
    }

    /** Epochs on {@code rung}, counted from 0, of a trial that has {@code all} on the last one. */
    public int epochs(int all, int rung) {
        return (int) Math.max(1, Math.round(all / Math.pow(ETA, count - 1 - rung)));
    }

    /** Trials on the rung after one with {@code trials}. */
    public int next(int trials) {
        return Math.max(1, trials / ETA);
    }
}
