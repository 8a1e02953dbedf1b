package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.circuit.Levels;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Passes in order, run once or until nothing changes. */
public final class Pipeline {
    private static final Map<String, Function<InputRelations, Pass>> PASSES = new LinkedHashMap<>();

    static {
        PASSES.put("drop-dead-gates", relations -> new DropDeadGates());
        PASSES.put("share-gates", relations -> new ShareGates());
        PASSES.put("fold-constants", relations -> new FoldConstants());
        PASSES.put("absorb-inverters", relations -> new AbsorbInverters());
        PASSES.put("merge-equal-wires", MergeEqualWires::new);
        PASSES.put("rewrite-cuts", relations -> new RewriteCuts());
        PASSES.put("resubstitute", Resubstitute::new);
        PASSES.put("map-three-inputs", relations -> new MapThreeInputs());
    }

    /** Builders share equal gates, so after the first of these share-gates would find nothing. */
    private static final List<String> QUICK = List.of("drop-dead-gates", "fold-constants", "absorb-inverters");

    /** Beyond this the gain of another round is no longer worth its time. */
    private static final int MOST_ROUNDS = 100;
    /** Rounds of all kernels of a circuit in stages: a third finds next to nothing. */
    private static final int MOST_KERNEL_ROUNDS = 3;

    /** The passes that take next to no time, until nothing changes: what every learnt circuit goes through. */
    public static final Pipeline STANDARD = new Pipeline("standard", List.of(new Step(QUICK, MOST_ROUNDS, 0)));

    /** All passes on two-input gates, until a round gains less than a thousandth: for circuits that are run often. */
    public static final Pipeline THOROUGH = new Pipeline(
            "thorough",
            List.of(new Step(
                    names().stream()
                            .filter(pass -> !pass.equals("map-three-inputs"))
                            .toList(),
                    MOST_ROUNDS,
                    0.001)));

    /**
     * A circuit after all passes, in the form given, and what each run of each pass did; on stages, to their kernels one
     * after the other.
     */
    public record Result(CircuitForm form, List<PassReport> reports) {
        public Result {
            reports = List.copyOf(reports);
        }

        /** The circuit written out; see {@link CircuitForm#flat()}. */
        public Circuit circuit() {
            return form.flat();
        }
    }

    /** Passes in order, for so many rounds at most, until one changes nothing or gains less than this share of gates. */
    private record Step(List<String> passes, int rounds, double leastGain) {}

    private final String name;
    private final List<Step> steps;

    private Pipeline(String name, List<Step> steps) {
        this.name = name;
        this.steps = steps;
    }

    /** The names of passes that {@link #parse} knows, in the order of {@link #THOROUGH}. */
    public static List<String> names() {
        return List.copyOf(PASSES.keySet());
    }

    /**
     * The pipeline of a comma-separated list of pass names, run once in this order, where {@code standard} is
     * {@link #STANDARD} and {@code thorough} is {@link #THOROUGH}.
     *
     * @throws IllegalArgumentException if a name is none of these and not among {@link #names}
     */
    public static Pipeline parse(String text) {
        List<String> words = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            String pass = word.strip();
            words.add(pass);
            if (pass.equals(STANDARD.name)) {
                steps.addAll(STANDARD.steps);
            } else if (pass.equals(THOROUGH.name)) {
                steps.addAll(THOROUGH.steps);
            } else if (PASSES.containsKey(pass)) {
                steps.add(new Step(List.of(pass), 1, 0));
            } else {
                throw new IllegalArgumentException("there is no pass '" + pass
                        + "'; expected standard, thorough, or some of " + String.join(", ", names()));
            }
        }
        return new Pipeline(String.join(",", words), List.copyOf(steps));
    }

    /** Runs all passes on the system's clock; the function stays the same for all inputs. */
    public Result run(CircuitForm circuit) {
        return run(circuit, InputRelations.none(circuit.inputs()));
    }

    /** Runs all passes on the system's clock; the function stays the same wherever the relations hold. */
    public Result run(CircuitForm circuit, InputRelations relations) {
        return run(circuit, relations, System::nanoTime);
    }

    /**
     * Runs all passes, timed by a clock of nanoseconds; the function stays the same wherever the relations hold.
     *
     * @throws IllegalArgumentException if the relations are of another number of inputs than the circuit's
     */
    public Result run(CircuitForm circuit, InputRelations relations, LongSupplier clock) {
        if (relations.inputs() != circuit.inputs()) {
            throw new IllegalArgumentException(
                    "relations of " + relations.inputs() + " inputs where the circuit has " + circuit.inputs());
        }
        List<PassReport> reports = new ArrayList<>();
        CircuitForm optimised = switch (circuit) {
            case Circuit flat -> run(flat, relations, clock, reports);
            case StagedCircuit staged -> run(staged, clock, reports);
        };
        return new Result(optimised, reports);
    }

    /** Kernel by kernel, and again where planes that are left out have left gates without a use. */
    private StagedCircuit run(StagedCircuit circuit, LongSupplier clock, List<PassReport> reports) {
        StagedCircuit before = circuit;
        StagedCircuit after = PruneChannels.apply(circuit);
        for (int round = 0; round == 0 || round < MOST_KERNEL_ROUNDS && !after.equals(before); round++) {
            List<Stage> kernels = new ArrayList<>();
            for (int at = 0; at < after.stages().size(); at++) {
                Stage stage = after.stages().get(at);
                Circuit kernel = stage.kernel();
                if (round == 0 || !kernel.equals(before.stages().get(at).kernel())) {
                    List<PassReport> own = new ArrayList<>();
                    kernel = run(kernel, InputRelations.none(kernel.inputs()), clock, own);
                    reports.addAll(own);
                }
                kernels.add(new Stage(kernel, stage.grid()));
            }
            before = new StagedCircuit(kernels);
            after = PruneChannels.apply(before);
        }
        return after;
    }

    private Circuit run(Circuit circuit, InputRelations relations, LongSupplier clock, List<PassReport> reports) {
        Circuit current = circuit;
        for (Step step : steps) {
            current = run(step, current, relations, clock, reports);
        }
        return current;
    }

    /** Ends within a round too, where every pass of the step has seen this circuit and changed nothing. */
    private static Circuit run(
            Step step, Circuit circuit, InputRelations relations, LongSupplier clock, List<PassReport> reports) {
        Circuit current = circuit;
        int idle = 0;
        boolean more = true;
        for (int round = 0; round < step.rounds && more; round++) {
            Circuit before = current;
            for (int i = 0; i < step.passes.size() && idle < step.passes.size(); i++) {
                Circuit after = run(step.passes.get(i), current, relations, clock, reports);
                idle = after.equals(current) ? idle + 1 : 0;
                current = after;
            }
            int gain = before.gates() - current.gates();
            more = idle < step.passes.size()
                    && !current.equals(before)
                    && (round == 0 || gain >= step.leastGain * before.gates());
        }
        return current;
    }

    private static Circuit run(
            String pass, Circuit before, InputRelations relations, LongSupplier clock, List<PassReport> reports) {
        int depth = reports.isEmpty()
                ? Levels.of(before).depth()
                : reports.getLast().depthAfter();
        long start = clock.getAsLong();
        Circuit after = PASSES.get(pass).apply(relations).apply(before);
        Duration time = Duration.ofNanos(clock.getAsLong() - start);
        reports.add(new PassReport(
                pass, before.gates(), after.gates(), depth, Levels.of(after).depth(), time));
        return after;
    }

    /** The text from which {@link #parse} makes this pipeline. */
    @Override
    public String toString() {
        return name;
    }
}
