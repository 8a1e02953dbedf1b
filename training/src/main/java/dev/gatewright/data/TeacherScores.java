package dev.gatewright.data;

import dev.gatewright.encode.InputException;
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
     * Reads an NPY file of samples × classes.
     *
     * @throws InputException if it is no such file, its shape is another, or a score is not finite
     */
    public static TeacherScores read(Path file, int samples, int classes) throws IOException {
        String name = DataFiles.name(file);
        NpyArray array = DataFiles.read(file, in -> NpyArray.read(in, name));
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
        return new TeacherScores(samples, classes, values, DataFiles.sha256(List.of(file)));
    }
}
