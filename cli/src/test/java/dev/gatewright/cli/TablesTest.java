package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as users bring them. */
final class TablesTest {
    @TempDir
    private Path folder;

    private Run train(String csv, String... more) throws IOException {
        Path data = Files.writeString(folder.resolve("data.csv"), csv);
        List<String> args = new ArrayList<>(List.of("train", "--data", data.toString(), "--out", out().toString()));
        args.addAll(List.of("--epochs", "20", "--quiet"));
        args.addAll(List.of(more));
        return Run.of(args.toArray(String[]::new));
    }

    private Path out() {
        return folder.resolve("model.gate");
    }

    private static String people(int rows) {
        SplittableRandom random = new SplittableRandom(1);
        StringBuilder csv = new StringBuilder("age,work,rich\n");
        for (int row = 0; row < rows; row++) {
            int age = 20 + random.nextInt(50);
            boolean own = random.nextInt(3) == 0;
            csv.append(random.nextInt(10) == 0 ? "?" : Integer.toString(age))
                    .append(',')
                    .append(own ? "own" : "office")
                    .append(',')
                    .append(age > 45 || own ? "yes" : "no")
                    .append('\n');
        }
        return csv.toString();
    }

    private void refused(Run run, String... words) {
        run.refused(words);
        assertThat(out()).doesNotExist();
        assertThat(folder.resolve("model.gate.checkpoint")).doesNotExist();
    }

    @Test
    void aTableNeedsNothingButItsTarget() throws IOException {
        train(people(300), "--target", "rich").succeeded();
        Path rows = Files.writeString(folder.resolve("new.csv"), "work,age\nown,30\nschool,61\noffice,\n");

        String predicted = Run.of("predict", "--model", out().toString(), "--in", rows.toString())
                .succeeded()
                .out();

        assertThat(predicted.lines()).hasSize(4).first().isEqualTo("prediction");
    }

    @Test
    void anotherFileIsEvaluatedWhole() throws IOException {
        train(people(300), "--target", "rich").succeeded();
        Path other = Files.writeString(folder.resolve("other.csv"), people(100).replace("20,", "21,"));

        Map<String, Object> evaluated = Run.of(
                        "evaluate", "--model", out().toString(), "--data", other.toString(), "--json")
                .succeeded()
                .object();

        assertThat(evaluated).containsEntry("samples", 100L).containsEntry("split", "all");
    }

    @Test
    void numbersArePredicted() throws IOException {
        StringBuilder csv = new StringBuilder("x,y\n");
        for (int i = 0; i < 300; i++) {
            csv.append(i % 100).append(',').append((i % 100) * 2.5 + 0.25).append('\n');
        }
        train(csv.toString(), "--target", "y").succeeded();

        assertThat(Run.of(
                                "evaluate",
                                "--model",
                                out().toString(),
                                "--data",
                                folder.resolve("data.csv").toString(),
                                "--json")
                        .succeeded()
                        .object())
                .containsKeys("r2", "rmse", "accuracy");
    }

    @Test
    void aMissingTargetIsNamed() throws IOException {
        refused(train(people(50), "--target", "income"), "income");
    }

    @Test
    void aTargetMustBeNamed() throws IOException {
        refused(train(people(50)), "target");
    }

    @Test
    void raggedRowsAreRefusedWithTheirLine() throws IOException {
        refused(train(people(50) + "1,2\n", "--target", "rich"), "52");
    }

    @Test
    void oneClassIsRefused() throws IOException {
        refused(train("x,y\n1,a\n2,a\n3,a\n4,a\n", "--target", "y"), "y");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        refused(train("", "--target", "y"), "data.csv");
    }

    @Test
    void aNetworkThatDoesNotFitTheClassesIsRefused() throws IOException {
        refused(train(people(100), "--target", "rich", "--network", "dense:33x2 | groupsum"), "33", "2 classes");
    }

    @Test
    void aBatchLargerThanTheDataWorks() throws IOException {
        train(people(60), "--target", "rich", "--batch", "100000").succeeded();
    }
}
