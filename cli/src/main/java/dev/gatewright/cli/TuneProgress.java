package dev.gatewright.cli;

import dev.gatewright.train.StepReport;
import dev.gatewright.train.TrainListener;
import java.util.Locale;

/** Shows how a search goes: a line a run, and on a terminal a bar of the whole below. */
final class TuneProgress implements TrainListener, AutoCloseable {

    private final Session session;
    private final boolean quiet;
    private final StatusLine line;
    private final int runs;
    private final double epochs;
    private final long start = System.nanoTime();
    private int run;
    private double doneEpochs;
    private double trainedEpochs;
    private double best = Double.NEGATIVE_INFINITY;

    /** Of a search of so many runs and, all in all, so many epochs. */
    TuneProgress(Session session, boolean quiet, int runs, double epochs) {
        this.session = session;
        this.quiet = quiet;
        this.line = new StatusLine(session, quiet);
        this.runs = runs;
        this.epochs = epochs;
    }

    @Override
    public boolean cancelled() {
        return session.interrupted().getAsBoolean();
    }

    @Override
    public void step(StepReport report) {
        if (!line.due()) {
            return;
        }
        double current = (double) report.samples() / Math.max(1, report.allSamples()) * report.epochs();
        line.draw(String.format(
                Locale.ROOT,
                "%s run %d/%d  epoch %d/%d  %s samples/s  %s left",
                StatusLine.bar((doneEpochs + current) / epochs),
                run + 1,
                runs,
                report.epoch(),
                report.epochs(),
                Text.rate(report.samplesPerSecond()),
                left(current)));
    }

    private String left(double current) {
        double rate = (trainedEpochs + current) / ((System.nanoTime() - start) / 1e9);
        return rate > 0 ? Text.seconds(Math.max(0, epochs - doneEpochs - current) / rate) : "?";
    }

    /** A network is trained; {@code kept} says that it had been before. */
    void trained(int runEpochs, boolean kept) {
        doneEpochs += runEpochs;
        trainedEpochs += kept ? 0 : runEpochs;
    }

    /** A run, of one network or of one for each split, is done; {@code kept} says that all of it had been before. */
    void finished(Trial trial, int runEpochs, Outcome result, boolean kept) {
        run++;
        best = result.failure().isPresent() ? best : Math.max(best, result.accuracy());
        if (quiet) {
            return;
        }
        close();
        String outcome = result.failure()
                .orElseGet(() -> String.format(Locale.ROOT, "hard %.4f  best %.4f", result.accuracy(), best));
        double rate = trainedEpochs / ((System.nanoTime() - start) / 1e9);
        session.err()
                .println("run " + run + "/" + runs + "  " + trial + "  epochs " + runEpochs + "  " + outcome + "  "
                        + (kept ? "done before" : Text.rate(rate) + " epochs/s") + "  " + left(0) + " left");
    }

    /** Clears the bar away. */
    @Override
    public void close() {
        line.clear();
    }
}
