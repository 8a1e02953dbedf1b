package dev.gatewright.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArraysAndPicturesTest {
    @TempDir
    Path folder;

    private static byte[] npy(int version, String type, String order, String shape, byte[] data) {
        String header = "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
        ByteBuffer out = ByteBuffer.allocate(12 + header.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) version)
                .put((byte) 0);
        if (version == 1) {
            out.putShort((short) header.length());
        } else {
            out.putInt(header.length());
        }
        out.put(header.getBytes(StandardCharsets.US_ASCII)).put(data);
        return Arrays.copyOf(out.array(), out.position());
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey() + ".npy"));
                zip.write(entry.getValue());
            }
        }
        return Files.write(folder.resolve("a.npz"), bytes.toByteArray());
    }

    private static void refused(Path file, String sentence) {
        assertThatThrownBy(() -> Datasets.open(file.toString(), ReadOptions.DEFAULT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(sentence);
    }

    private void refusedArray(byte[] bytes, String sentence) throws IOException {
        Path file = Files.write(folder.resolve("a.npy"), bytes);
        assertThatThrownBy(() -> Datasets.samples(file, ReadOptions.DEFAULT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void readsTablesOfEveryType() throws IOException {
        byte[] doubles = ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(1)
                .putDouble(2)
                .putDouble(3.5)
                .putDouble(Double.NaN)
                .array();
        Path file = Files.write(folder.resolve("a.npy"), npy(2, "<f8", "False", "(2, 2)", doubles));
        assertThat(((Table) Datasets.samples(file, ReadOptions.DEFAULT)).columns())
                .containsExactly(
                        new NumberColumn("c1", false, new float[] {1, 3.5f}),
                        new NumberColumn("c2", false, new float[] {2, Float.NaN}));
    }

    @Test
    void readsArchives() throws IOException {
        byte[] pixels = new byte[16];
        pixels[5] = (byte) 200;
        byte[] labels = {0, 1, 1, 0};
        Path file = zip(Map.of(
                "x_train", npy(1, "|u1", "False", "(4, 2, 2)", pixels),
                "y_train", npy(1, "|u1", "False", "(4,)", labels),
                "x_test", npy(1, "|u1", "False", "(4, 2, 2)", pixels),
                "y_test", npy(1, "|i1", "False", "(4, 1)", labels)));
        Dataset data = Datasets.open(file.toString(), ReadOptions.DEFAULT);
        assertThat(data.officialTest()).isTrue();
        assertThat(((Images) data.train().samples()).pixel(1, 1)).isEqualTo(200);
        assertThat(((ClassTarget) data.test().target()).label(2)).isEqualTo(1);
        refused(zip(Map.of("z", npy(1, "|u1", "False", "(4,)", labels))), "has no array x");
        Files.write(file, new byte[10]);
        refused(file, "is no readable NPZ archive");
    }

    @Test
    void refusesBrokenArrays() throws IOException {
        refusedArray(new byte[5], "is no NPY data");
        refusedArray(npy(1, "<f4", "True", "(1, 1)", new byte[4]), "Fortran order");
        refusedArray(npy(1, "<f4", "False", "(1099511627776, 2)", new byte[4]), "more than can be read");
        refusedArray(npy(1, "<f4", "False", "(400000000, 2)", new byte[4]), "more than can be read");
        refusedArray(npy(1, "<f4", "False", "(40000000, 2)", new byte[4]), "cut short: it holds 4 of 320000000");
        refusedArray(npy(1, "|O", "False", "(1, 1)", new byte[4]), "holds values of type |O");
        refusedArray(npy(9, "<f4", "False", "(1, 1)", new byte[4]), "NPY version 9");
        refusedArray(npy(1, "<f4", "False", "(1, 1, 1)", new byte[4]), "no unsigned bytes");
    }

    private void png(String name, int width, int type, int rgb) throws IOException {
        BufferedImage image = new BufferedImage(width, 2, type);
        image.setRGB(0, 1, rgb);
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    @Test
    void readsPicturesByClass() throws IOException {
        for (String part : List.of("train", "test")) {
            png(part + "/a/1.png", 3, BufferedImage.TYPE_INT_RGB, 0x0A141E);
            png(part + "/b/1.png", 3, BufferedImage.TYPE_INT_RGB, 0xFFFFFF);
        }
        Dataset data = Datasets.open(folder.toString(), ReadOptions.DEFAULT);
        Images images = (Images) data.train().samples();
        assertThat(List.of(images.channels(), images.height(), images.width())).containsExactly(3, 2, 3);
        assertThat(List.of(images.pixel(0, 3), images.pixel(0, 9), images.pixel(0, 15)))
                .containsExactly(10, 20, 30);
        png("test/b/2.png", 4, BufferedImage.TYPE_INT_RGB, 0);
        refused(folder, "is 4×2 colour where the first image is 3×2 colour");
    }

    @Test
    void refusesPicturesOfAnotherDepth() throws IOException {
        png("a/1.png", 3, BufferedImage.TYPE_BYTE_GRAY, 0xFFFFFF);
        png("b/1.png", 3, BufferedImage.TYPE_INT_RGB, 0);
        refused(folder, "is 3×2 colour where the first image is 3×2 grey");
        Files.write(folder.resolve("b/1.png"), new byte[20]);
        refused(folder, "1.png is no readable PNG image");
    }
}
