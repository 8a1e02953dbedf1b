package dev.gatewright.data;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** One class a row, as an index into the labels. */
public final class ClassTarget implements Target {
    private final String name;
    private final List<String> labels;
    private final int[] classes;

    /** Wraps {@code classes} without a copy; each is an index into {@code labels}. */
    public ClassTarget(String name, List<String> labels, int[] classes) {
        this.name = Objects.requireNonNull(name);
        this.labels = List.copyOf(labels);
        this.classes = classes;
        for (int label : classes) {
            Objects.checkIndex(label, labels.size());
        }
    }

    @Override
    public String name() {
        return name;
    }

    public List<String> labels() {
        return labels;
    }

    @Override
    public int rows() {
        return classes.length;
    }

    /** The index of this row's class. */
    public int label(int row) {
        return classes[row];
    }

    @Override
    public ClassTarget select(int[] rows) {
        return new ClassTarget(
                name, labels, Arrays.stream(rows).map(row -> classes[row]).toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClassTarget that
                && name.equals(that.name)
                && labels.equals(that.labels)
                && Arrays.equals(classes, that.classes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, labels, Arrays.hashCode(classes));
    }
}
