package dev.gatewright.train;

import dev.gatewright.network.Connections;
import java.util.Arrays;

/**
 * The order in which a layer's gates are visited during training, chosen for the memory system.
 *
 * <p>Wires are the nodes and gates the edges of a graph. Where each wire feeds two gates, as between layers of equal
 * width, the graph is a set of cycles; any graph falls apart into trails. Walking a trail, the wire a gate leaves by
 * is the wire the next gate enters by, so its values and its gradient are still in the nearest cache. When the wires
 * are also <em>stored</em> in the order in which the trails first visit them, reading and gradient writing become
 * sequential streams. Trails start at wires of odd degree while there are any, so that there are few of them.
 *
 * <p>Takes time and memory linear in the gates.
 */
final class Trails {
    /** Step → gate. */
    final int[] order;
    /** Step → whether the gate is entered by its second wire. */
    final boolean[] swapped;
    /** Wire → rank of its first visit; wires no gate reads come last. */
    final int[] rank;
    /** Wires that some gate reads. */
    final int used;

    private Trails(int[] order, boolean[] swapped, int[] rank, int used) {
        this.order = order;
        this.swapped = swapped;
        this.rank = rank;
        this.used = used;
    }

    static Trails of(Connections connections) {
        return new Walk(connections).trails();
    }

    private static final class Walk {
        private final Connections connections;
        private final int gates;
        /** Gates at wire w: incident[first[w]] … incident[first[w + 1] − 1]; next[w] is the first not tried yet. */
        private final int[] first;

        private final int[] incident;
        private final int[] next;
        private final int[] degree;
        private final boolean[] taken;

        private final int[] order;
        private final boolean[] swapped;
        private final int[] rank;
        private int steps;
        private int ranked;

        Walk(Connections connections) {
            this.connections = connections;
            gates = connections.gates();
            int wires = connections.inputs();
            first = new int[wires + 1];
            for (int gate = 0; gate < gates; gate++) {
                first[connections.a(gate) + 1]++;
                first[connections.b(gate) + 1]++;
            }
            degree = Arrays.copyOfRange(first, 1, wires + 1);
            for (int wire = 0; wire < wires; wire++) {
                first[wire + 1] += first[wire];
            }
            incident = new int[2 * gates];
            next = Arrays.copyOf(first, wires);
            for (int gate = 0; gate < gates; gate++) {
                incident[next[connections.a(gate)]++] = gate;
                incident[next[connections.b(gate)]++] = gate;
            }
            System.arraycopy(first, 0, next, 0, wires);
            taken = new boolean[gates];
            order = new int[gates];
            swapped = new boolean[gates];
            rank = new int[wires];
            Arrays.fill(rank, -1);
        }

        Trails trails() {
            int wires = rank.length;
            for (int wire = 0; wire < wires; wire++) {
                if ((degree[wire] & 1) != 0) {
                    walk(wire);
                }
            }
            for (int wire = 0; wire < wires; wire++) {
                while (degree[wire] > 0) {
                    walk(wire);
                }
            }
            int used = ranked;
            for (int wire = 0; wire < wires; wire++) {
                visit(wire);
            }
            return new Trails(order, swapped, rank, used);
        }

        private void walk(int start) {
            int wire = start;
            int gate = untaken(wire);
            while (gate >= 0) {
                visit(wire);
                taken[gate] = true;
                order[steps] = gate;
                boolean byB = connections.a(gate) != wire;
                swapped[steps++] = byB;
                int other = byB ? connections.a(gate) : connections.b(gate);
                degree[wire]--;
                degree[other]--;
                visit(other);
                wire = other;
                gate = untaken(wire);
            }
        }

        private int untaken(int wire) {
            while (next[wire] < first[wire + 1] && taken[incident[next[wire]]]) {
                next[wire]++;
            }
            return next[wire] < first[wire + 1] ? incident[next[wire]] : -1;
        }

        private void visit(int wire) {
            if (rank[wire] < 0) {
                rank[wire] = ranked++;
            }
        }
    }
}
