package dev.gatewright.model;

import dev.gatewright.engine.Executable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/**
 * Threads that take samples through an executable, block by block, each with working memory of its own, which is kept
 * for the next call. Safe for use by several threads at once.
 */
final class Crew implements AutoCloseable {
    /** Workers kept beyond those that the threads of one call need, for calls at the same time. */
    private static final int SPARE = 64;

    private final Executable executable;
    private final Function<Executable, Worker> workers;
    private final int threads;
    private final ExecutorService helpers;
    private final AtomicReferenceArray<Worker> idle;
    private final int samples;

    /** @param workers makes working memory */
    Crew(Executable executable, int threads, Function<Executable, Worker> workers) {
        this.executable = executable;
        this.workers = workers;
        this.threads = threads;
        this.idle = new AtomicReferenceArray<>(threads + SPARE);
        Worker first = workers.apply(executable);
        this.samples = first.block().samples();
        give(first);
        this.helpers = threads == 1
                ? null
                : Executors.newFixedThreadPool(
                        threads - 1,
                        Thread.ofPlatform()
                                .daemon()
                                .name("gatewright-predict-", 1)
                                .factory());
    }

    Executable executable() {
        return executable;
    }

    /** Samples that all threads together take at once. */
    int samples() {
        return Math.multiplyExact(samples, threads);
    }

    /** An idle worker, or a new one. */
    Worker take() {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.getPlain(i) != null) {
                Worker worker = idle.getAndSet(i, null);
                if (worker != null) {
                    return worker;
                }
            }
        }
        return workers.apply(executable);
    }

    /** Keeps a worker for the next to take it, if there is room. */
    void give(Worker worker) {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.getPlain(i) == null && idle.compareAndSet(i, null, worker)) {
                return;
            }
        }
    }

    /**
     * Takes {@code rows} samples through the executable. On one thread, which is the caller's, nothing is allocated.
     */
    <S, T> void each(Worker.Feed<S> feed, S source, int rows, Worker.Sink<T> sink, T results) {
        int blocks = (int) ((rows + (long) samples - 1) / samples);
        if (threads == 1 || blocks == 1) {
            Worker worker = take();
            try {
                for (int block = 0; block < blocks; block++) {
                    one(worker, block, feed, source, rows, sink, results);
                }
            } finally {
                give(worker);
            }
        } else {
            share(blocks, feed, source, rows, sink, results);
        }
    }

    private <S, T> void one(
            Worker worker, int block, Worker.Feed<S> feed, S source, int rows, Worker.Sink<T> sink, T results) {
        int first = block * samples;
        int count = Math.min(samples, rows - first);
        feed.load(worker, source, first, count);
        worker.block().run();
        sink.take(worker, results, first, count);
    }

    private <S, T> void share(int blocks, Worker.Feed<S> feed, S source, int rows, Worker.Sink<T> sink, T results) {
        AtomicInteger next = new AtomicInteger();
        Runnable share = () -> {
            Worker worker = take();
            try {
                for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
                    one(worker, block, feed, source, rows, sink, results);
                }
            } finally {
                give(worker);
            }
        };
        List<Future<?>> others = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, blocks); i++) {
            others.add(helpers.submit(share));
        }
        try {
            share.run();
        } finally {
            others.forEach(Crew::await);
        }
        others.forEach(Crew::rethrow);
    }

    private static void await(Future<?> helper) {
        boolean interrupted = false;
        while (!helper.isDone()) {
            try {
                helper.get();
            } catch (InterruptedException signal) {
                interrupted = true;
            } catch (ExecutionException failed) {
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(Future<?> helper) {
        switch (helper.state() == Future.State.FAILED ? helper.exceptionNow() : null) {
            case null -> {}
            case RuntimeException refused -> throw refused;
            case Throwable failed -> throw new IllegalStateException("a prediction thread failed: " + failed, failed);
        }
    }

    /** Ends the use, when no call runs. */
    @Override
    public void close() {
        if (helpers != null) {
            helpers.shutdown();
        }
        executable.close();
    }
}
