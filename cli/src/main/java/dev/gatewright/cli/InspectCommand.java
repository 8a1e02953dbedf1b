package dev.gatewright.cli;

import dev.gatewright.circuit.CircuitStats;
import dev.gatewright.encode.Encoder;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.model.Readout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Says what is in a model file. */
@CommandLine.Command(
        name = "inspect",
        sortOptions = false,
        description = "Says what is in a model file: encoder, gates by kind, depth, read-out and provenance.",
        footer = {
            "",
            "Examples:",
            "  gatewright inspect --model digits.gate",
            "  gatewright inspect --model adult.gate --bits"
        })
final class InspectCommand extends Command {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(names = "--bits", description = "List what every bit of the encoder tests.")
    private boolean bits;

    InspectCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        Model model = ModelFile.read(file);
        CircuitStats kinds = CircuitStats.of(model.form());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("inputs", model.form().inputs());
        json.put("outputs", model.form().outputs());
        json.put("gates", model.form().unrolledGates());
        json.put("inputs_read", kinds.inputsRead());
        json.put("depth", kinds.depth());
        json.put("gates_by_kind", kinds.gatesByKind());
        json.put("encoder", encoder(model.encoder()));
        json.put("readout", readout(model.readout()));
        json.put("target", model.target());
        json.put("labels", model.labels());
        json.put("provenance", model.provenance().facts());
        result(json, () -> text(model, kinds));
    }

    private Map<String, Object> encoder(Encoder encoder) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("summary", encoder.summary());
        json.put("bits", encoder.bits());
        switch (encoder.inputs()) {
            case Encoder.Inputs.Pixels pixels -> {
                json.put("channels", pixels.channels());
                json.put("height", pixels.height());
                json.put("width", pixels.width());
            }
            case Encoder.Inputs.Columns columns ->
                json.put(
                        "columns",
                        columns.columns().stream().map(InspectCommand::column).toList());
        }
        if (bits) {
            json.put("tests", tests(encoder));
        }
        return json;
    }

    private static List<String> tests(Encoder encoder) {
        return java.util.stream.IntStream.range(0, encoder.bits())
                .mapToObj(encoder::describe)
                .toList();
    }

    private static Map<String, Object> column(Encoder.InputColumn column) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", column.name());
        json.put("type", column.kind().name().toLowerCase(java.util.Locale.ROOT));
        if (!column.categories().isEmpty()) {
            json.put("categories", column.categories());
        }
        return json;
    }

    private static Map<String, Object> readout(Readout readout) {
        Map<String, Object> json = new LinkedHashMap<>();
        switch (readout) {
            case Readout.GroupSum sum -> {
                json.put("kind", "groupsum");
                json.put("classes", sum.classes());
                json.put("tau", sum.tau());
            }
            case Readout.Regression regression -> {
                json.put("kind", "regression");
                json.put("scale", regression.scale());
                json.put("offset", regression.offset());
            }
            case Readout.Bits ignored -> json.put("kind", "bits");
        }
        return json;
    }

    private String text(Model model, CircuitStats kinds) {
        StringBuilder text = new StringBuilder();
        text.append("encoder   ").append(model.encoder().summary()).append('\n');
        text.append("circuit   ")
                .append(model.form().inputs())
                .append(" inputs, ")
                .append(model.form().unrolledGates())
                .append(" gates, depth ")
                .append(kinds.depth())
                .append(", ")
                .append(model.form().outputs())
                .append(" outputs\n");
        text.append("gates     ").append(plain(kinds.gatesByKind())).append('\n');
        text.append("read-out  ").append(plain(readout(model.readout()))).append('\n');
        text.append("predicts  ").append(model.target());
        if (!model.labels().isEmpty()) {
            text.append(": ").append(String.join(", ", model.labels()));
        }
        text.append("\n\n");
        model.provenance()
                .facts()
                .forEach((name, value) -> text.append(name.replace('_', ' '))
                        .append(": ")
                        .append(value)
                        .append('\n'));
        if (bits) {
            text.append('\n');
            List<String> tests = tests(model.encoder());
            for (int bit = 0; bit < tests.size(); bit++) {
                text.append("bit ")
                        .append(bit)
                        .append(": ")
                        .append(tests.get(bit))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String plain(Map<String, ?> map) {
        StringBuilder text = new StringBuilder();
        map.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : ", ").append(name).append(' ').append(value));
        return text.toString();
    }
}
