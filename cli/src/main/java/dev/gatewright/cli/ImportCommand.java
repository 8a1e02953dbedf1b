package dev.gatewright.cli;

import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.InputException;
import dev.gatewright.foreign.ForeignModel;
import dev.gatewright.foreign.ImportOptions;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a model file of a network that another system trained. */
@CommandLine.Command(
        name = "import",
        sortOptions = false,
        description = {
            "Makes a model file of a network that another system trained. Nothing in the file is run.",
            "difflogic: whole models (.pt), weights with exported wiring, generated C (.c); torchlogix: circuits"
                    + " (.json), states (.safetensors, .pt); dwn: states or whole models of torch-dwn."
        },
        footer = {
            "",
            "Examples:",
            "  gatewright import --from torchlogix net.safetensors --classes 10 --tau 10 --input 1x28x28 --out"
                    + " net.gate",
            "  gatewright import --from difflogic net.c --input 1x28x28 --thresholds 0.5 --out net.gate",
            "  gatewright import --help-export difflogic > export_difflogic.py"
        })
final class ImportCommand extends Command {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9})x([0-9]{1,9})x([0-9]{1,9})");

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The network's file.")
    private Path file;

    @Option(names = "--from", paramLabel = "SYSTEM", description = "difflogic, torchlogix or dwn.")
    private ForeignModel.Origin from;

    @Option(names = "--out", paramLabel = "FILE", description = "The model file to write.")
    private Path out;

    @Option(
            names = "--wiring",
            paramLabel = "FILE",
            description = "The wires of difflogic's weights, as --help-export writes them.")
    private Path wiring;

    @Option(
            names = "--input",
            paramLabel = "CxHxW",
            description = "The network reads images of this shape. Default: rows of columns x0, x1, …")
    private String image;

    @Option(
            names = "--inputs",
            paramLabel = "N",
            description = "Bits that the network reads, where neither its file nor --input says.")
    private Integer inputs;

    @Option(
            names = "--thresholds",
            split = ",",
            paramLabel = "T",
            description = "A bit is whether a column, or a pixel from 0 to 1, exceeds a threshold. Default: those of"
                    + " the file; else columns are bits themselves.")
    private List<Float> thresholds = List.of();

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            description = "Of the bits of thresholds: pixel, channel or threshold. Default: what is usual with SYSTEM.")
    private ImportOptions.BitOrder order;

    @Option(names = "--classes", paramLabel = "N", description = "Classes, where the file does not say.")
    private Integer classes;

    @Option(
            names = "--labels",
            split = ",",
            paramLabel = "NAME",
            description = "Names of the classes. Default: 0, 1, …")
    private List<String> labels = List.of();

    @Option(names = "--tau", paramLabel = "X", description = "What sums are divided by, where the file does not say.")
    private Double tau;

    @Option(names = "--target", paramLabel = "NAME", description = "What is predicted. Default: class.")
    private String target = "class";

    @Option(
            names = "--parametrization",
            paramLabel = "KIND",
            description = "warp or light, for torchlogix's layers of which the file does not say.")
    private ImportOptions.Tables tables;

    @Option(
            names = "--learned-thresholds",
            paramLabel = "KIND",
            description = "softplus (torchlogix since September 2026, the default) or plain.")
    private ImportOptions.Learned learned = ImportOptions.Learned.SOFTPLUS;

    @Option(
            names = "--help-export",
            paramLabel = "SYSTEM",
            description = "Print a small Python program that saves what SYSTEM's own files lack.")
    private ForeignModel.Origin export;

    ImportCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException {
        if (export != null) {
            String program = program(export);
            result(Map.of("python", program), () -> program);
            return;
        }
        if (file == null || from == null || out == null) {
            throw new InputException("--from, a file and --out are needed together");
        }
        OutputFile.check(out);
        Model model = ForeignModel.read(from, file, options());
        ModelFile.write(model, out);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("imported_from", model.provenance().facts().get("imported_from"));
        json.put("gates_there", Long.parseLong(model.provenance().facts().get("imported_gates")));
        json.put("gates", model.form().unrolledGates());
        json.put("inputs", model.form().inputs());
        json.put("outputs", model.form().outputs());
        json.put("classes", model.labels().size());
        json.put("model", out.toString());
        result(
                json,
                () -> json.get("imported_from") + ": " + json.get("gates_there") + " gates there, "
                        + model.form().unrolledGates() + " here; "
                        + model.encoder().summary() + "; written to " + out);
    }

    private ImportOptions options() {
        return new ImportOptions(
                inputs == null ? OptionalInt.empty() : OptionalInt.of(inputs),
                Optional.ofNullable(image).map(ImportCommand::shape),
                thresholds,
                Optional.ofNullable(order),
                classes == null ? OptionalInt.empty() : OptionalInt.of(classes),
                labels,
                tau == null ? OptionalDouble.empty() : OptionalDouble.of(tau),
                target,
                Optional.ofNullable(wiring),
                Optional.ofNullable(tables),
                learned);
    }

    private static Encoder.Inputs.Pixels shape(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new InputException("--input " + text + ": expected channels, height and width, such as 1x28x28");
        }
        return new Encoder.Inputs.Pixels(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    private static String program(ForeignModel.Origin system) {
        return Resources.text(
                switch (system) {
                    case DIFFLOGIC -> "export_difflogic.py";
                    case TORCHLOGIX -> "export_torchlogix.py";
                    case DWN -> "export_dwn.py";
                });
    }
}
