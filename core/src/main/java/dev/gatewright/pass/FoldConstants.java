package dev.gatewright.pass;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;

/**
 * Looks through the gates that a gate reads: where the function over the wires behind them is constant, one wire, or
 * depends on no more wires than the gate reads now, the gate reads those wires instead. {@code a & (a | b)} becomes
 * {@code a}, {@code a & ~(a & b)} becomes {@code a & ~b}; the gates looked through may then be dead.
 */
public final class FoldConstants implements Pass {
    @Override
    public Circuit apply(Circuit circuit) {
        CircuitBuilder builder = CircuitBuilder.like(circuit);
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
        private final long[] values = new long[TruthTable.MAX_INPUTS];
        private final long[] behind = new long[TruthTable.MAX_INPUTS];
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
            int needed = 0;
            for (int i = 0; i < count; i++) {
                needed += TruthTable.dependsOn(wide, count, i) ? 1 : 0;
            }
            if (needed > wires.length) {
                return false;
            }
            narrow(wide, needed);
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

        /** The function over the leaves, all their assignments at once. */
        private long compose(int through) {
            for (int i = 0; i < wires.length; i++) {
                values[i] = (through >> i & 1) == 0 ? leaf(wires[i]) : gate(builder.gateOf(wires[i]));
            }
            return TruthTable.apply(folded, values, wires.length) & TruthTable.mask(count);
        }

        private long gate(int gate) {
            int arity = builder.arity(gate);
            for (int j = 0; j < arity; j++) {
                behind[j] = leaf(builder.wire(gate, j));
            }
            return TruthTable.apply(builder.table(gate), behind, arity);
        }

        private long leaf(int wire) {
            if (wire < Circuit.CONSTANTS) {
                return -wire;
            }
            int i = 0;
            while (leaves[i] != wire) {
                i++;
            }
            return TruthTable.variable(i);
        }

        /** Reads only the leaves on which the table depends, {@code needed} of them. */
        private void narrow(long wide, int needed) {
            wires = new int[needed];
            folded = wide;
            int left = needed;
            for (int i = count - 1; i >= 0; i--) {
                if (TruthTable.dependsOn(wide, count, i)) {
                    wires[--left] = leaves[i];
                } else {
                    folded = TruthTable.without(folded, i + 1 + needed - left, i);
                }
            }
        }
    }
}
