package dev.gatewright.cli;

import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Column;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Samples;
import dev.gatewright.encode.Table;
import dev.gatewright.format.CircuitFiles;
import dev.gatewright.format.ReadCircuit;
import dev.gatewright.model.Against;
import dev.gatewright.model.Equivalence;
import dev.gatewright.model.Json;
import dev.gatewright.model.KernelProof;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import dev.gatewright.verify.ReferenceEvaluator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Proves that a file computes what a model computes. */
@CommandLine.Command(
        name = "verify",
        sortOptions = false,
        description = {
            "Proves that a file computes what a model computes, or shows a row on which it does not.",
            "Reads AIGER, BLIF, JSON and Verilog as 'export' writes them, AIGER and BLIF of other tools, and model files.",
            "Exit status: 0 proved equal, 1 different or not decided."
        },
        footer = {
            "",
            "Examples:",
            "  gatewright verify --model digits.gate --against digits.v",
            "  gatewright verify --model digits.gate --against smaller.aig --seconds 600"
        })
final class VerifyCommand extends Command {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(names = "--against", required = true, paramLabel = "FILE", description = "The file to compare with it.")
    private Path against;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "300",
            description = "Give up after about N seconds, and say how much is proved. Default: 300.")
    private double seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of the samples simulated first. Default: 0.")
    private long seed;

    private int status = Failures.OTHER;

    VerifyCommand(Session session) {
        super(session);
    }

    @Override
    int status() {
        return status;
    }

    @Override
    void run() throws IOException {
        if (!(seconds > 0 && seconds < 1e9)) {
            throw new InputException("--seconds " + seconds + ": expected a number above 0");
        }
        Model model = ModelFile.read(file);
        long start = System.nanoTime();
        ReadCircuit read;
        Against pair;
        Optional<Model> other = Optional.empty();
        try {
            if (against.toString().endsWith(".gate")) {
                other = Optional.of(ModelFile.read(against));
                read = Against.file(model, other.get());
            } else {
                read = CircuitFiles.read(against);
            }
            pair = Against.of(model, read);
        } catch (InputException e) {
            String message = e.getMessage();
            throw new InputException(message.startsWith(against.toString()) ? message : against + ": " + message, e);
        }
        BooleanSupplier stop = () -> System.nanoTime() - start > seconds * 1e9;
        boolean kernels = other.isPresent()
                ? KernelProof.holds(model.form(), other.get().form(), seed, stop)
                : KernelProof.holds(model, read, seed, stop);
        Equivalence.Answer answer = kernels
                ? new Equivalence.Answer.Equal(Equivalence.How.KERNELS)
                : Equivalence.of(pair.expected(), pair.found(), pair.relations(model), seed, stop);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("answer", "");
        json.put("outputs", pair.outputs().size());
        json.put("gates_model", pair.expected().gates());
        json.put("gates_file", pair.found().gates());
        String text = switch (answer) {
            case Equivalence.Answer.Equal equal -> equal(equal, pair, json);
            case Equivalence.Answer.Different different -> different(different, model, pair, json);
            case Equivalence.Answer.Undecided undecided -> undecided(undecided, json);
        };
        json.put("seconds", (System.nanoTime() - start) / 1e9);
        result(json, () -> text);
    }

    private String equal(Equivalence.Answer.Equal equal, Against pair, Map<String, Object> json) {
        status = Failures.DONE;
        json.put("answer", "equal");
        json.put("how", equal.how().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
        json.put("proved", pair.outputs().size());
        String how = switch (equal.how()) {
            case STRUCTURE -> "they have the same gates";
            case EVERY_INPUT -> "every input was tried";
            case PROOF -> "every output is proved";
            case KERNELS -> "every kernel is proved, and what comes after them";
        };
        return "equal: " + pair.outputs().size() + " outputs agree for every input; " + how;
    }

    private static String undecided(Equivalence.Answer.Undecided undecided, Map<String, Object> json) {
        json.put("answer", "undecided");
        json.put("proved", undecided.proved());
        return "not decided: " + undecided.proved() + " of " + undecided.outputs()
                + " outputs are proved equal, and no difference was found; --seconds gives it more time";
    }

    private static String different(
            Equivalence.Answer.Different different, Model model, Against pair, Map<String, Object> json) {
        boolean[] bits = different.inputs();
        StringBuilder digits = new StringBuilder();
        for (boolean bit : bits) {
            digits.append(bit ? '1' : '0');
        }
        String output = pair.outputs().get(different.output());
        boolean expected = ReferenceEvaluator.evaluate(pair.expected(), bits)[different.output()];
        Map<String, Object> row =
                pair.sample(model, bits).map(VerifyCommand::row).orElse(null);
        json.put("answer", "different");
        json.put("output", output);
        json.put("model_says", expected);
        json.put("file_says", !expected);
        json.put("bits", digits.toString());
        json.put("row", row);
        return "different: output " + output + " is " + (expected ? 1 : 0) + " in the model and " + (expected ? 0 : 1)
                + " in the file for the bits\n" + digits + "\n"
                + (row == null ? "which no row of yours gives" : "which this row gives: " + Json.write(row));
    }

    /** A sample of one row by names of columns. */
    private static Map<String, Object> row(Samples sample) {
        Map<String, Object> row = new LinkedHashMap<>();
        switch (sample) {
            case Images images -> row.put("pixels", pixels(images));
            case Table table -> {
                for (Column column : table.columns()) {
                    row.put(column.name(), value(column));
                }
            }
        }
        return row;
    }

    private static List<Integer> pixels(Images images) {
        List<Integer> pixels = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            pixels.add(images.pixel(0, i));
        }
        return pixels;
    }

    private static Object value(Column column) {
        if (column.missing(0)) {
            return null;
        }
        return switch (column) {
            case NumberColumn number -> {
                if (number.binary()) {
                    yield number.value(0) != 0;
                }
                yield (double) number.value(0);
            }
            case CategoryColumn category -> category.categories().get(category.code(0));
        };
    }
}
