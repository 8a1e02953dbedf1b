package dev.gatewright.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@link TrainingSpeed} measures.
 *
 * @param seconds of one measurement, after a warm-up of a third of that
 * @param busy whether rounds on a busy machine count
 */
record SpeedOptions(
        int rounds, double seconds, int batch, int threads, int width, int layers, boolean busy, Optional<Path> json) {
    static final SpeedOptions DEFAULT = new SpeedOptions(5, 3, 128, 2, 8000, 6, false, Optional.empty());

    /** @throws IllegalArgumentException for an option it does not know */
    static SpeedOptions parse(String[] args) {
        SpeedOptions options = DEFAULT;
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException("option " + args[args.length - 1] + " has no value");
        }
        for (int i = 0; i < args.length; i += 2) {
            options = options.with(args[i], args[i + 1]);
        }
        return options;
    }

    private SpeedOptions with(String name, String value) {
        return switch (name) {
            case "--rounds" ->
                new SpeedOptions(Integer.parseInt(value), seconds, batch, threads, width, layers, busy, json);
            case "--seconds" ->
                new SpeedOptions(rounds, Double.parseDouble(value), batch, threads, width, layers, busy, json);
            case "--batch" ->
                new SpeedOptions(rounds, seconds, Integer.parseInt(value), threads, width, layers, busy, json);
            case "--threads" ->
                new SpeedOptions(rounds, seconds, batch, Integer.parseInt(value), width, layers, busy, json);
            case "--width" ->
                new SpeedOptions(rounds, seconds, batch, threads, Integer.parseInt(value), layers, busy, json);
            case "--layers" ->
                new SpeedOptions(rounds, seconds, batch, threads, width, Integer.parseInt(value), busy, json);
            case "--busy" ->
                new SpeedOptions(rounds, seconds, batch, threads, width, layers, Boolean.parseBoolean(value), json);
            case "--json" ->
                new SpeedOptions(rounds, seconds, batch, threads, width, layers, busy, Optional.of(Path.of(value)));
            default ->
                throw new IllegalArgumentException("unknown option " + name
                        + "; expected --rounds, --seconds, --batch, --threads, --width, --layers, --busy or --json");
        };
    }
}
