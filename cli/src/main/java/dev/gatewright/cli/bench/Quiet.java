package dev.gatewright.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the machine is ours to measure on. Threads of others flatter whoever waits less for his own: PyTorch's
 * threads meet after every operation and lose far more to a busy machine than our kernels do.
 */
public final class Quiet {
    /** Below this share of the processors a measurement is not believed. */
    public static final double ENOUGH = 0.95;

    private static final long SPIN_NANOS = 150_000_000;

    private Quiet() {}

    /** The share of time that {@code threads} busy threads get on a processor, 0 to 1. */
    public static double share(int threads) {
        ThreadMXBean clocks = ManagementFactory.getThreadMXBean();
        AtomicLong spent = new AtomicLong();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(Thread.ofPlatform().start(() -> {
                long end = System.nanoTime() + SPIN_NANOS;
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
                spent.addAndGet(clocks.getCurrentThreadCpuTime());
            }));
        }
        for (Thread thread : running) {
            join(thread);
        }
        return Math.min(1, spent.get() / (double) (threads * SPIN_NANOS));
    }

    /** Waits for a thread; being interrupted ends the measurement. */
    public static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }
}
