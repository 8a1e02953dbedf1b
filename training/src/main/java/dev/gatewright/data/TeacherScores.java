package dev.gatewright.data;

import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Samples;
import dev.gatewright.engine.Engine;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.model.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What another model makes of the training samples: a score for each class, higher for likelier, such as a logit.
 *
 * @param values sample after sample
 * @param sha256 of the file they came from, in lower-case hexadecimal
 */
public record TeacherScores(int samples, int classes, float[] values, String sha256) {
    /**
     * Reads an NPY file of samples × classes, or asks the model of a model file.
     *
     * @param train the samples, and what is learnt of them
     * @param threads that a model may use
     * @throws InputException if the file holds an array of another shape or of another type, a score is not finite, or the
     *     model tells other classes apart or reads other samples
     * @throws dev.gatewright.model.FormatException if it is neither
     */
    public static TeacherScores read(Path file, LabelledSamples train, int threads) throws IOException {
        List<String> labels = ((ClassTarget) train.target()).labels();
        String name = DataFiles.name(file);
        float[] values = DataFiles.read(file, in -> NpyArray.starts(in.readNBytes(8)))
                ? values(DataFiles.read(file, in -> NpyArray.read(in, name)), name, train.rows(), labels.size())
                : values(ModelFile.read(file), name, train.samples(), labels, threads);
        return new TeacherScores(train.rows(), labels.size(), values, DataFiles.sha256(List.of(file)));
    }

    private static float[] values(NpyArray array, String name, int samples, int classes) {
        int[] shape = array.shape();
        if (shape.length != 2 || shape[0] != samples || shape[1] != classes) {
            throw new InputException("--teacher: " + name + " has the shape " + array.shapeText() + "; expected "
                    + samples + "×" + classes + ", the training samples by the classes");
        }
        float[] values = new float[Math.multiplyExact(samples, classes)];
        for (int c = 0; c < classes; c++) {
            float[] column = array.column(c, classes);
            for (int sample = 0; sample < samples; sample++) {
                if (!Float.isFinite(column[sample])) {
                    throw new InputException("--teacher: " + name + " holds " + column[sample] + " for sample "
                            + (sample + 1) + ", class " + (c + 1) + "; expected a finite score");
                }
                values[sample * classes + c] = column[sample];
            }
        }
        return values;
    }

    private static float[] values(Model model, String name, Samples samples, List<String> labels, int threads) {
        if (!model.labels().equals(labels)) {
            String found = model.labels().isEmpty() ? "a number" : "the classes " + String.join(", ", model.labels());
            throw new InputException("--teacher: " + name + " predicts " + found + "; expected the classes "
                    + String.join(", ", labels));
        }
        try (Predictor teacher = Predictor.of(model, Engine.best(), threads)) {
            return teacher.scores(samples);
        } catch (InputException e) {
            throw new InputException("--teacher: " + name + ": " + e.getMessage(), e);
        }
    }
}
