package dev.gatewright.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Shares numbered tasks out over threads. */
final class Team {
    /** One task; {@code worker} numbers the thread. */
    @FunctionalInterface
    interface Task {
        void run(int worker, int task);
    }

    private Team() {}

    /** Runs tasks 0 to {@code tasks − 1}, each once, on whichever of {@code threads} threads is free. */
    static void share(int threads, int tasks, Task task) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int worker = i;
                running.add(pool.submit(() -> {
                    for (int at = next.getAndIncrement(); at < tasks; at = next.getAndIncrement()) {
                        task.run(worker, at);
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a thread failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
