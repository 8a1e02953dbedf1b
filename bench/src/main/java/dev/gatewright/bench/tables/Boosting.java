package dev.gatewright.bench.tables;

import dev.gatewright.data.ClassTarget;
import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Column;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Gradient boosting with the settings its library has when nothing is said, 100 rounds of it: numbers as they are,
 * a column of 0 and 1 for each category, missing values as such.
 */
final class Boosting implements AutoCloseable {
    private static final int ROUNDS = 100;

    private final Booster booster;

    private Boosting(Booster booster) {
        this.booster = booster;
    }

    static Boosting train(Table table, ClassTarget target, int threads) throws XGBoostError {
        float[] rows = rows(table);
        DMatrix matrix = new DMatrix(rows, table.rows(), rows.length / table.rows(), Float.NaN);
        try {
            float[] labels = new float[table.rows()];
            for (int row = 0; row < labels.length; row++) {
                labels[row] = target.label(row);
            }
            matrix.setLabel(labels);
            Map<String, Object> parameters = Map.of(
                    "objective",
                    "multi:softprob",
                    "num_class",
                    target.labels().size(),
                    "nthread",
                    threads,
                    "verbosity",
                    0);
            return new Boosting(XGBoost.train(matrix, parameters, ROUNDS, Map.of(), null, null));
        } finally {
            matrix.dispose();
        }
    }

    /** The table as rows of floats, one row after another. */
    static float[] rows(Table table) {
        int width = table.columns().stream().mapToInt(Boosting::width).sum();
        float[] rows = new float[Math.multiplyExact(table.rows(), width)];
        int at = 0;
        for (Column column : table.columns()) {
            for (int row = 0; row < table.rows(); row++) {
                switch (column) {
                    case NumberColumn numbers -> rows[row * width + at] = numbers.value(row);
                    case CategoryColumn categories -> {
                        for (int code = 0; code < width(column); code++) {
                            rows[row * width + at + code] =
                                    categories.missing(row) ? Float.NaN : categories.code(row) == code ? 1 : 0;
                        }
                    }
                }
            }
            at += width(column);
        }
        return rows;
    }

    private static int width(Column column) {
        return switch (column) {
            case NumberColumn ignored -> 1;
            case CategoryColumn categories -> categories.categories().size();
        };
    }

    /** The class of every row, on one thread. */
    void classes(float[] rows, int count, int[] classes) {
        try {
            booster.setParam("nthread", 1);
            float[][] scores = booster.inplace_predict(rows, count, rows.length / count, Float.NaN);
            for (int row = 0; row < count; row++) {
                int best = 0;
                for (int label = 1; label < scores[row].length; label++) {
                    best = scores[row][label] > scores[row][best] ? label : best;
                }
                classes[row] = best;
            }
        } catch (XGBoostError failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Override
    public void close() {
        booster.dispose();
    }
}
