package dev.gatewright.data;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How data are read.
 *
 * @param target the column to learn: its name, {@code first}, {@code last} or its number from 1
 * @param seed of the split into training and test rows
 * @param testFraction the part of the rows held for the test where there is no official one
 * @param header whether the first line of a CSV file names the columns; inferred where absent
 * @param types what columns are, by name, where it should not be inferred
 * @param task whether the target is classes or numbers; inferred where absent
 * @param warnings is told, in a sentence each, of columns and rows left out
 * @param progress is told what is being fetched, and from where
 */
public record ReadOptions(
        Optional<String> target,
        long seed,
        double testFraction,
        Optional<Boolean> header,
        Map<String, ColumnType> types,
        Optional<Task> task,
        Consumer<String> warnings,
        Consumer<String> progress) {
    /** What kind of target is learnt. */
    public enum Task {
        CLASSES,
        NUMBERS
    }

    public static final ReadOptions DEFAULT = new ReadOptions(
            Optional.empty(), 0, 0.2, Optional.empty(), Map.of(), Optional.empty(), text -> {}, text -> {});

    public ReadOptions {
        if (!(testFraction > 0 && testFraction < 1)) {
            throw new IllegalArgumentException("a test part of " + testFraction + " of the rows");
        }
        types = Map.copyOf(types);
        Objects.requireNonNull(warnings);
        Objects.requireNonNull(progress);
    }

    public ReadOptions withTarget(String value) {
        return new ReadOptions(Optional.of(value), seed, testFraction, header, types, task, warnings, progress);
    }

    public ReadOptions withSeed(long value) {
        return new ReadOptions(target, value, testFraction, header, types, task, warnings, progress);
    }

    public ReadOptions withTestFraction(double value) {
        return new ReadOptions(target, seed, value, header, types, task, warnings, progress);
    }

    public ReadOptions withHeader(boolean value) {
        return new ReadOptions(target, seed, testFraction, Optional.of(value), types, task, warnings, progress);
    }

    public ReadOptions withTypes(Map<String, ColumnType> value) {
        return new ReadOptions(target, seed, testFraction, header, value, task, warnings, progress);
    }

    public ReadOptions withTask(Task value) {
        return new ReadOptions(target, seed, testFraction, header, types, Optional.of(value), warnings, progress);
    }

    public ReadOptions withWarnings(Consumer<String> value) {
        return new ReadOptions(target, seed, testFraction, header, types, task, value, progress);
    }

    public ReadOptions withProgress(Consumer<String> value) {
        return new ReadOptions(target, seed, testFraction, header, types, task, warnings, value);
    }
}
