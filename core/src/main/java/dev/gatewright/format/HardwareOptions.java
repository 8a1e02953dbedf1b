package dev.gatewright.format;

import dev.gatewright.circuit.Popcount;
import dev.gatewright.encode.InputException;

/**
 * What a user chooses of a hardware module.
 *
 * @param outputs the outputs as they are, without the read-out
 * @param levels of a pipeline's stage; 0 for a combinational module
 * @param valid whether the pipeline can be stalled, by ports {@code valid} and {@code ready}
 * @param popcount how true outputs are counted
 * @param thresholds whether the encoder is in the module, whose input is raw values then
 * @param kernels whether each kernel is a module of its own
 */
record HardwareOptions(
        boolean outputs, int levels, boolean valid, Popcount popcount, boolean thresholds, boolean kernels) {
    static final HardwareOptions DEFAULT = new HardwareOptions(false, 0, false, Popcount.ALL.getFirst(), false, false);
    /** What lists of formats say of them. */
    static final String ABOUT =
            "options outputs: gates only; levels=N: a pipeline, N levels a stage; valid: with valid and"
                    + " ready; popcount=chains, counters or adders;"
                    + " thresholds: with the encoder";

    private static final int MOST_LEVELS = 1_000_000;

    /**
     * What a user chose.
     *
     * @param levels where none are given
     * @throws InputException if an option is unknown or does not fit the others
     */
    static HardwareOptions of(String format, FormatOptions options, int levels) {
        HardwareOptions chosen = new HardwareOptions(
                options.flag("outputs"),
                options.number("levels", levels, 1, MOST_LEVELS),
                options.flag("valid"),
                options.choice("popcount", Popcount.ALL, Popcount::name),
                options.flag("thresholds"),
                false);
        options.end();
        if (chosen.valid && chosen.levels == 0) {
            throw new InputException("format " + format + ": valid is for pipelines, so levels=N was expected with it");
        }
        return chosen;
    }

    /** These options for a pipeline that can be stalled. */
    HardwareOptions withValid() {
        return new HardwareOptions(outputs, levels, true, popcount, thresholds, kernels);
    }

    /** These options without the read-out. */
    HardwareOptions withOutputs() {
        return new HardwareOptions(true, levels, valid, popcount, thresholds, kernels);
    }

    /**
     * These options with each kernel a module of its own, if it is wanted.
     *
     * @throws InputException if they ask for a pipeline
     */
    HardwareOptions withKernels(String format, boolean wanted) {
        if (wanted && levels > 0) {
            throw new InputException("format " + format
                    + ": kernels are for modules in one step, so no levels=N was expected with them");
        }
        return new HardwareOptions(outputs, levels, valid, popcount, thresholds, wanted);
    }
}
