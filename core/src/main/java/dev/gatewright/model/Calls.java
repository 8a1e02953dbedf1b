package dev.gatewright.model;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls under way, so that what they use is released when the last of them has returned. */
final class Calls {
    /** Added to the number of calls. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger running = new AtomicInteger();
    private final Runnable release;

    /** @param release called at least once after closing, when no call runs; more than once does no harm */
    Calls(Runnable release) {
        this.release = release;
    }

    /** @throws IllegalStateException if closed */
    void enter() {
        if (running.incrementAndGet() < 0) {
            leave();
            throw new IllegalStateException("this predictor is closed");
        }
    }

    void leave() {
        if (running.decrementAndGet() == CLOSED) {
            release.run();
        }
    }

    void close() {
        if (running.getAndUpdate(count -> count | CLOSED) == 0) {
            release.run();
        }
    }
}
