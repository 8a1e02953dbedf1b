package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.InputRelations;
import dev.gatewright.circuit.Levels;
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

    private static final List<String> QUICK =
            List.of("drop-dead-gates", "share-gates", "fold-constants", "absorb-inverters");

    /** Beyond this the gain of another round is no longer worth its time. */
    private static final int MOST_ROUNDS = 100;

    /** The passes that take next to no time, until nothing changes: what every learnt circuit goes through. */
    public static final Pipeline STANDARD = new Pipeline("standard", List.of(new Stage(QUICK, MOST_ROUNDS, 0)));

    /** All passes on two-input gates, until a round gains less than a thousandth: for circuits that are run often. */
    public static final Pipeline THOROUGH = new Pipeline(
            "thorough",
            List.of(new Stage(
                    names().stream()
                            .filter(pass -> !pass.equals("map-three-inputs"))
                            .toList(),
                    MOST_ROUNDS,
                    0.001)));

    /** A circuit after all passes, and what each run of each pass did. */
    public record Result(Circuit circuit, List<PassReport> reports) {
        public Result {
            reports = List.copyOf(reports);
        }
    }

    /** Passes in order, for so many rounds at most, until one changes nothing or gains less than this share of gates. */
    private record Stage(List<String> passes, int rounds, double leastGain) {}

    private final String name;
    private final List<Stage> stages;

    private Pipeline(String name, List<Stage> stages) {
        this.name = name;
        this.stages = stages;
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
        List<Stage> stages = new ArrayList<>();
        for (String word : text.split(",", -1)) {
            String pass = word.strip();
            words.add(pass);
            if (pass.equals(STANDARD.name)) {
                stages.addAll(STANDARD.stages);
            } else if (pass.equals(THOROUGH.name)) {
                stages.addAll(THOROUGH.stages);
            } else if (PASSES.containsKey(pass)) {
                stages.add(new Stage(List.of(pass), 1, 0));
            } else {
                throw new IllegalArgumentException("there is no pass '" + pass
                        + "'; expected standard, thorough, or some of " + String.join(", ", names()));
            }
        }
        return new Pipeline(String.join(",", words), List.copyOf(stages));
    }

    /** Runs all passes on the system's clock; the function stays the same for all inputs. */
    public Result run(Circuit circuit) {
        return run(circuit, InputRelations.none(circuit.inputs()));
    }

    /** Runs all passes on the system's clock; the function stays the same wherever the relations hold. */
    public Result run(Circuit circuit, InputRelations relations) {
        return run(circuit, relations, System::nanoTime);
    }

    /**
     * Runs all passes, timed by a clock of nanoseconds; the function stays the same wherever the relations hold.
     *
     * @throws IllegalArgumentException if the relations are of another number of inputs than the circuit's
     */
    public Result run(Circuit circuit, InputRelations relations, LongSupplier clock) {
        if (relations.inputs() != circuit.inputs()) {
            throw new IllegalArgumentException(
                    "relations of " + relations.inputs() + " inputs where the circuit has " + circuit.inputs());
        }
        List<PassReport> reports = new ArrayList<>();
        Circuit current = circuit;
        for (Stage stage : stages) {
            boolean more = true;
            for (int round = 0; round < stage.rounds && more; round++) {
                Circuit before = current;
                for (String pass : stage.passes) {
                    current = run(pass, current, relations, clock, reports);
                }
                int gain = before.gates() - current.gates();
                more = !current.equals(before) && (round == 0 || gain >= stage.leastGain * before.gates());
            }
        }
        return new Result(current, reports);
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
