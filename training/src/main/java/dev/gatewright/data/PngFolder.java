package dev.gatewright.data;

import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Folders of PNG images, one folder a class, perhaps below {@code train} and {@code test}. */
final class PngFolder {
    private static final long MAX_PIXELS = 1 << 24;

    private PngFolder() {}

    private record Shape(int channels, int height, int width) {
        int size() {
            return channels * height * width;
        }

        @Override
        public String toString() {
            return width + "×" + height + (channels == 1 ? " grey" : " colour");
        }
    }

    private record Labelled(Path file, int label) {}

    /** Whether the folder has a folder with a PNG image, at most two levels down. */
    static boolean isOne(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 3)) {
            return files.anyMatch(file -> isPng(file) && !folder.equals(file.getParent()));
        }
    }

    private static boolean isPng(Path file) {
        return DataFiles.name(file).toLowerCase(Locale.ROOT).endsWith(".png");
    }

    static Dataset read(String name, Path folder, ReadOptions options) throws IOException {
        Path train = folder.resolve("train");
        Path test = folder.resolve("test");
        boolean official = Files.isDirectory(train) && Files.isDirectory(test);
        List<String> labels = labels(official ? train : folder);
        if (labels.size() < 2) {
            throw new InputException(
                    folder + " has " + labels.size() + " folders of classes where at least 2 are" + " expected");
        }
        MessageDigest digest = DataFiles.digest();
        List<Labelled> first = files(official ? train : folder, labels);
        Shape shape = shape(first.getFirst().file());
        LabelledSamples samples = images(first, labels, shape, digest);
        if (!official) {
            return Tables.split(name, samples, options, HexFormat.of().formatHex(digest.digest()));
        }
        for (String label : labels(test)) {
            if (!labels.contains(label)) {
                throw new InputException(test + " has a class \"" + label + "\" that " + train + " lacks");
            }
        }
        LabelledSamples held = images(files(test, labels), labels, shape, digest);
        return new Dataset(name, samples, held, true, HexFormat.of().formatHex(digest.digest()));
    }

    private static List<String> labels(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory)
                    .map(DataFiles::name)
                    .sorted()
                    .toList();
        }
    }

    private static List<Labelled> files(Path folder, List<String> labels) throws IOException {
        List<Labelled> all = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            int label = i;
            Path own = folder.resolve(labels.get(i));
            if (Files.isDirectory(own)) {
                try (Stream<Path> files = Files.list(own)) {
                    files.filter(PngFolder::isPng).sorted().forEach(file -> all.add(new Labelled(file, label)));
                }
            }
        }
        if (all.isEmpty()) {
            throw new InputException(folder + " holds no PNG images in folders by class");
        }
        return all;
    }

    private static LabelledSamples images(List<Labelled> files, List<String> labels, Shape shape, MessageDigest digest)
            throws IOException {
        if ((long) files.size() * shape.size() > Integer.MAX_VALUE - 8) {
            throw new InputException(files.size() + " images of " + shape + " are too many to read at once");
        }
        byte[] pixels = new byte[files.size() * shape.size()];
        int[] classes = new int[files.size()];
        for (int i = 0; i < classes.length; i++) {
            Path file = files.get(i).file();
            Shape own = shape(file);
            if (!own.equals(shape)) {
                throw new InputException(file + " is " + own + " where the first image is " + shape);
            }
            copy(decode(file), shape, pixels, i * shape.size());
            classes[i] = files.get(i).label();
        }
        digest.update(pixels);
        return new LabelledSamples(
                new Images(classes.length, shape.channels(), shape.height(), shape.width(), pixels),
                new ClassTarget("class", labels, classes));
    }

    /** Reads only the header, so that a false size costs nothing. */
    private static Shape shape(Path file) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                if ((long) width * height > MAX_PIXELS) {
                    throw new InputException(file + " is " + width + "×" + height + " pixels, too large to learn from");
                }
                int bands = reader.getRawImageType(0).getNumBands();
                boolean palette = reader.getRawImageType(0).getColorModel() instanceof IndexColorModel;
                if (bands == 2 || bands == 4) {
                    throw new InputException(file + " has an alpha channel, which is not supported");
                }
                return new Shape(bands == 1 && !palette ? 1 : 3, height, width);
            } finally {
                reader.dispose();
            }
        } catch (IIOException e) {
            throw new InputException(file + " is no readable PNG image: " + e.getMessage(), e);
        }
    }

    static BufferedImage decode(Path file) throws IOException {
        try {
            BufferedImage image = ImageIO.read(file.toFile());
            if (image == null) {
                throw new InputException(file + " is no readable PNG image");
            }
            return image;
        } catch (IIOException e) {
            throw new InputException(file + " is no readable PNG image: " + e.getMessage(), e);
        }
    }

    private static void copy(BufferedImage image, Shape shape, byte[] pixels, int from) {
        int area = shape.height() * shape.width();
        Raster raster = image.getRaster();
        // 16-bit samples keep their upper half; grey of fewer bits is stretched to 0 to 255.
        int bits = image.getSampleModel().getSampleSize(0);
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int at = from + y * shape.width() + x;
                if (shape.channels() == 1) {
                    int value = raster.getSample(x, y, 0);
                    pixels[at] = (byte) (bits > 8 ? value >> bits - 8 : value * 255 / ((1 << bits) - 1));
                } else {
                    int rgb = image.getRGB(x, y);
                    pixels[at] = (byte) (rgb >> 16);
                    pixels[at + area] = (byte) (rgb >> 8);
                    pixels[at + 2 * area] = (byte) rgb;
                }
            }
        }
    }
}
