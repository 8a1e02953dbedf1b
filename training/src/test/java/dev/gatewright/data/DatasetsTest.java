package dev.gatewright.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.EncoderSpec;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetsTest {
    private static final ReadOptions Y = ReadOptions.DEFAULT.withTarget("y");

    @TempDir
    Path folder;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path gzip(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
        return file;
    }

    private static Dataset open(Path file, ReadOptions options) throws IOException {
        return Datasets.open(file.toString(), options);
    }

    private static void refused(Path file, ReadOptions options, String sentence) {
        assertThatThrownBy(() -> open(file, options))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(sentence);
    }

    private static Table all(Path file) throws IOException {
        return (Table) Datasets.samples(file, ReadOptions.DEFAULT);
    }

    @Test
    void shippedDigits() throws IOException {
        Dataset digits = Datasets.open("digits", ReadOptions.DEFAULT);
        assertThat(digits.train().rows() + digits.test().rows()).isEqualTo(1797);
        assertThat(digits.test().rows()).isEqualTo(359);
        assertThat(((ClassTarget) digits.train().target()).labels()).hasSize(10);
        assertThat(((Table) digits.train().samples()).columns()).hasSize(64);
        assertThat(digits).isEqualTo(Datasets.open("digits", ReadOptions.DEFAULT));
        assertThat(digits.train())
                .isNotEqualTo(
                        Datasets.open("digits", ReadOptions.DEFAULT.withSeed(1)).train());
    }

    @Test
    void monksHaveTheirOfficialParts() throws IOException {
        int[] rows = {124, 169, 122};
        int[] positive = {216, 142, 228};
        for (int i = 1; i <= 3; i++) {
            Dataset monk = Datasets.open("monk" + i, ReadOptions.DEFAULT);
            assertThat(monk.train().rows()).isEqualTo(rows[i - 1]);
            assertThat(monk.test().rows()).isEqualTo(432);
            ClassTarget target = (ClassTarget) monk.test().target();
            int count = 0;
            for (int row = 0; row < 432; row++) {
                count += target.label(row);
            }
            assertThat(count).isEqualTo(positive[i - 1]);
            assertThat(EncoderSpec.parse("auto").fit(monk.train().samples()).bits())
                    .isEqualTo(17);
            assertThat(monk.officialTest()).isTrue();
        }
    }

    @Test
    void namesAreSuggested() {
        assertThatThrownBy(() -> Datasets.open("minst", ReadOptions.DEFAULT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("did you mean mnist?");
    }

    @Test
    void infersTypes() throws IOException {
        Path file = write(
                "t.csv", "\uFEFFage, job ,ok,\"a \"\"b\"\"\",n\n 1.5 ,x,true,\"two\nlines\",NA\nNaN,?,FALSE,,-inf\n");
        Table table = all(file);
        assertThat(table.columns())
                .containsExactly(
                        new NumberColumn("age", false, new float[] {1.5f, Float.NaN}),
                        new CategoryColumn("job", List.of("x"), new int[] {0, -1}),
                        new NumberColumn("ok", true, new float[] {1, 0}),
                        new CategoryColumn("a \"b\"", List.of("two\nlines"), new int[] {0, -1}),
                        new NumberColumn("n", false, new float[] {Float.NaN, Float.NEGATIVE_INFINITY}));
    }

    @Test
    void sniffsSeparatorsAndUnpacks() throws IOException {
        Table semicolons = all(write("t.csv", "a;b\n\"1;5\";2\n"));
        Table tabs = all(gzip("t.tsv.gz", "a\tb\n1;5\t2\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(semicolons).isEqualTo(tabs);
    }

    @Test
    void typesCanBeSaid() throws IOException {
        Path file = write("t.csv", "id,y,z\n1,a,3\n2,b,4\n3.0,a,x\n4,b,y\n");
        ReadOptions options = Y.withTypes(Map.of("id", ColumnType.CATEGORY, "z", ColumnType.IGNORE));
        Table table = (Table) open(file, options).train().samples();
        assertThat(((CategoryColumn) table.columns().getFirst()).categories()).containsExactly("1", "2", "3.0", "4");
        assertThat(table.columns()).hasSize(1);
        refused(file, Y.withTypes(Map.of("z", ColumnType.NUMBER)), "line 4, column \"z\" holds \"x\" where a number");
        refused(file, Y.withTypes(Map.of("none", ColumnType.NUMBER)), "no column \"none\" to give a type to");
    }

    @Test
    void refusesBrokenTables() throws IOException {
        refused(write("a.csv", "a,y\n1,2\n1,2,3\n"), Y, "a.csv, line 3 has 3 fields where 2 are expected");
        refused(write("b.csv", "a,y\n1,x\n\"1,x\n"), Y, "b.csv is not readable as a table");
        refused(write("c.csv", ""), Y, "c.csv is empty");
        refused(write("d.csv", "a,y\n"), Y, "d.csv has a header but no rows");
        refused(write("e.csv", "a,a\n1,2\n"), Y, "e.csv, line 1 names two columns \"a\"");
        refused(write("f.csv", "a,Y\n1,2\n"), Y, "f.csv has no column \"y\" to learn; did you mean \"Y\"?");
        refused(write("g.csv", "a,y\n1,x\n2,x\n"), Y, "has only one class, \"x\"");
        refused(write("h.csv", "a,y\n1,\n2,?\n"), Y, "the target \"y\" has no values");
        refused(write("i.csv", "y\n1\n2\n"), Y, "no column but the target");
        refused(write("j.csv", "a,y\n1,x\n2,z\n"), ReadOptions.DEFAULT, "say with the target option which column");
        byte[] packed = Files.readAllBytes(
                gzip("k.csv.gz", "a,y\n1,x\n2,z\n".repeat(2000).getBytes(StandardCharsets.UTF_8)));
        Files.write(folder.resolve("k.csv.gz"), Arrays.copyOf(packed, packed.length / 2));
        refused(folder.resolve("k.csv.gz"), Y, "k.csv.gz");
    }

    @Test
    void leavesOutWhatIsUselessAndSaysSo() throws IOException {
        List<String> warnings = new ArrayList<>();
        StringBuilder text = new StringBuilder("id,empty,a,y\n");
        for (int i = 0; i < 10_500; i++) {
            text.append("u")
                    .append(i)
                    .append(",,")
                    .append(i)
                    .append(i % 100 == 0 ? ",\n" : i % 2 == 0 ? ",x\n" : ",z\n");
        }
        Dataset data = open(write("t.csv", text.toString()), Y.withWarnings(warnings::add));
        assertThat(((Table) data.train().samples()).columns()).hasSize(1);
        assertThat(data.train().rows() + data.test().rows()).isEqualTo(10_395);
        assertThat(warnings)
                .containsExactly(
                        "t.csv: left out column \"id\", its text has more than 10000 different values",
                        "t.csv: left out column \"empty\", all values are missing",
                        "t.csv: left out 105 rows without a value of \"y\"");
    }

    @Test
    void infersTheTask() throws IOException {
        StringBuilder text = new StringBuilder("a,y,k,t\n");
        for (int i = 0; i < 50; i++) {
            text.append(i)
                    .append(',')
                    .append(i / 2.0)
                    .append(',')
                    .append(i % 3)
                    .append(i % 2 == 0 ? ",true\n" : ",false\n");
        }
        Path file = write("t.csv", text.toString());
        assertThat(open(file, Y).train().target()).isInstanceOf(NumberTarget.class);
        assertThat(((ClassTarget) open(file, Y.withTarget("k")).train().target()).labels())
                .containsExactly("0", "1", "2");
        assertThat(((ClassTarget) open(file, Y.withTarget("last")).train().target()).labels())
                .containsExactly("false", "true");
        assertThat(open(file, Y.withTarget("3").withTask(ReadOptions.Task.NUMBERS))
                        .train()
                        .target())
                .isInstanceOf(NumberTarget.class);
    }

    @Test
    void namesFilesGiveNamesTypesAndTheOfficialTest() throws IOException {
        write("x.names", "| comment\n>50K, <=50K.\n\nage: continuous.\nwork: Private, State.\n");
        gzip("x.data.gz", "39, Private, <=50K\n40, ?, >50K\n41, State, >50K\n".getBytes(StandardCharsets.UTF_8));
        write("x.test", "|1x3 Cross validator\n50, Other, >50K.\n51, State, <=50K.\n");
        for (Path path : List.of(folder, folder.resolve("x.data.gz"))) {
            Dataset data = open(path, ReadOptions.DEFAULT);
            assertThat(data.officialTest()).isTrue();
            assertThat(data.train().rows()).isEqualTo(3);
            assertThat(data.test().rows()).isEqualTo(2);
            assertThat(((ClassTarget) data.test().target()).labels()).containsExactlyInAnyOrder(">50K", "<=50K");
            assertThat(EncoderSpec.parse("auto").fit(data.train().samples()).bits())
                    .isEqualTo(5);
        }
    }

    @Test
    void proseBesideDataNamesTheClassColumn() throws IOException {
        write("x.names", "1. Title: some data\n7. Attributes:\n   1. Class: yes, no\n   2. age: 1-2\n");
        Path file = write("x.data", "yes,1\nno,2\nyes,3\nno,4\n");
        List<String> warnings = new ArrayList<>();
        Dataset data = open(folder, ReadOptions.DEFAULT.withWarnings(warnings::add));
        assertThat(data.train().target().name()).isEqualTo("c1");
        assertThat(warnings).singleElement().asString().contains("learning column c1");
        assertThat(open(file, ReadOptions.DEFAULT.withTarget("c1"))
                        .train()
                        .target()
                        .name())
                .isEqualTo("c1");
        assertThat(open(file, ReadOptions.DEFAULT.withTarget("last"))
                        .train()
                        .target()
                        .name())
                .isEqualTo("c2");
    }

    @Test
    void readsArff() throws IOException {
        String text =
                "% c\n@RELATION r\n@attribute 'a b' numeric\n@ATTRIBUTE k {x, 'y z',w}\n@data\n1,x\n?,'y z'\n3,x\n4,?\n";
        Dataset data = open(write("t.arff", text), ReadOptions.DEFAULT);
        assertThat(data.train().rows() + data.test().rows()).isEqualTo(3);
        assertThat(((ClassTarget) data.train().target()).labels()).containsExactly("x", "y z");
        refused(write("s.arff", text + "{0 1}\n"), ReadOptions.DEFAULT, "s.arff, line 10 is a sparse row");
        refused(write("u.arff", text + "1,q\n"), ReadOptions.DEFAULT, "holds \"q\", which is not among");
        refused(write("v.arff", text + "b,x\n"), ReadOptions.DEFAULT, "where a number is expected");
        refused(write("w.arff", "hello\n"), ReadOptions.DEFAULT, "where @relation");
    }

    private static byte[] idx(int magic, int[] shape, int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * shape.length + bytes).putInt(magic);
        Arrays.stream(shape).forEach(buffer::putInt);
        for (int i = 0; i < bytes; i++) {
            buffer.put((byte) (i % 3));
        }
        return buffer.array();
    }

    @Test
    void readsIdx() throws IOException {
        gzip("train-images-idx3-ubyte.gz", idx(0x803, new int[] {6, 2, 2}, 24));
        gzip("train-labels-idx1-ubyte.gz", idx(0x801, new int[] {6}, 6));
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), idx(0x803, new int[] {3, 2, 2}, 12));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), idx(0x801, new int[] {3}, 3));
        Dataset data = open(folder, ReadOptions.DEFAULT);
        assertThat(data.officialTest()).isTrue();
        assertThat(((Images) data.test().samples()).pixel(1, 1)).isEqualTo(2);
        Dataset pair = open(folder.resolve("train-images-idx3-ubyte.gz"), ReadOptions.DEFAULT);
        assertThat(pair.train().rows() + pair.test().rows()).isEqualTo(6);
    }

    @Test
    void refusesBrokenIdx() throws IOException {
        Path file = folder.resolve("a-images-idx3-ubyte");
        Files.write(folder.resolve("a-labels-idx1-ubyte"), idx(0x801, new int[] {2}, 2));
        Files.write(file, idx(0x803, new int[] {1 << 30, 1 << 30, 1 << 30}, 3));
        refused(file, ReadOptions.DEFAULT, "more than can be read");
        Files.write(file, idx(0x803, new int[] {1 << 30, 1, 1}, 3));
        refused(file, ReadOptions.DEFAULT, "cut short: it holds 3 of 1073741824");
        Files.write(file, idx(0xD03, new int[] {1, 1, 1}, 4));
        refused(file, ReadOptions.DEFAULT, "type 0x0d");
        Files.write(file, idx(0x50803, new int[] {1, 1, 1}, 1));
        refused(file, ReadOptions.DEFAULT, "is no IDX file");
        Files.write(file, idx(0x803, new int[] {3, 1, 1}, 3));
        refused(file, ReadOptions.DEFAULT, "holds 2 labels for 3 images");
        Files.write(file, idx(0x803, new int[] {3, 1, 1}, 4));
        refused(file, ReadOptions.DEFAULT, "holds more than");
        Files.write(file, new byte[2]);
        refused(file, ReadOptions.DEFAULT, "damaged or cut short");
    }
}
