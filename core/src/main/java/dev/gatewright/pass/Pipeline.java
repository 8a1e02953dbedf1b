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
    }

    /** The passes that take next to no time, until nothing changes: what every learnt circuit goes through. */
    public static final Pipeline STANDARD = new Pipeline(
            "standard", List.of("drop-dead-gates", "share-gates", "fold-constants", "absorb-inverters"), true);

    /** All passes, until a round gains less than a thousandth: for circuits that are run often. */
    public static final Pipeline THOROUGH = new Pipeline("thorough", names(), true);

    /** Beyond this the gain of another round is no longer worth its time. */
    private static final int MAX_ROUNDS = 100;

    /** A circuit after all passes, and what each run of each pass did. */
    public record Result(Circuit circuit, List<PassReport> reports) {
        public Result {
            reports = List.copyOf(reports);
        }
    }

    private final String name;
    private final List<String> passes;
    private final boolean untilStable;

    private Pipeline(String name, List<String> passes, boolean untilStable) {
        this.name = name;
        this.passes = passes;
        this.untilStable = untilStable;
    }

    /** The names of passes that {@link #parse} knows, in the order of {@link #THOROUGH}. */
    public static List<String> names() {
        return List.copyOf(PASSES.keySet());
    }

    /**
     * The pipeline of a comma-separated list of pass names, run once in this order; {@code standard} is
     * {@link #STANDARD}, {@code thorough} is {@link #THOROUGH}.
     *
     * @throws IllegalArgumentException if a name is not among {@link #names}
     */
    public static Pipeline parse(String text) {
        for (Pipeline named : List.of(STANDARD, THOROUGH)) {
            if (text.strip().equals(named.name)) {
                return named;
            }
        }
        List<String> passes = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            if (!PASSES.containsKey(name.strip())) {
                throw new IllegalArgumentException("there is no pass '" + name.strip()
                        + "'; expected standard, thorough, or some of " + String.join(", ", names()));
            }
            passes.add(name.strip());
        }
        return new Pipeline(String.join(",", passes), passes, false);
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
        int depth = Levels.of(circuit).depth();
        for (int round = 0; round < (untilStable ? MAX_ROUNDS : 1); round++) {
            Circuit before = current;
            for (String name : passes) {
                long start = clock.getAsLong();
                Circuit after = PASSES.get(name).apply(relations).apply(current);
                Duration time = Duration.ofNanos(clock.getAsLong() - start);
                int depthAfter = Levels.of(after).depth();
                reports.add(new PassReport(name, current.gates(), after.gates(), depth, depthAfter, time));
                current = after;
                depth = depthAfter;
            }
            if (this == THOROUGH && round > 0 && before.gates() - current.gates() < before.gates() / 1000
                    || current.equals(before)) {
                break;
            }
        }
        return new Result(current, reports);
    }

    /** The text from which {@link #parse} makes this pipeline. */
    @Override
    public String toString() {
        return name;
    }
}
