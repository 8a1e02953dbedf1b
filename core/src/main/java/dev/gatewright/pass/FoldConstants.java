package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import java.util.Arrays;

/**
 * Looks through the gates that a gate reads: where the function over the wires behind them is constant, one wire, or
 * depends on no more wires than the gate reads now, the gate reads those wires instead. {@code a & (a | b)} becomes
 * {@code a}, {@code a & ~(a & b)} becomes {@code a & ~b}; the gates looked through may then be dead.
 */
public final class FoldConstants implements Pass {
    @Override
    public Circuit apply(Circuit circuit) {
        CircuitBuilder builder = new CircuitBuilder(circuit.inputs(), circuit.maxArity());
        Rebuild rebuild = new Rebuild(circuit);
        Window window = new Window(builder);
        for (int gate = 0; gate < circuit.gates(); gate++) {
            rebuild.move(gate, window.fold(circuit.table(gate), rebuild.reads(gate)));
        }
        return rebuild.build(builder);
    }

    /** One gate to be and the gates it reads. */
    private static final class Window {
        private final CircuitBuilder builder;
        private final int[] leaves = new int[TruthTable.MAX_INPUTS];
        private int count;
        private long folded;
        private int[] wires;

        Window(CircuitBuilder builder) {
            this.builder = builder;
        }

        /** Ends, since every step replaces wires by earlier ones. */
        int fold(long table, int[] reads) {
            wires = reads;
            folded = table;
            // Looking through nothing drops constants, repeated wires and wires that are ignored.
            look(0);
            boolean changed = true;
            while (changed) {
                changed = false;
                for (int through = (1 << wires.length) - 1; through > 0 && !changed; through--) {
                    changed = look(through);
                }
            }
            return builder.gate(folded, wires);
        }

        /** Reads the wires behind the chosen ones instead, if they are no more than now. */
        private boolean look(int through) {
            if (!collect(through)) {
                return false;
            }
            long wide = compose(through);
            int[] needed = needed(wide);
            if (needed.length > wires.length) {
                return false;
            }
            folded = narrow(wide, needed);
            wires = needed;
            return true;
        }

        /** Gathers the wires behind the chosen reads, and the other reads themselves; false where they are no window. */
        private boolean collect(int through) {
            count = 0;
            boolean fits = true;
            for (int i = 0; i < wires.length && fits; i++) {
                int gate = builder.gateOf(wires[i]);
                if ((through >> i & 1) == 0) {
                    fits = add(wires[i]);
                } else if (gate < 0) {
                    return false;
                } else {
                    for (int j = builder.arity(gate) - 1; j >= 0 && fits; j--) {
                        fits = add(builder.wire(gate, j));
                    }
                }
            }
            return fits;
        }

        private boolean add(int wire) {
            if (wire < Circuit.CONSTANTS) {
                return true;
            }
            for (int i = 0; i < count; i++) {
                if (leaves[i] == wire) {
                    return true;
                }
            }
            if (count == leaves.length) {
                return false;
            }
            leaves[count++] = wire;
            return true;
        }

        private long compose(int through) {
            long wide = 0;
            for (int assignment = 0; assignment < 1 << count; assignment++) {
                int index = 0;
                for (int i = 0; i < wires.length; i++) {
                    int value = (through >> i & 1) == 0
                            ? leaf(wires[i], assignment)
                            : gate(builder.gateOf(wires[i]), assignment);
                    index |= value << i;
                }
                wide |= (folded >>> index & 1) << assignment;
            }
            return wide;
        }

        private int gate(int gate, int assignment) {
            int index = 0;
            for (int j = builder.arity(gate) - 1; j >= 0; j--) {
                index |= leaf(builder.wire(gate, j), assignment) << j;
            }
            return (int) (builder.table(gate) >>> index & 1);
        }

        private int leaf(int wire, int assignment) {
            if (wire < Circuit.CONSTANTS) {
                return wire;
            }
            int i = 0;
            while (leaves[i] != wire) {
                i++;
            }
            return assignment >> i & 1;
        }

        /** The positions of the leaves on which the table depends. */
        private int[] needed(long wide) {
            int[] needed = new int[count];
            int size = 0;
            for (int i = 0; i < count; i++) {
                if (TruthTable.dependsOn(wide, count, i)) {
                    needed[size++] = leaves[i];
                }
            }
            return Arrays.copyOf(needed, size);
        }

        /** The table over the needed leaves alone. */
        private long narrow(long wide, int[] needed) {
            long table = 0;
            for (int assignment = 0; assignment < 1 << needed.length; assignment++) {
                int index = 0;
                for (int i = 0; i < count; i++) {
                    for (int j = 0; j < needed.length; j++) {
                        index |= needed[j] == leaves[i] ? (assignment >> j & 1) << i : 0;
                    }
                }
                table |= (wide >>> index & 1) << assignment;
            }
            return table;
        }
    }
}
