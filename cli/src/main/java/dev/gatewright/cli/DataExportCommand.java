package dev.gatewright.cli;

import dev.gatewright.data.Dataset;
import dev.gatewright.data.Datasets;
import dev.gatewright.data.Split;
import dev.gatewright.data.TrainingArrays;
import dev.gatewright.encode.InputException;
import dev.gatewright.train.Learner;
import dev.gatewright.train.TrainOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes training samples, and which of them validation holds out, as arrays. */
@CommandLine.Command(
        name = "export",
        description = {
            "Writes the training samples of a data set to an NPZ file for other programs: x, pixels or numbers; y,"
                    + " classes; held, the rows that 'train' with the same --validation and --seed holds out.",
            "The test split is not written."
        },
        footer = {
            "",
            "Examples:",
            "  gatewright data export --data mnist --validation 0.0833 --out mnist.npz",
            "  gatewright data export --help-teacher > teacher.py",
            "  python3 teacher.py mnist.npz scores.npy --epochs 5",
            "  gatewright train --preset mnist-8k --teacher scores.npy --out mnist.gate"
        })
final class DataExportCommand extends Command {
    @Option(
            names = "--data",
            paramLabel = "NAME|PATH",
            description = "A name from 'gatewright data list', or a file or folder.")
    private String data;

    @Mixin
    private DataOptions reading;

    @Option(
            names = "--validation",
            paramLabel = "FRACTION",
            description = "Training samples held out. Default: as 'train' does, from their number.")
    private Double validation;

    @Option(names = "--out", paramLabel = "FILE", description = "The NPZ file to write.")
    private Path out;

    @Option(
            names = "--help-teacher",
            description = "Print a small PyTorch program that learns from such a file of images and writes scores for"
                    + " 'train --teacher'.")
    private boolean teacher;

    DataExportCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        if (teacher) {
            String program = Resources.text("teacher.py");
            result(Map.of("python", program), () -> program);
            return;
        }
        if (data == null || out == null) {
            throw new InputException("--data and --out are needed together");
        }
        OutputFile.check(out);
        Dataset dataset = Datasets.open(data, reading.read(null, 0, this));
        TrainOptions options = TrainOptions.DEFAULT.withSeed(reading.seed == null ? 0 : reading.seed);
        options = validation == null ? options : options.withValidation(validation);
        double fraction = Learner.settled(dataset, options).validation().orElseThrow();
        int[] held = Split.validation(dataset.train().target(), fraction, options.seedOfSplits())
                .held();
        TrainingArrays.write(dataset.train(), held, out);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", dataset.name());
        json.put("samples", dataset.train().rows());
        json.put("held", held.length);
        json.put("file", out.toString());
        result(
                json,
                () -> dataset.name() + ": " + dataset.train().rows() + " training samples, " + held.length
                        + " of them held out; written to " + out);
    }
}
