package dev.gatewright.encode;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A column of categories, held as codes into a list of their names; a missing value is −1. */
public final class CategoryColumn implements Column {
    /** The code of a missing value. */
    public static final int MISSING = -1;

    private final String name;
    private final List<String> categories;
    private final int[] codes;

    /** Wraps {@code codes} without a copy; each is −1 or an index into {@code categories}. */
    public CategoryColumn(String name, List<String> categories, int[] codes) {
        this.name = Objects.requireNonNull(name);
        this.categories = List.copyOf(categories);
        this.codes = codes;
        for (int code : codes) {
            if (code < MISSING || code >= categories.size()) {
                throw new IllegalArgumentException("column " + name + " has code " + code + " where there are "
                        + categories.size() + " categories");
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    public List<String> categories() {
        return categories;
    }

    @Override
    public int rows() {
        return codes.length;
    }

    /** The index of this row's category, or −1 where it is missing. */
    public int code(int row) {
        return codes[row];
    }

    @Override
    public boolean missing(int row) {
        return codes[row] == MISSING;
    }

    @Override
    public CategoryColumn select(int[] rows) {
        int[] selected = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            selected[i] = codes[rows[i]];
        }
        return new CategoryColumn(name, categories, selected);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CategoryColumn that
                && name.equals(that.name)
                && categories.equals(that.categories)
                && Arrays.equals(codes, that.codes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, categories, Arrays.hashCode(codes));
    }
}
