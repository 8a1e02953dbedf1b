package dev.gatewright.shrink;

import dev.gatewright.encode.InputException;
import java.util.OptionalInt;

/**
 * How far to shrink a circuit.
 *
 * @param tolerance by how much accuracy on the judging samples may fall, such as 0.001 for a tenth of a point
 * @param gates to shrink to, whatever the accuracy; empty to stop by the tolerance
 * @param share part of the gates that a round may leave out
 * @param tune whether tables are also changed, entry by entry, where that lowers the loss
 * @param threads that share the work; the result does not depend on them
 */
public record ShrinkOptions(double tolerance, OptionalInt gates, double share, boolean tune, int threads) {
    public static final ShrinkOptions DEFAULT = new ShrinkOptions(
            0.001, OptionalInt.empty(), 0.05, true, Runtime.getRuntime().availableProcessors());

    /** @throws InputException if an option is out of its range */
    public ShrinkOptions {
        require(tolerance >= 0 && tolerance < 1, "--tolerance", tolerance, "a part of at least 0 and below 1");
        require(gates.orElse(1) >= 1, "--gates", gates.orElse(0), "at least 1");
        require(share > 0 && share <= 0.5, "--share", share, "a part above 0, at most 0.5");
        require(threads >= 1 && threads <= 4096, "--threads", threads, "1 to 4096");
    }

    private static void require(boolean holds, String option, Number found, String expected) {
        if (!holds) {
            throw new InputException(option + " is " + found + "; expected " + expected);
        }
    }

    public ShrinkOptions withTolerance(double value) {
        return new ShrinkOptions(value, gates, share, tune, threads);
    }

    public ShrinkOptions withGates(int value) {
        return new ShrinkOptions(tolerance, OptionalInt.of(value), share, tune, threads);
    }

    public ShrinkOptions withShare(double value) {
        return new ShrinkOptions(tolerance, gates, value, tune, threads);
    }

    public ShrinkOptions withTune(boolean value) {
        return new ShrinkOptions(tolerance, gates, share, value, threads);
    }

    public ShrinkOptions withThreads(int value) {
        return new ShrinkOptions(tolerance, gates, share, tune, value);
    }
}
