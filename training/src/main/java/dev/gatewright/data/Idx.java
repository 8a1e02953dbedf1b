package dev.gatewright.data;

import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads IDX files of unsigned bytes: images of three or four dimensions, labels of one. */
final class Idx {
    private static final int UNSIGNED_BYTE = 8;
    private static final long MAX_BYTES = Integer.MAX_VALUE - 8L;

    private Idx() {}

    private record Array(int[] shape, byte[] bytes) {}

    /** Whether the folder holds the four files of the MNIST family. */
    static boolean isFamily(Path folder) {
        return DataFiles.find(folder, "train-images-idx3-ubyte").isPresent()
                && DataFiles.find(folder, "train-labels-idx1-ubyte").isPresent()
                && DataFiles.find(folder, "t10k-images-idx3-ubyte").isPresent()
                && DataFiles.find(folder, "t10k-labels-idx1-ubyte").isPresent();
    }

    /** Reads the four files of the MNIST family. */
    static Dataset family(String name, Path folder) throws IOException {
        List<Path> files = List.of(
                DataFiles.find(folder, "train-images-idx3-ubyte").orElseThrow(),
                DataFiles.find(folder, "train-labels-idx1-ubyte").orElseThrow(),
                DataFiles.find(folder, "t10k-images-idx3-ubyte").orElseThrow(),
                DataFiles.find(folder, "t10k-labels-idx1-ubyte").orElseThrow());
        Images train = images(files.get(0));
        byte[] trainLabels = labels(files.get(1));
        Images test = images(files.get(2));
        byte[] testLabels = labels(files.get(3));
        int classes = Math.max(classes(trainLabels), classes(testLabels));
        return new Dataset(
                name,
                labelled(train, trainLabels, classes, files.get(1)),
                labelled(test, testLabels, classes, files.get(3)),
                true,
                DataFiles.sha256(files));
    }

    /** Reads a file of images and the labels beside it, {@code …-labels-idx1-ubyte} for {@code …-images-idx3-ubyte}. */
    static Dataset pair(String name, Path imageFile, ReadOptions options) throws IOException {
        String labelName =
                DataFiles.plainName(imageFile).replace("images", "labels").replace("idx3", "idx1");
        Optional<Path> labelFile = DataFiles.plainName(imageFile).equals(labelName)
                ? Optional.empty()
                : DataFiles.find(imageFile.toAbsolutePath().getParent(), labelName);
        if (labelFile.isEmpty()) {
            throw new InputException("beside " + imageFile + " there is no file of labels " + labelName);
        }
        byte[] labels = labels(labelFile.get());
        LabelledSamples all = labelled(images(imageFile), labels, classes(labels), labelFile.get());
        return Tables.split(name, all, options, DataFiles.sha256(List.of(imageFile, labelFile.get())));
    }

    /** The images of a file. */
    static Images images(Path file) throws IOException {
        Array array = read(file);
        int[] shape = array.shape();
        if (shape.length < 3) {
            throw new InputException(DataFiles.name(file) + " holds " + shape.length
                    + " dimensions where images have 3, or 4 with channels");
        }
        int channels = shape.length == 4 ? shape[1] : 1;
        return new Images(shape[0], channels, shape[shape.length - 2], shape[shape.length - 1], array.bytes());
    }

    private static byte[] labels(Path file) throws IOException {
        Array array = read(file);
        if (array.shape().length != 1) {
            throw new InputException(
                    DataFiles.name(file) + " holds " + array.shape().length + " dimensions where labels have 1");
        }
        return array.bytes();
    }

    private static int classes(byte[] labels) {
        int classes = 0;
        for (byte label : labels) {
            classes = Math.max(classes, (label & 0xFF) + 1);
        }
        return classes;
    }

    private static LabelledSamples labelled(Images images, byte[] labels, int classes, Path labelFile) {
        if (images.rows() != labels.length) {
            throw new InputException(
                    DataFiles.name(labelFile) + " holds " + labels.length + " labels for " + images.rows() + " images");
        }
        if (images.rows() == 0 || classes < 2) {
            throw new InputException(DataFiles.name(labelFile) + " holds fewer than two classes");
        }
        int[] target = new int[labels.length];
        for (int i = 0; i < target.length; i++) {
            target[i] = labels[i] & 0xFF;
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new LabelledSamples(images, new ClassTarget("class", names, target));
    }

    private static Array read(Path file) throws IOException {
        String name = DataFiles.name(file);
        return DataFiles.read(file, raw -> {
            DataInputStream in = new DataInputStream(raw);
            int magic = in.readInt();
            int dimensions = magic & 0xFF;
            if (magic >>> 16 != 0 || dimensions < 1 || dimensions > 4) {
                throw new InputException(name + " is no IDX file: it starts with 0x%08x".formatted(magic));
            }
            if ((magic >>> 8 & 0xFF) != UNSIGNED_BYTE) {
                throw new InputException(name
                        + " holds values of type 0x%02x where unsigned bytes, 0x08, are expected"
                                .formatted(magic >>> 8 & 0xFF));
            }
            int[] shape = new int[dimensions];
            long total = 1;
            for (int i = 0; i < dimensions; i++) {
                shape[i] = in.readInt();
                boolean allowed = i == 0 ? shape[i] >= 0 : shape[i] > 0;
                if (!allowed || (total *= shape[i]) > MAX_BYTES) {
                    throw new InputException(name + " says that dimension " + (i + 1) + " has "
                            + (shape[i] & 0xFFFFFFFFL) + " entries, more than can be read");
                }
            }
            // Grows with what is really there, so that a false header costs nothing.
            byte[] bytes = raw.readNBytes((int) total);
            if (bytes.length < total) {
                throw new InputException(name + " is cut short: it holds " + bytes.length + " of " + total + " values");
            }
            if (raw.read() >= 0) {
                throw new InputException(name + " holds more than the " + total + " values that its header says");
            }
            return new Array(shape, bytes);
        });
    }
}
