package dev.gatewright.cli;

import dev.gatewright.encode.Samples;
import dev.gatewright.model.Model;
import dev.gatewright.model.Predictor;
import dev.gatewright.model.Readout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a model says about rows, as lines of CSV. */
final class Predictions {
    private final List<String> labels;
    private final int[] classes;
    private final float[] values;
    private final float[] scores;

    private Predictions(List<String> labels, int[] classes, float[] values, float[] scores) {
        this.labels = labels;
        this.classes = classes;
        this.values = values;
        this.scores = scores;
    }

    /** @param withScores whether to add the score of every class; numbers have none */
    static Predictions of(Model model, Predictor predictor, Samples samples, boolean withScores) {
        if (model.readout() instanceof Readout.Regression) {
            return new Predictions(List.of(), new int[0], predictor.values(samples), new float[0]);
        }
        float[] scores = withScores ? predictor.scores(samples) : new float[0];
        return new Predictions(model.labels(), predictor.classes(samples), new float[0], scores);
    }

    int rows() {
        return labels.isEmpty() ? values.length : classes.length;
    }

    void heading(StringBuilder out) {
        out.append("prediction");
        if (scores.length > 0) {
            for (String label : labels) {
                out.append(',').append(quoted("score " + label));
            }
        }
        out.append('\n');
    }

    void row(int row, StringBuilder out) {
        if (labels.isEmpty()) {
            out.append(values[row]);
        } else {
            out.append(quoted(labels.get(classes[row])));
        }
        if (scores.length > 0) {
            for (int label = 0; label < labels.size(); label++) {
                out.append(',').append(scores[row * labels.size() + label]);
            }
        }
        out.append('\n');
    }

    /** Labels or numbers, row after row. */
    List<Object> json() {
        List<Object> json = new ArrayList<>(rows());
        for (int row = 0; row < rows(); row++) {
            json.add(labels.isEmpty() ? (Object) values[row] : labels.get(classes[row]));
        }
        return json;
    }

    /** The scores of each row; empty where none were asked for. */
    List<List<Float>> jsonScores() {
        List<List<Float>> json = new ArrayList<>();
        for (int from = 0; from < scores.length; from += labels.size()) {
            List<Float> row = new ArrayList<>();
            for (float score : Arrays.copyOfRange(scores, from, from + labels.size())) {
                row.add(score);
            }
            json.add(row);
        }
        return json;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
