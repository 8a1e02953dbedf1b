package dev.gatewright.data;

import dev.gatewright.encode.Column;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import dev.gatewright.model.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Training samples as an NPZ file, for other programs that are to learn from the same: {@code x}, pixels as bytes of
 * samples × channels × height × width, or numbers as floats of samples × columns, not a number where they are missing;
 * {@code y}, the classes from 0 on; {@code held}, the rows that validation holds out. The test part is not in it.
 */
public final class TrainingArrays {
    private TrainingArrays() {}

    /**
     * Writes the file, wholly or not at all.
     *
     * @param held rows in rising order
     * @throws InputException if a column holds no numbers, or what is learnt is not a class
     */
    public static void write(LabelledSamples train, int[] held, Path file) throws IOException {
        NpyArray samples = switch (train.samples()) {
            case Images all ->
                new NpyArray("|u1", new int[] {all.rows(), all.channels(), all.height(), all.width()}, all.pixels());
            case Table table -> numbers(table);
        };
        ClassTarget classes = switch (train.target()) {
            case ClassTarget all -> all;
            case NumberTarget number ->
                throw new InputException(
                        "the target '" + number.name() + "' is a number; expected a target of classes");
        };
        AtomicFile.write(file, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            ZipOutputStream zip = new ZipOutputStream(out);
            put(zip, "x", samples);
            put(zip, "y", ints(IntStream.range(0, classes.rows()).map(classes::label)));
            put(zip, "held", ints(IntStream.of(held)));
            zip.finish();
            out.flush();
        });
    }

    private static void put(ZipOutputStream zip, String name, NpyArray array) throws IOException {
        zip.putNextEntry(new ZipEntry(name + ".npy"));
        array.write(zip);
        zip.closeEntry();
    }

    private static NpyArray numbers(Table table) {
        int columns = table.columns().size();
        int bytes = Math.multiplyExact(Math.multiplyExact(table.rows(), columns), Float.BYTES);
        ByteBuffer raw = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int c = 0; c < columns; c++) {
            Column column = table.columns().get(c);
            if (!(column instanceof NumberColumn numbers)) {
                throw new InputException("the column '" + column.name() + "' holds categories; expected numbers");
            }
            for (int row = 0; row < table.rows(); row++) {
                raw.putFloat((row * columns + c) * Float.BYTES, numbers.value(row));
            }
        }
        return new NpyArray("<f4", new int[] {table.rows(), columns}, raw.array());
    }

    private static NpyArray ints(IntStream values) {
        int[] all = values.toArray();
        ByteBuffer raw = ByteBuffer.allocate(all.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asIntBuffer().put(all);
        return new NpyArray("<i4", new int[] {all.length}, raw.array());
    }
}
