package dev.gatewright.cli;

import java.util.List;
import java.util.Locale;

/** Numbers and tables for people to read. */
final class Text {
    private Text() {}

    /** A duration such as {@code 0.8 s}, {@code 3 min 20 s} or {@code 2 h 5 min}. */
    static String seconds(double seconds) {
        if (!(seconds >= 0) || seconds > 1e9) {
            return "?";
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? whole / 60 + " min " + whole % 60 + " s"
                : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    /** A rate with a unit of thousands, such as {@code 41.2 M}. */
    static String rate(double perSecond) {
        String[] units = {"", " k", " M", " G", " T"};
        int unit = 0;
        double value = perSecond;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 100 ? "%.1f%s" : "%.0f%s", value, units[unit]);
    }

    /** Rows as columns that line up, numbers to the right; the first row is the heading. */
    static String table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = row.get(i);
                String padding = " ".repeat(widths[i] - cell.length());
                boolean right = !cell.isEmpty() && "0123456789-".indexOf(cell.charAt(0)) >= 0;
                line.append(i == 0 ? "" : "  ").append(right ? padding + cell : cell + padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
