package dev.gatewright.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/** Shares the blocks of a batch out over threads. */
final class Blocks {
    private Blocks() {}

    /**
     * Hands every index below {@code count} to {@code work} once, each thread with memory of its own.
     *
     * @throws IllegalArgumentException if {@code threads} is below 1
     */
    static void run(int threads, int count, Supplier<Block> memory, ObjIntConsumer<Block> work) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; expected at least 1");
        }
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable loop = () -> {
            Block block = memory.get();
            for (int i = next.getAndIncrement(); i < count && failure.get() == null; i = next.getAndIncrement()) {
                work.accept(block, i);
            }
        };
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, count); i++) {
            helpers.add(Thread.ofPlatform()
                    .name("gatewright-engine-" + i)
                    .daemon()
                    .uncaughtExceptionHandler((thread, thrown) -> failure.compareAndSet(null, thrown))
                    .start(loop));
        }
        if (count > 0) {
            loop.run();
        }
        helpers.forEach(Blocks::join);
        if (failure.get() != null) {
            throw new IllegalStateException("an engine thread failed: " + failure.get(), failure.get());
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException signal) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
