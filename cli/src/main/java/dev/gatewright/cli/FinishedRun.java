package dev.gatewright.cli;

import dev.gatewright.model.FormatException;
import dev.gatewright.model.Json;
import dev.gatewright.train.Learned;
import dev.gatewright.train.TrainReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one run of a search came to.
 *
 * @param accuracy hard, on the samples held out, of a run without such on the validation samples; NaN where the run failed
 * @param softAccuracy of the relaxed network on the validation samples, the training samples where there are none
 * @param gates of the circuit after optimisation
 * @param failure why there is no accuracy
 */
record FinishedRun(
        Key key,
        double accuracy,
        double softAccuracy,
        int bestEpoch,
        int gatesLearned,
        int gates,
        double seconds,
        Optional<String> failure) {
    private static final String HELD_OUT = "held_out";

    /**
     * What determines a run.
     *
     * @param dataSha256 of the data's files
     * @param arguments of the run
     * @param heldOut training samples that it did not see
     */
    record Key(String dataSha256, List<String> arguments, Optional<HeldOut> heldOut) {}

    static FinishedRun of(Key key, Learned learned) {
        return of(key, learned, learned.report().validationAccuracy());
    }

    static FinishedRun of(Key key, Learned learned, double accuracy) {
        TrainReport report = learned.report();
        return new FinishedRun(
                key,
                accuracy,
                report.softAccuracy(),
                report.bestEpoch(),
                report.gatesLearned(),
                Math.toIntExact(learned.model().form().unrolledGates()),
                report.seconds(),
                Optional.empty());
    }

    static FinishedRun failed(Key key, String why) {
        return new FinishedRun(key, Double.NaN, Double.NaN, 0, 0, 0, 0, Optional.of(why));
    }

    /** The figures by their names in {@code --json}. */
    Map<String, Object> figures() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("validation_accuracy", accuracy);
        json.put("soft_accuracy", softAccuracy);
        json.put("best_epoch", bestEpoch);
        json.put("gates_learned", gatesLearned);
        json.put("gates", gates);
        json.put("seconds", seconds);
        failure.ifPresent(why -> json.put("failure", why));
        return json;
    }

    /** One line of a file of results. */
    String line() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data_sha256", key.dataSha256());
        json.put("arguments", key.arguments());
        key.heldOut().ifPresent(part -> json.put(HELD_OUT, Map.of("fraction", part.fraction(), "seed", part.seed())));
        json.putAll(figures());
        return Json.write(json);
    }

    /** @throws FormatException if {@code line} is not what {@link #line} writes */
    static FinishedRun parse(String line) throws FormatException {
        if (!(Json.parse(line) instanceof Map<?, ?> json)
                || !(json.get("data_sha256") instanceof String sha256)
                || !(json.get("arguments") instanceof List<?> arguments)) {
            throw new FormatException("expected a finished run with its data_sha256 and arguments");
        }
        return new FinishedRun(
                new Key(sha256, arguments.stream().map(String::valueOf).toList(), heldOut(json)),
                number(json, "validation_accuracy"),
                number(json, "soft_accuracy"),
                (int) number(json, "best_epoch"),
                (int) number(json, "gates_learned"),
                (int) number(json, "gates"),
                number(json, "seconds"),
                Optional.ofNullable(json.get("failure")).map(String::valueOf));
    }

    private static Optional<HeldOut> heldOut(Map<?, ?> json) throws FormatException {
        return switch (json.get(HELD_OUT)) {
            case null -> Optional.empty();
            case Map<?, ?> part -> Optional.of(new HeldOut(number(part, "fraction"), (long) number(part, "seed")));
            default -> throw new FormatException("expected a fraction and a seed as " + HELD_OUT);
        };
    }

    private static double number(Map<?, ?> json, String key) throws FormatException {
        return switch (json.get(key)) {
            case Number number -> number.doubleValue();
            case null -> Double.NaN;
            default -> throw new FormatException("expected a number as " + key);
        };
    }
}
