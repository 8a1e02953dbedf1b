package dev.gatewright.cli;

import dev.gatewright.data.Datasets;
import dev.gatewright.encode.Samples;
import dev.gatewright.model.AtomicFile;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.model.Predictor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicts rows of a file. */
@CommandLine.Command(
        name = "predict",
        sortOptions = false,
        description = {
            "Predicts every row of a file and writes CSV, one line a row.",
            "A table's columns are found by name, in any order; columns that the model does not know are ignored."
        },
        footer = {
            "",
            "Examples:",
            "  gatewright predict --model adult.gate --in people.csv",
            "  gatewright predict --model digits.gate --in digits.csv --scores --out predictions.csv"
        })
final class PredictCommand extends Command {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(names = "--in", required = true, paramLabel = "FILE", description = "The rows to predict.")
    private Path in;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write. Default: standard output.")
    private Path out;

    @Option(names = "--scores", description = "Add one column a class with its score.")
    private boolean scores;

    @Mixin
    private DataOptions reading;

    @Mixin
    private RunOptions running;

    PredictCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        if (out != null) {
            OutputFile.check(out);
        }
        Model model = ModelFile.read(file);
        Samples samples = Datasets.samples(in, reading.read(null, 0, this));
        Predictions predictions;
        try (Predictor predictor = Predictor.of(model, running.engine(), running.threads())) {
            predictions = Predictions.of(model, predictor, samples, scores);
        }
        if (out != null) {
            AtomicFile.write(out, channel -> write(predictions, channel));
        }
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("samples", samples.rows());
            object.put("target", model.target());
            object.put("predictions", predictions.json());
            if (scores) {
                object.put("labels", model.labels());
                object.put("scores", predictions.jsonScores());
            }
            result(object, () -> "");
        } else if (out == null) {
            StringBuilder text = new StringBuilder();
            predictions.heading(text);
            for (int row = 0; row < predictions.rows(); row++) {
                predictions.row(row, text);
                session().out().append(text);
                text.setLength(0);
            }
            session().out().append(text);
        } else {
            say(predictions.rows() + " predictions written to " + out);
        }
    }

    private static void write(Predictions predictions, FileChannel channel) throws IOException {
        StringBuilder text = new StringBuilder();
        predictions.heading(text);
        for (int row = 0; row < predictions.rows(); row++) {
            predictions.row(row, text);
            if (text.length() > 1 << 16) {
                flush(text, channel);
            }
        }
        flush(text, channel);
    }

    private static void flush(StringBuilder text, FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        text.setLength(0);
    }
}
