package dev.gatewright.cli;

import dev.gatewright.train.EpochReport;
import dev.gatewright.train.StepReport;
import dev.gatewright.train.TrainListener;
import dev.gatewright.train.Trial;
import java.util.Locale;

/** Shows how training goes: a bar that is redrawn on a terminal, a plain line now and then elsewhere. */
final class Progress implements TrainListener, AutoCloseable {
    private static final long PLAIN_LINE = 2_000_000_000L;

    private final Session session;
    private final boolean quiet;
    private final StatusLine line;
    private long lastLine;
    private String scores = "";

    Progress(Session session, boolean quiet) {
        this.session = session;
        this.quiet = quiet;
        this.line = new StatusLine(session, quiet);
    }

    @Override
    public boolean cancelled() {
        return session.interrupted().getAsBoolean();
    }

    @Override
    public void tried(Trial trial) {
        line.clear();
        if (!quiet) {
            session.err()
                    .printf(
                            Locale.ROOT,
                            "tried %d of %d: %s: %.4f of the validation samples after %d epochs%n",
                            trial.number(),
                            trial.trials(),
                            trial.network(),
                            trial.validationAccuracy(),
                            trial.epochs());
        }
    }

    @Override
    public void step(StepReport report) {
        if (!line.due()) {
            return;
        }
        double done = report.allSamples() == 0 ? 1 : (double) report.samples() / report.allSamples();
        double left = (report.allSamples() - report.samples()) / report.samplesPerSecond();
        line.draw(String.format(
                Locale.ROOT,
                "%s %3.0f %%  epoch %d/%d  %s samples/s  %s left%s",
                StatusLine.bar(done),
                done * 100,
                report.epoch(),
                report.epochs(),
                Text.rate(report.samplesPerSecond()),
                Text.seconds(left),
                scores));
    }

    @Override
    public void epoch(EpochReport report) {
        scores = String.format(
                Locale.ROOT,
                "  loss %.4f  hard %.4f  soft %.4f",
                report.loss(),
                report.hardAccuracy(),
                report.softAccuracy());
        long now = System.nanoTime();
        boolean last = report.epoch() == report.epochs();
        if (quiet || session.terminal() || (!last && lastLine != 0 && now - lastLine < PLAIN_LINE)) {
            return;
        }
        lastLine = now;
        session.err()
                .println("epoch " + report.epoch() + "/" + report.epochs() + scores + "  "
                        + Health.undecided(report.diagnosis()) + "  "
                        + Text.rate(report.samplesPerSecond()) + " samples/s  " + Text.seconds(report.secondsLeft())
                        + " left");
    }

    /** Clears the bar away. */
    @Override
    public void close() {
        line.clear();
    }
}
