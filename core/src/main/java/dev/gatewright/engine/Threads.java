package dev.gatewright.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/** Shares work out over threads that live as long as the work. */
final class Threads {
    private Threads() {}

    /**
     * Hands every index below {@code count} to {@code work} once, each of at most {@code threads} threads with memory
     * of its own.
     *
     * @throws IllegalArgumentException if {@code threads} is below 1
     */
    static <M> void share(int threads, int count, Supplier<M> memory, ObjIntConsumer<M> work) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; expected at least 1");
        }
        AtomicInteger next = new AtomicInteger();
        run(Math.min(threads, Math.max(count, 1)), thread -> {
            M own = memory.get();
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                work.accept(own, i);
            }
        });
    }

    /**
     * Calls {@code work} with each number below {@code threads}, at the same time; 0 on the calling thread.
     *
     * @throws IllegalStateException if another thread failed
     */
    static void run(int threads, IntConsumer work) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            int number = i;
            helpers.add(Thread.ofPlatform()
                    .name("gatewright-engine-" + i)
                    .daemon()
                    .uncaughtExceptionHandler((thread, thrown) -> failure.compareAndSet(null, thrown))
                    .start(() -> work.accept(number)));
        }
        work.accept(0);
        helpers.forEach(Threads::join);
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
