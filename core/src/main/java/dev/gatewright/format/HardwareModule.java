package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.Votes;
import dev.gatewright.encode.RawBits;
import dev.gatewright.encode.RawField;
import dev.gatewright.format.HardwareLanguage.Operand;
import dev.gatewright.format.HardwareLanguage.Port;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A module of hardware in any of its languages: gates, and the read-out unless the options or the design leave it out; in one
 * piece, or as a pipeline that takes a sample every clock.
 */
record HardwareModule(
        Design design,
        HardwareOptions options,
        HardwareLanguage language,
        Circuit circuit,
        Optional<KernelModules> kernels) {
    /** The module of a design; with thresholds its circuit has the encoder's gates before the others. */
    HardwareModule(Design design, HardwareOptions options, HardwareLanguage language) {
        this(design, options, language, kernels(design, options, language));
    }

    private HardwareModule(
            Design design, HardwareOptions options, HardwareLanguage language, Optional<KernelModules> kernels) {
        this(
                design,
                options,
                language,
                kernels.map(each -> each.kernels().rest()).orElseGet(() -> whole(design, options)),
                kernels);
    }

    private static Circuit whole(Design design, HardwareOptions options) {
        return options.thresholds() ? EncoderCircuit.before(design.circuit(), design.encoder()) : design.circuit();
    }

    private static Optional<KernelModules> kernels(Design design, HardwareOptions options, HardwareLanguage language) {
        if (!options.kernels()) {
            return Optional.empty();
        }
        CircuitForm form =
                options.thresholds() ? EncoderCircuit.before(design.form(), design.encoder()) : design.form();
        return Optional.of(KernelModules.of(form, name(design, language), input(options)));
    }

    /** The port of the inputs: the encoder's bits, or raw values. */
    String input() {
        return input(options);
    }

    private static String input(HardwareOptions options) {
        return options.thresholds() ? "raw" : "x";
    }

    /** Bits of that port. */
    int inputs() {
        return kernels.map(each -> each.kernels().inputs()).orElseGet(circuit::inputs);
    }

    /** The module's name, legal in its language. */
    String name() {
        return name(design, language);
    }

    private static String name(Design design, HardwareLanguage language) {
        return Names.legal(design.name(), language.keywords());
    }

    /** Whether the module has the outputs as they are. */
    private boolean isPlain() {
        return options.outputs() || design.groups() == 0;
    }

    /** The ports that carry what is computed, the lowest bits first. */
    List<Port> results() {
        if (isPlain()) {
            return List.of(new Port("y", circuit.outputs(), false));
        }
        int groups = design.groups();
        Port counts = new Port("counts", groups * Votes.width(design.circuit().outputs() / groups), false);
        return design.score() instanceof Design.Score.Votes
                ? List.of(counts, new Port("prediction", Votes.width(groups - 1), false))
                : List.of(counts);
    }

    private List<Port> ports() {
        List<Port> ports = new ArrayList<>();
        if (options.levels() > 0) {
            ports.add(new Port("clk", 0, true));
        }
        if (options.valid()) {
            ports.add(new Port("rst", 0, true));
            ports.add(new Port("x_valid", 0, true));
            ports.add(new Port("x_ready", 0, false));
        }
        ports.add(new Port(input(), inputs(), true));
        ports.addAll(results());
        if (options.valid()) {
            ports.add(new Port("result_valid", 0, false));
            ports.add(new Port("result_ready", 0, true));
        }
        return ports;
    }

    /** Clocks from a sample to its result; 0 without a pipeline. */
    int latency() {
        return plan().stages();
    }

    private HardwareWalk plan() {
        try {
            return walk(HardwareWalk.Part.PLAN, new TextOut(OutputStream.nullOutputStream()));
        } catch (IOException e) {
            throw new IllegalStateException("a walk that writes nothing", e);
        }
    }

    void write(OutputStream stream) throws IOException {
        TextOut out = new TextOut(stream);
        int stages = options.levels() > 0 ? latency() : 0;
        Header.write(out, language.comment(), design, name(), sentences().toArray(String[]::new));
        rawFields(out);
        if (kernels.isPresent()) {
            kernels.get().modules(out);
        }
        language.head(out, name(), ports());
        if (language.declaresFirst()) {
            if (options.valid()) {
                language.declare(out, "advance", 0);
                for (int stage = 1; stage <= stages; stage++) {
                    language.declare(out, "full_" + stage, 0);
                }
            }
            walk(HardwareWalk.Part.DECLARATIONS, out);
        }
        language.begin(out);
        if (kernels.isPresent()) {
            kernels.get().instances(out);
        }
        if (options.valid()) {
            flow(out, stages);
        }
        walk(HardwareWalk.Part.STATEMENTS, out);
        if (stages > 0) {
            language.clocked(out, options.valid() ? "advance" : "", () -> walk(HardwareWalk.Part.REGISTERS, out));
        }
        language.tail(out);
        out.flush();
    }

    private HardwareWalk walk(HardwareWalk.Part part, TextOut out) throws IOException {
        String reads = kernels.map(KernelModules::last).orElseGet(this::input);
        HardwareWalk walk = new HardwareWalk(circuit, reads, language, options.levels(), part, out);
        walk.gates();
        if (isPlain()) {
            walk.outputs();
        } else {
            new HardwareVotes(walk, new HardwareNumbers(walk, language), design, circuit, options.popcount()).write();
        }
        return walk;
    }

    /** All stages move on together, when the last one is empty or its result is taken. */
    private void flow(TextOut out, int stages) throws IOException {
        String last = "full_" + stages;
        for (int stage = 1; stage <= stages; stage++) {
            language.register(out, "full_" + stage, 0);
        }
        // The truth table of a or not b.
        String advance = language.formula().of(0b1011, new String[] {"result_ready", last});
        language.define(out, "advance", 0, advance);
        language.drive(out, "x_ready", List.of(new Operand("advance", 0, false)));
        language.drive(out, "result_valid", List.of(new Operand(last, 0, false)));
        language.handshake(out, stages);
    }

    /** What the file says of its ports and of time. */
    List<String> sentences() {
        HardwareWalk plan = options.levels() > 0 ? plan() : null;
        return Stream.of(
                        meaning(),
                        timing(plan == null ? 0 : plan.stages(), plan),
                        flow(),
                        raw(),
                        kernels.map(KernelModules::sentence).orElse(""))
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    private String meaning() {
        if (isPlain()) {
            return "ports: " + input() + ", y";
        }
        int classes = design.groups();
        int width = Votes.width(design.circuit().outputs() / classes);
        String counted = ", counted by " + options.popcount().name();
        return switch (design.score()) {
            case Design.Score.Tally ignored ->
                "ports: " + input() + "; counts, the number of true outputs, " + width + " bits, unsigned" + counted;
            default ->
                "ports: " + input() + "; counts, " + classes + " numbers of " + width
                        + " bits, unsigned, class 0 in the lowest bits" + counted
                        + "; prediction, the index of the class, "
                        + Votes.width(classes - 1) + " bits, unsigned";
        };
    }

    private String timing(int stages, HardwareWalk plan) {
        return plan == null
                ? "timing: combinational"
                : "timing: a pipeline; latency " + stages
                        + " clocks, a sample every clock; " + input() + " is read at the rising edge"
                        + " of clk; " + plan.registers() + " bits of registers; a stage has up to " + options.levels()
                        + " levels of gates, an adder or comparator of w bits counting as many as w has bits";
    }

    private String flow() {
        return options.valid()
                ? "flow: " + input()
                        + " is taken at edges where x_valid and x_ready are set, a result at those where result_valid and"
                        + " result_ready are, in the same order; rst, at an edge, empties the pipeline"
                : "";
    }

    private String raw() {
        return options.thresholds()
                ? "raw: raw[0] to raw[" + (inputs() - 1) + "], the values that the encoder's bits x compare"
                        + (kernels.isPresent() ? "" : ", " + circuit.gates() + " gates with those that compare them")
                        + "; its fields stand last here"
                : "";
    }

    private void rawFields(TextOut out) throws IOException {
        if (options.thresholds()) {
            for (RawField field : new RawBits(design.encoder()).fields()) {
                out.text(language.comment() + "raw[" + field.offset() + "]: " + Names.quoted(field.name()) + ", "
                                + field.meaning())
                        .line();
            }
        }
    }
}
