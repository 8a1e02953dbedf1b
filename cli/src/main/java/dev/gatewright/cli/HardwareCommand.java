package dev.gatewright.cli;

import dev.gatewright.cli.hardware.Family;
import dev.gatewright.cli.hardware.Yosys;
import dev.gatewright.encode.InputException;
import dev.gatewright.format.Design;
import dev.gatewright.model.Exports;
import dev.gatewright.model.LutCosts;
import dev.gatewright.model.Model;
import dev.gatewright.model.ModelFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Says what a model costs as hardware. */
@CommandLine.Command(
        name = "hardware",
        sortOptions = false,
        description = {
            "Says what a model costs as hardware: look-up tables, levels, delay through cells, shares of its parts.",
            "The built-in mapper always; Yosys for families of devices where it is installed."
        },
        footer = {
            "",
            "Examples:",
            "  gatewright hardware --model digits.gate",
            "  gatewright hardware --model digits.gate --lut 4 --family ice40,ecp5 --seconds 600"
        })
final class HardwareCommand extends Command {
    private static final List<String> DESIGNS = List.of("outputs", "prediction", "all");

    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The model file.")
    private Path file;

    @Option(
            names = "--lut",
            paramLabel = "4|6",
            defaultValue = "6",
            description = "Inputs of a table of the built-in mapper. Default: 6.")
    private int inputs;

    @Option(
            names = "--family",
            paramLabel = "NAME,…",
            split = ",",
            defaultValue = "xilinx,ice40,ecp5",
            description = "What Yosys maps to: xilinx (7 series), ice40, ecp5, or none. Default: all three.")
    private List<String> families;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "300",
            description = "Seconds that a run of Yosys may take; there are three a family. Default: 300.")
    private double seconds;

    HardwareCommand(Session session) {
        super(session);
    }

    @Override
    void run() throws IOException, InterruptedException {
        if (inputs != 4 && inputs != 6) {
            throw new InputException("--lut " + inputs + ": expected 4 or 6");
        }
        if (!(seconds > 0 && seconds < 1e6)) {
            throw new InputException("--seconds " + seconds + ": expected a number above 0 and below a million");
        }
        List<Family> chosen = families();
        Model model = ModelFile.read(file);
        LutCosts costs = LutCosts.of(model, inputs);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gates", model.circuit().gates());
        json.put("lut_inputs", inputs);
        json.put("mapper", mapper(costs));
        if (!costs.encoderRefused().isEmpty()) {
            json.put("encoder_refused", costs.encoderRefused());
        }
        List<Run> runs = chosen.isEmpty()
                ? List.of()
                : runs(model, chosen, costs.encoderRefused().isEmpty());
        json.put("yosys", runs.stream().map(Run::json).toList());
        result(json, () -> text(costs, runs));
    }

    private List<Family> families() {
        List<Family> chosen = new ArrayList<>();
        for (String name : families) {
            if (name.equals("none") && families.size() == 1) {
                return chosen;
            }
            chosen.add(Family.ALL.stream()
                    .filter(family -> family.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new InputException("--family " + name + ": expected "
                            + String.join(
                                    ", ", Family.ALL.stream().map(Family::name).toList()) + " or none")));
        }
        return chosen;
    }

    private Map<String, Object> mapper(LutCosts costs) {
        Map<String, Object> json = new LinkedHashMap<>();
        costs.costs().forEach((part, cost) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("luts", cost.tables());
            entry.put("levels", cost.levels());
            entry.put("nanoseconds", nanoseconds(cost.levels()));
            json.put(part, entry);
        });
        return json;
    }

    /** By the delay of the slowest input of a table, see {@code docs/hardware.md}. */
    private double nanoseconds(int levels) {
        return levels * (inputs == 6 ? 0.642 : 0.449);
    }

    /** What Yosys made of a design for a family. */
    private record Run(Family family, String design, Yosys.Outcome outcome) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("family", family.name());
            json.put("design", design);
            switch (outcome) {
                case Yosys.Outcome.Mapped mapped -> {
                    json.put("luts", mapped.tables());
                    json.put("flip_flops", mapped.registers());
                    json.put("carry_cells", mapped.carries());
                    json.put("levels", mapped.levels());
                    json.put("nanoseconds", mapped.picoseconds() < 0 ? null : mapped.picoseconds() / 1e3);
                }
                case Yosys.Outcome.Failed failed -> json.put("failed", failed.why());
            }
            return json;
        }

        List<String> row() {
            return switch (outcome) {
                case Yosys.Outcome.Mapped mapped ->
                    List.of(
                            family.about(),
                            design,
                            Integer.toString(mapped.tables()),
                            Integer.toString(mapped.registers()),
                            Integer.toString(mapped.carries()),
                            Integer.toString(mapped.levels()),
                            mapped.picoseconds() < 0 ? "?" : decimals(mapped.picoseconds() / 1e3));
                case Yosys.Outcome.Failed failed -> List.of(family.about(), design, failed.why(), "", "", "", "");
            };
        }
    }

    private static String decimals(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private List<Run> runs(Model model, List<Family> chosen, boolean raw) throws IOException, InterruptedException {
        Optional<Yosys> yosys = Yosys.find(System.getenv().getOrDefault("PATH", ""));
        List<Run> runs = new ArrayList<>();
        if (yosys.isEmpty()) {
            say("Yosys is not installed, so there is no line for families of devices");
            return runs;
        }
        Path folder = Files.createTempDirectory("gatewright");
        try {
            Design design = Exports.design(model, "dut");
            for (String name : raw ? DESIGNS : DESIGNS.subList(0, 2)) {
                Path verilog = folder.resolve(name + ".v");
                String options = name.equals("all") ? ":thresholds" : name.equals("outputs") ? ":outputs" : "";
                try (OutputStream out = Files.newOutputStream(verilog)) {
                    Exports.parse("verilog" + options).write(design, out);
                }
                for (Family family : chosen) {
                    say("yosys: " + family.about() + ", " + name);
                    runs.add(new Run(family, name, yosys.get().map(verilog, family, seconds)));
                }
            }
        } finally {
            for (String name : DESIGNS) {
                Files.deleteIfExists(folder.resolve(name + ".v"));
            }
            Files.deleteIfExists(folder);
        }
        return runs;
    }

    private String text(LutCosts costs, List<Run> runs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("part", "LUT" + inputs, "levels", "ns"));
        costs.costs()
                .forEach((part, cost) -> rows.add(List.of(
                        part.replace('_', ' '),
                        Integer.toString(cost.tables()),
                        Integer.toString(cost.levels()),
                        decimals(nanoseconds(cost.levels())))));
        StringBuilder text = new StringBuilder("built-in mapper\n").append(Text.table(rows));
        if (!costs.encoderRefused().isEmpty()) {
            text.append("encoder: ").append(costs.encoderRefused()).append('\n');
        }
        if (!runs.isEmpty()) {
            List<List<String>> table = new ArrayList<>();
            table.add(List.of("family", "design", "LUTs", "flip-flops", "carry cells", "levels", "ns"));
            runs.forEach(run -> table.add(run.row()));
            text.append("\nyosys\n").append(Text.table(table));
        }
        return text.append("ns: through cells, without the wires between them").toString();
    }
}
