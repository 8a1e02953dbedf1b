package dev.gatewright.cli;

import java.io.PrintStream;

/** A line on a terminal that is drawn over and over, a few times a second; none elsewhere. */
final class StatusLine {
    private static final int BAR = 30;
    private static final long REDRAW = 200_000_000L;

    private final PrintStream err;
    private final boolean shown;
    private long lastDrawn = System.nanoTime();
    private int drawn;

    StatusLine(Session session, boolean quiet) {
        this.err = session.err();
        this.shown = !quiet && session.terminal();
    }

    /** Whether it is time to draw; the next time is a while after that. */
    boolean due() {
        long now = System.nanoTime();
        if (!shown || now - lastDrawn < REDRAW) {
            return false;
        }
        lastDrawn = now;
        return true;
    }

    /** A bar of which {@code done}, from 0 to 1, is filled. */
    static String bar(double done) {
        int filled = (int) Math.clamp(done * BAR, 0, BAR);
        return "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "]";
    }

    void draw(String line) {
        err.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
        err.flush();
        drawn = line.length();
    }

    /** Clears the line away. */
    void clear() {
        if (drawn > 0) {
            err.print("\r" + " ".repeat(drawn) + "\r");
            err.flush();
            drawn = 0;
        }
    }
}
