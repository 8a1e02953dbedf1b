package dev.gatewright.encode;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rows of raw values in named columns of equal length. */
public final class Table implements Samples {
    private final int rows;
    private final List<Column> columns;

    /** @throws IllegalArgumentException if two columns share a name or one has another number of rows */
    public Table(int rows, List<? extends Column> columns) {
        this.rows = rows;
        this.columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (column.rows() != rows) {
                throw new IllegalArgumentException(
                        "column " + column.name() + " has " + column.rows() + " rows where the table has " + rows);
            }
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("two columns are named " + column.name());
            }
        }
    }

    @Override
    public int rows() {
        return rows;
    }

    public List<Column> columns() {
        return columns;
    }

    /** The column of this name. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    @Override
    public Table select(int[] selected) {
        return new Table(
                selected.length,
                columns.stream().map(column -> column.select(selected)).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Table that && rows == that.rows && columns.equals(that.columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }
}
