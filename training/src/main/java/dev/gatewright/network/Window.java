package dev.gatewright.network;

/** A number of rows and of columns: the size of a field, of a border, of a step or of what is pooled. */
public record Window(int rows, int columns) {
    /** One row, one column. */
    public static final Window ONE = new Window(1, 1);

    /** Positions that it covers. */
    public int size() {
        return rows * columns;
    }

    /** What a description says of it: one number where both are equal, else such as {@code 1x5}. */
    public String name() {
        return rows == columns ? "" + rows : rows + "x" + columns;
    }

    /** Reads what {@link #name} gives; both numbers from {@code min} to {@code max}. */
    static Window parse(String text, String stage, int min, int max) {
        int times = text.indexOf('x');
        int rows = NetworkParser.number(times < 0 ? text : text.substring(0, times), stage, min, max);
        return new Window(rows, times < 0 ? rows : NetworkParser.number(text.substring(times + 1), stage, min, max));
    }
}
