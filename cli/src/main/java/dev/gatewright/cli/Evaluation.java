package dev.gatewright.cli;

import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.data.NumberTarget;
import dev.gatewright.data.Target;
import dev.gatewright.encode.InputException;
import dev.gatewright.engine.Engine;
import dev.gatewright.model.Model;
import dev.gatewright.model.Predictor;
import dev.gatewright.model.Readout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How well a model does on samples whose answer is known. */
sealed interface Evaluation {
    /** One sentence with the figure that matters. */
    String headline();

    /** The part of the samples that the model is right about; of numbers R². */
    double accuracy();

    /** The figures by their names in {@code --json}. */
    Map<String, Object> json();

    /** All there is to say, as lines. */
    String text();

    /**
     * Runs the model on all parts.
     *
     * @throws InputException if the data has numbers where the model gives classes, or the reverse
     */
    static Evaluation of(Model model, List<LabelledSamples> parts, Engine engine, int threads) {
        try (Predictor predictor = Predictor.of(model, engine, threads)) {
            return model.readout() instanceof Readout.Regression
                    ? numbers(predictor, parts)
                    : classes(predictor, model.labels(), parts);
        }
    }

    private static Evaluation classes(Predictor predictor, List<String> known, List<LabelledSamples> parts) {
        Map<String, Integer> index = new HashMap<>();
        List<String> labels = new ArrayList<>(known);
        labels.forEach(label -> index.put(label, index.size()));
        List<int[]> answers = new ArrayList<>();
        for (LabelledSamples part : parts) {
            ClassTarget target = classTarget(part.target());
            int[] answer = new int[part.rows()];
            for (int row = 0; row < answer.length; row++) {
                String label = target.labels().get(target.label(row));
                answer[row] = index.computeIfAbsent(label, unseen -> {
                    labels.add(unseen);
                    return index.size();
                });
            }
            answers.add(answer);
        }
        long[][] confusion = new long[labels.size()][known.size()];
        for (int part = 0; part < parts.size(); part++) {
            int[] predicted = predictor.classes(parts.get(part).samples());
            for (int row = 0; row < predicted.length; row++) {
                confusion[answers.get(part)[row]][predicted[row]]++;
            }
        }
        return new Classes(List.copyOf(labels), known.size(), confusion);
    }

    private static ClassTarget classTarget(Target target) {
        return switch (target) {
            case ClassTarget classes -> classes;
            case NumberTarget numbers ->
                throw new InputException("column " + numbers.name()
                        + " holds numbers, but the model tells classes apart; say --type " + numbers.name()
                        + "=category to read them as classes");
        };
    }

    private static Evaluation numbers(Predictor predictor, List<LabelledSamples> parts) {
        long samples = 0;
        double mean = 0;
        double spread = 0;
        double error = 0;
        for (LabelledSamples part : parts) {
            if (!(part.target() instanceof NumberTarget target)) {
                throw new InputException("column " + part.target().name()
                        + " holds classes, but the model predicts a number; expected numbers there");
            }
            float[] predicted = predictor.values(part.samples());
            for (int row = 0; row < predicted.length; row++) {
                double value = target.value(row);
                samples++;
                double step = value - mean;
                mean += step / samples;
                spread += step * (value - mean);
                double miss = value - predicted[row];
                error += miss * miss;
            }
        }
        return new Numbers(samples, spread > 0 ? 1 - error / spread : 0, samples > 0 ? Math.sqrt(error / samples) : 0);
    }

    /**
     * Answers against predictions.
     *
     * @param labels those of the model, then those that only the data has
     * @param predictable how many the model has
     * @param confusion samples by true label, then by predicted label
     */
    record Classes(List<String> labels, int predictable, long[][] confusion) implements Evaluation {
        private static final int WIDEST_TABLE = 20;

        long samples() {
            long sum = 0;
            for (long[] row : confusion) {
                for (long count : row) {
                    sum += count;
                }
            }
            return sum;
        }

        long correct() {
            long sum = 0;
            for (int label = 0; label < predictable; label++) {
                sum += confusion[label][label];
            }
            return sum;
        }

        @Override
        public double accuracy() {
            return samples() == 0 ? 0 : (double) correct() / samples();
        }

        @Override
        public String headline() {
            return "accuracy " + accuracy() + " (" + correct() + " of " + samples() + ")";
        }

        @Override
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("accuracy", accuracy());
            json.put("samples", samples());
            json.put("correct", correct());
            json.put("labels", labels);
            List<List<Long>> rows = new ArrayList<>();
            for (long[] row : confusion) {
                rows.add(java.util.Arrays.stream(row).boxed().toList());
            }
            json.put("confusion", rows);
            return json;
        }

        @Override
        public String text() {
            if (predictable > WIDEST_TABLE) {
                return headline();
            }
            List<List<String>> rows = new ArrayList<>();
            List<String> heading = new ArrayList<>(List.of("true \\ predicted"));
            heading.addAll(labels.subList(0, predictable));
            rows.add(heading);
            for (int label = 0; label < labels.size(); label++) {
                List<String> row = new ArrayList<>(List.of(labels.get(label)));
                for (long count : confusion[label]) {
                    row.add(Long.toString(count));
                }
                rows.add(row);
            }
            return headline() + "\n\n" + Text.table(rows);
        }
    }

    /** How far predicted numbers are from the true ones; the accuracy of numbers is R². */
    record Numbers(long samples, double r2, double rmse) implements Evaluation {
        @Override
        public double accuracy() {
            return r2;
        }

        @Override
        public String headline() {
            return "R² " + r2 + ", root mean square error " + rmse + " (" + samples + " samples)";
        }

        @Override
        public Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("accuracy", r2);
            json.put("samples", samples);
            json.put("r2", r2);
            json.put("rmse", rmse);
            return json;
        }

        @Override
        public String text() {
            return headline();
        }
    }
}
