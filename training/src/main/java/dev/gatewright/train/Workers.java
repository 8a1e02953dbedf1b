package dev.gatewright.train;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed team of threads that shares out numbered tasks; the caller is one of them. */
final class Workers implements AutoCloseable {
    /** One task; {@code worker} numbers the thread, so that it can have memory of its own. */
    @FunctionalInterface
    interface Task {
        void run(int worker, int task);
    }

    private final int threads;
    private final ExecutorService helpers;
    private final Future<?>[] running;

    Workers(int threads) {
        this.threads = threads;
        this.running = new Future<?>[threads - 1];
        this.helpers = threads == 1
                ? null
                : Executors.newFixedThreadPool(
                        threads - 1,
                        Thread.ofPlatform().daemon().name("training-", 1).factory());
    }

    int threads() {
        return threads;
    }

    /** Runs tasks 0 to {@code tasks − 1}, each once, on whichever thread is free; returns when all are done. */
    void run(int tasks, Task task) {
        AtomicInteger next = new AtomicInteger();
        for (int i = 0; i < running.length; i++) {
            int worker = i + 1;
            running[i] = helpers.submit(() -> drain(worker, tasks, next, task));
        }
        try {
            drain(0, tasks, next, task);
        } finally {
            for (Future<?> helper : running) {
                await(helper);
            }
        }
    }

    private static void drain(int worker, int tasks, AtomicInteger next, Task task) {
        for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
            task.run(worker, i);
        }
    }

    private static void await(Future<?> helper) {
        boolean interrupted = false;
        while (true) {
            try {
                helper.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a training thread failed", e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (helpers != null) {
            helpers.shutdown();
        }
    }
}
