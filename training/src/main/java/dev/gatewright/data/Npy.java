package dev.gatewright.data;

import dev.gatewright.encode.Column;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Samples;
import dev.gatewright.encode.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Data sets in NPY and NPZ files: arrays {@code x} and {@code y}, or {@code x_train}, {@code y_train}, {@code x_test}
 * and {@code y_test}. Two dimensions are a table with columns c1, c2, …; three or four of unsigned bytes are images.
 */
final class Npy {
    private Npy() {}

    static Samples samples(Path file) throws IOException {
        String name = DataFiles.name(file);
        return samples(DataFiles.read(file, in -> NpyArray.read(in, name)), name);
    }

    static Samples archiveSamples(Path file) throws IOException {
        return archive(file, zip -> samples(require(zip, file, "x"), DataFiles.name(file)));
    }

    static Dataset dataset(String name, Path file, ReadOptions options) throws IOException {
        String sha256 = DataFiles.sha256(List.of(file));
        return archive(file, zip -> {
            if (find(zip, "x_train").isEmpty()) {
                LabelledSamples all = labelled(zip, file, "x", "y", options);
                return Tables.split(name, all, options, sha256);
            }
            LabelledSamples train = labelled(zip, file, "x_train", "y_train", options);
            LabelledSamples test = labelled(zip, file, "x_test", "y_test", options);
            if (train.target() instanceof ClassTarget a && test.target() instanceof ClassTarget b) {
                if (!a.labels().containsAll(b.labels())) {
                    throw new InputException(DataFiles.name(file) + ": y_test has classes " + b.labels()
                            + " where y_train has " + a.labels());
                }
                int[] classes = new int[b.rows()];
                for (int row = 0; row < classes.length; row++) {
                    classes[row] = a.labels().indexOf(b.labels().get(b.label(row)));
                }
                test = new LabelledSamples(test.samples(), new ClassTarget(a.name(), a.labels(), classes));
            } else if (train.target() instanceof ClassTarget != test.target() instanceof ClassTarget) {
                throw new InputException(DataFiles.name(file)
                        + ": one of y_train and y_test looks like classes, the other like numbers; say which");
            }
            return new Dataset(name, train, test, true, sha256);
        });
    }

    private interface Reading<T> {
        T from(ZipFile zip) throws IOException;
    }

    private static <T> T archive(Path file, Reading<T> reading) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return reading.from(zip);
        } catch (ZipException e) {
            throw new InputException(DataFiles.name(file) + " is no readable NPZ archive: " + e.getMessage(), e);
        }
    }

    private static Optional<ZipEntry> find(ZipFile zip, String array) {
        return Optional.ofNullable(zip.getEntry(array + ".npy"))
                .or(() -> Optional.ofNullable(zip.getEntry(array.toUpperCase(Locale.ROOT) + ".npy")));
    }

    private static NpyArray require(ZipFile zip, Path file, String array) throws IOException {
        ZipEntry entry = find(zip, array)
                .orElseThrow(() -> new InputException(DataFiles.name(file) + " has no array " + array
                        + "; x and y, or x_train, y_train, x_test and y_test are expected"));
        try (InputStream in = zip.getInputStream(entry)) {
            return NpyArray.read(in, DataFiles.name(file) + ", array " + array);
        }
    }

    private static LabelledSamples labelled(ZipFile zip, Path file, String x, String y, ReadOptions options)
            throws IOException {
        String name = DataFiles.name(file);
        Samples samples = samples(require(zip, file, x), name + ", array " + x);
        NpyArray labels = require(zip, file, y);
        boolean flat = labels.shape().length == 1 || labels.shape().length == 2 && labels.shape()[1] == 1;
        if (!flat || labels.shape()[0] != samples.rows()) {
            throw new InputException(name + ", array " + y + " has the shape " + labels.shapeText() + " where "
                    + samples.rows() + " labels are expected");
        }
        if (samples.rows() == 0) {
            throw new InputException(name + ", array " + x + " has no rows");
        }
        Column column = new NumberColumn(y.startsWith("y_") ? "y" : y, labels.truth(), labels.column(0, 1));
        for (int row = 0; row < column.rows(); row++) {
            if (column.missing(row)) {
                throw new InputException(name + ", array " + y + " has no number in row " + (row + 1));
            }
        }
        return new LabelledSamples(samples, Targets.target(column, options.task(), name));
    }

    private static Samples samples(NpyArray array, String name) {
        int[] shape = array.shape();
        if (shape.length == 2) {
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < shape[1]; i++) {
                columns.add(new NumberColumn("c" + (i + 1), array.truth(), array.column(i, shape[1])));
            }
            return new Table(shape[0], columns);
        }
        if ((shape.length == 3 || shape.length == 4) && array.bytes()) {
            if (shape.length == 3) {
                return new Images(shape[0], 1, shape[1], shape[2], array.raw());
            }
            boolean channelsLast = shape[3] <= 4 && shape[1] > 4;
            return channelsLast
                    ? planes(array.raw(), shape)
                    : new Images(shape[0], shape[1], shape[2], shape[3], array.raw());
        }
        throw new InputException(name + " has the shape " + array.shapeText()
                + (array.bytes() ? "" : " and no unsigned bytes")
                + " where rows × columns, or unsigned bytes as rows × height × width, are expected");
    }

    /** Turns pixels with interleaved channels into planes. */
    private static Images planes(byte[] interleaved, int[] shape) {
        int area = shape[1] * shape[2];
        int channels = shape[3];
        byte[] planes = new byte[interleaved.length];
        for (int row = 0; row < shape[0]; row++) {
            int base = row * area * channels;
            for (int pixel = 0; pixel < area; pixel++) {
                for (int c = 0; c < channels; c++) {
                    planes[base + c * area + pixel] = interleaved[base + pixel * channels + c];
                }
            }
        }
        return new Images(shape[0], channels, shape[1], shape[2], planes);
    }
}
