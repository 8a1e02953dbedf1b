package dev.gatewright.circuit;

import dev.gatewright.logic.TruthTable;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The size of a circuit in numbers.
 *
 * @param inputsRead inputs that some gate or output reads
 * @param gates of the circuit written out
 * @param depth gates on the longest way from an input to an output; where there are stages, the sum of theirs, which
 *     may be more
 * @param gatesByKind gates by name: {@code not}, the names of {@link TruthTable#name}, and {@code lut3} to {@code lut6}
 */
public record CircuitStats(
        int inputs, int inputsRead, int outputs, int gates, int depth, Map<String, Integer> gatesByKind) {
    public CircuitStats {
        gatesByKind = Collections.unmodifiableMap(new TreeMap<>(gatesByKind));
    }

    /** Takes time linear in the gates, those of kernels counted once. */
    public static CircuitStats of(CircuitForm circuit) {
        int[] two = new int[16];
        int[] wider = new int[TruthTable.MAX_INPUTS + 1];
        int depth = 0;
        for (Stage stage : circuit.stages()) {
            Circuit kernel = stage.kernel();
            int times = stage.grid().positions().size();
            for (int gate = 0; gate < kernel.gates(); gate++) {
                int arity = kernel.arity(gate);
                if (arity == 2) {
                    two[(int) kernel.table(gate)] += times;
                } else {
                    wider[arity] += times;
                }
            }
            depth += Levels.of(kernel).depth();
        }
        SortedMap<String, Integer> kinds = new TreeMap<>();
        for (int table = 0; table < two.length; table++) {
            count(kinds, TruthTable.name(table), two[table]);
        }
        count(kinds, "not", wider[1]);
        for (int arity = 3; arity < wider.length; arity++) {
            count(kinds, "lut" + arity, wider[arity]);
        }
        int read = 0;
        for (boolean each : circuit.stages().getFirst().inputsRead()) {
            read += each ? 1 : 0;
        }
        return new CircuitStats(
                circuit.inputs(), read, circuit.outputs(), Math.toIntExact(circuit.unrolledGates()), depth, kinds);
    }

    private static void count(SortedMap<String, Integer> kinds, String kind, int count) {
        if (count > 0) {
            kinds.put(kind, count);
        }
    }
}
