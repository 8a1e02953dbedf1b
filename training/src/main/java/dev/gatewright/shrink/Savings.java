package dev.gatewright.shrink;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.Fanout;
import java.util.ArrayList;
import java.util.List;

/** How many gates nobody needs any more once one of them is replaced: itself and those that only it needs. */
final class Savings {
    private final Circuit circuit;
    private final int[] readers;
    private final List<Integer> freed = new ArrayList<>();

    Savings(Circuit circuit) {
        this.circuit = circuit;
        Fanout fanout = Fanout.of(circuit);
        readers = new int[circuit.wires()];
        for (int wire = 0; wire < readers.length; wire++) {
            readers[wire] = fanout.readers(wire);
        }
    }

    /** Gates saved where {@code kept}, a wire or a constant, stands in the place of gate {@code gate}. */
    int of(int gate, int kept) {
        readers[kept]++;
        freed.clear();
        freed.add(gate);
        for (int at = 0; at < freed.size(); at++) {
            int free = freed.get(at);
            for (int i = 0; i < circuit.arity(free); i++) {
                int wire = circuit.wire(free, i);
                if (--readers[wire] == 0 && circuit.gateOf(wire) >= 0) {
                    freed.add(circuit.gateOf(wire));
                }
            }
        }
        for (int free : freed) {
            for (int i = 0; i < circuit.arity(free); i++) {
                readers[circuit.wire(free, i)]++;
            }
        }
        readers[kept]--;
        return freed.size();
    }
}
