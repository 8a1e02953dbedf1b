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
 * @param depth gates on the longest way from an input to an output
 * @param gatesByKind gates by name: {@code not}, the names of {@link TruthTable#name}, and {@code lut3} to {@code lut6}
 */
public record CircuitStats(
        int inputs, int inputsRead, int outputs, int gates, int depth, Map<String, Integer> gatesByKind) {
    public CircuitStats {
        gatesByKind = Collections.unmodifiableMap(new TreeMap<>(gatesByKind));
    }

    /** Takes time linear in the gates. */
    public static CircuitStats of(Circuit circuit) {
        int[] two = new int[16];
        int[] wider = new int[TruthTable.MAX_INPUTS + 1];
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int arity = circuit.arity(gate);
            if (arity == 2) {
                two[(int) circuit.table(gate)]++;
            } else {
                wider[arity]++;
            }
        }
        SortedMap<String, Integer> kinds = new TreeMap<>();
        for (int table = 0; table < two.length; table++) {
            count(kinds, TruthTable.name(table), two[table]);
        }
        count(kinds, "not", wider[1]);
        for (int arity = 3; arity < wider.length; arity++) {
            count(kinds, "lut" + arity, wider[arity]);
        }
        Fanout fanout = Fanout.of(circuit);
        int read = 0;
        for (int i = 0; i < circuit.inputs(); i++) {
            read += fanout.readers(circuit.inputWire(i)) > 0 ? 1 : 0;
        }
        return new CircuitStats(
                circuit.inputs(),
                read,
                circuit.outputs(),
                circuit.gates(),
                Levels.of(circuit).depth(),
                kinds);
    }

    private static void count(SortedMap<String, Integer> kinds, String kind, int count) {
        if (count > 0) {
            kinds.put(kind, count);
        }
    }
}
