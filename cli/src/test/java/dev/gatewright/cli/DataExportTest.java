package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.data.ClassTarget;
import dev.gatewright.data.Datasets;
import dev.gatewright.data.LabelledSamples;
import dev.gatewright.data.ReadOptions;
import dev.gatewright.data.Split;
import dev.gatewright.data.TrainingArrays;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import dev.gatewright.model.ExportCase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataExportTest {
    @TempDir
    private Path folder;

    @Test
    void otherProgramsGetTheSamplesAndTheRowsThatAreHeldOut() throws IOException {
        Path file = folder.resolve("digits.npz");
        assertThat(Run.of("data", "export", "--data=digits", "--validation=0.2", "--seed=3", "--out=" + file, "--json")
                        .succeeded()
                        .object())
                .containsEntry("held", 288L);

        LabelledSamples digits =
                Datasets.open("digits", ReadOptions.DEFAULT.withSeed(3)).train();
        ClassTarget target = (ClassTarget) digits.target();
        assertThat(((Table) Datasets.samples(file, ReadOptions.DEFAULT)).columns())
                .extracting(column -> ((NumberColumn) column).value(7))
                .isEqualTo(((Table) digits.samples())
                        .columns().stream()
                                .map(column -> ((NumberColumn) column).value(7))
                                .toList());
        int[] classes = ints(file, "y");
        assertThat(classes).hasSize(target.rows());
        for (int row = 0; row < classes.length; row++) {
            assertThat(classes[row]).isEqualTo(target.label(row));
        }
        assertThat(ints(file, "held"))
                .isEqualTo(Split.stratified(target, 0.2, 3).held());
    }

    @Test
    void imagesStayBytes() throws IOException {
        Images images = new Images(4, 2, 1, 3, new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, (byte) 200
        });
        ClassTarget target = new ClassTarget("class", List.of("a", "b"), new int[] {0, 1, 1, 0});
        Path file = folder.resolve("images.npz");
        TrainingArrays.write(new LabelledSamples(images, target), new int[] {2}, file);
        assertThat(Datasets.samples(file, ReadOptions.DEFAULT)).isEqualTo(images);
    }

    private static int[] ints(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream in = zip.getInputStream(zip.getEntry(name + ".npy"))) {
            ByteBuffer array = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int start = 10 + array.getShort(8);
            assertThat(start % 64).isZero();
            int[] values = new int[(array.capacity() - start) / Integer.BYTES];
            array.position(start).asIntBuffer().get(values);
            return values;
        }
    }

    @Test
    void whatCannotBeWrittenIsRefused() throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.csv"), "colour,kind\nred,a\nblue,b\nred,a\nblue,b\n");
        String out = "--out=" + folder.resolve("x.npz");
        Run.of("data", "export", "--data=" + rows, "--target=kind", out).refused("'colour' holds categories");
        Run.of("data", "export", "--data=digits").refused("--out");
        Run.of("data", "export", "--data=digits", "--validation=2", out).refused("--validation");
        assertThat(folder.toFile().list()).containsExactly("rows.csv");
    }

    @Test
    void theTeacherIsAProgram() throws IOException, InterruptedException {
        ExportCase.needs("python3");
        Path program = folder.resolve("teacher.py");
        Files.writeString(
                program, Run.of("data", "export", "--help-teacher").succeeded().out());
        byte[] said = ExportCase.run(
                folder,
                new byte[0],
                "python3",
                "-c",
                "print(compile(open('teacher.py').read(), 'teacher.py', 'exec').co_name)");
        assertThat(new String(said, StandardCharsets.UTF_8)).startsWith("<module>");
    }
}
