package dev.gatewright.model;

import dev.gatewright.engine.Engine;
import java.util.Objects;

/**
 * How a {@link Predictor} runs.
 *
 * @param engine what runs the circuit
 * @param threads how many threads share a batch, the caller's among them, at least 1; predictions are the same for any
 *     number
 */
public record PredictOptions(Engine engine, int threads) {
    public PredictOptions {
        Objects.requireNonNull(engine);
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; expected at least 1");
        }
    }

    /** The engine with the fastest runs that this machine has, and the caller's thread alone. */
    public static PredictOptions defaults() {
        return new PredictOptions(Engine.best(), 1);
    }

    public PredictOptions withEngine(Engine other) {
        return new PredictOptions(other, threads);
    }

    public PredictOptions withThreads(int count) {
        return new PredictOptions(engine, count);
    }
}
