package dev.gatewright.shrink;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.model.Readout;
import dev.gatewright.pass.DropDeadGates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Makes a circuit of votes smaller at some cost in accuracy. Round after round, gates give way to a constant or to one of
 * their inputs where that raises the cross-entropy of the training samples least for the gates it saves, and table entries
 * are flipped where that lowers it. After a round the circuit is judged on other samples; it stays while it has lost no
 * more accuracy there than is tolerated, else the next round is a smaller one.
 *
 * <p>Every change is tried on all training samples, 64 at a time, through the gates that it reaches. So a round costs some
 * six trials a two-input gate, each of {@code samples / 64} words for each gate reached and some operations for each
 * sample whose votes change.
 */
public final class Shrinker {
    /** A round that loses too much is tried again with half the share, down to one in so many of the first. */
    private static final int FINEST = 8;

    /** A rise that is no more than the error of adding up. */
    private static final double EPSILON = 1e-9;

    /**
     * What a round came to.
     *
     * @param accuracy on the judging samples
     * @param kept whether the next round goes on from the circuit
     */
    public record Round(int number, int gates, double accuracy, boolean kept) {}

    /** Another table for a gate, what that does to the loss, and the gates it saves. */
    private record Change(int gate, long table, double rise, int saved) {
        double price() {
            return rise / saved;
        }
    }

    private final Readout.GroupSum readout;
    private final Judged training;
    private final Judged judging;
    private final ShrinkOptions options;
    private final Consumer<Round> listener;
    private final BooleanSupplier stop;

    /**
     * @param judging samples that say how much accuracy is lost
     * @param stop asked now and then whether to leave it at the circuit found so far
     */
    public Shrinker(
            Readout.GroupSum readout,
            Judged training,
            Judged judging,
            ShrinkOptions options,
            Consumer<Round> listener,
            BooleanSupplier stop) {
        this.readout = readout;
        this.training = training;
        this.judging = judging;
        this.options = options;
        this.listener = listener;
        this.stop = stop;
    }

    /** The smallest circuit found that keeps the accuracy; with a number of gates asked for, the first of no more. */
    public Circuit shrink(Circuit circuit) {
        Circuit best = new DropDeadGates().apply(circuit);
        double least = accuracy(best) - options.tolerance();
        int target = options.gates().orElse(0);
        double share = options.share();
        for (int number = 1; best.gates() > target; number++) {
            Circuit next = round(best, share, target);
            if (next.gates() >= best.gates() || stop.getAsBoolean()) {
                break;
            }
            double accuracy = accuracy(next);
            boolean kept = target > 0 || accuracy >= least;
            listener.accept(new Round(number, next.gates(), accuracy, kept));
            if (kept) {
                best = next;
            } else if (share > options.share() / FINEST) {
                share /= 2;
            } else {
                break;
            }
        }
        return best;
    }

    private double accuracy(Circuit circuit) {
        return judging.accuracy(circuit, readout.classes(), options.threads());
    }

    private Circuit round(Circuit circuit, double share, int target) {
        Netlist net = new Netlist(circuit, training.bits());
        int[] votes = training.votes(circuit, readout.classes(), options.threads());
        VoteLoss loss = new VoteLoss(readout, training.labels(), votes, circuit.outputs() / readout.classes());
        Crew crew = new Crew(net, loss, options.threads(), stop);
        int wanted = (int) Math.ceil(share * circuit.gates());
        leaveOut(crew, replacements(circuit), Math.min(wanted, circuit.gates() - target));
        if (options.tune()) {
            improve(crew, flips(net));
        }
        return net.build();
    }

    /** For every gate its constants and inputs. */
    private static List<Change> replacements(Circuit circuit) {
        Savings savings = new Savings(circuit);
        List<Change> changes = new ArrayList<>();
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int arity = circuit.arity(gate);
            changes.add(new Change(gate, 0, 0, savings.of(gate, 0)));
            changes.add(new Change(gate, TruthTable.mask(arity), 0, savings.of(gate, 1)));
            for (int i = 0; i < arity; i++) {
                changes.add(new Change(gate, input(i, arity), 0, savings.of(gate, circuit.wire(gate, i))));
            }
        }
        return changes;
    }

    /** The table of a gate that passes input {@code input} on. */
    private static long input(int input, int arity) {
        long table = 0;
        for (int i = 0; i < 1 << arity; i++) {
            table |= (long) (i >> input & 1) << i;
        }
        return table;
    }

    /** For every gate that is still what it was, its table with one entry flipped. */
    private static List<Change> flips(Netlist net) {
        List<Change> changes = new ArrayList<>();
        for (int gate = 0; gate < net.circuit.gates(); gate++) {
            boolean old = net.table(gate) == net.circuit.table(gate);
            for (int entry = 0; old && entry < 1 << net.circuit.arity(gate); entry++) {
                changes.add(new Change(gate, net.table(gate) ^ 1L << entry, 0, 1));
            }
        }
        return changes;
    }

    /**
     * Makes the changes that cost least until {@code wanted} gates are saved. What a change costs is found anew before it
     * is made, for others were made before it; one that has become much dearer is left to the next round.
     */
    private static void leaveOut(Crew crew, List<Change> possible, int wanted) {
        List<Change> cheapest = crew.cheapestOfEachGate(possible);
        cheapest.sort(Comparator.comparingDouble(Change::price).thenComparingInt(Change::gate));
        int within = 0;
        double limit = EPSILON;
        for (int i = 0; i < cheapest.size() && within < wanted; i++) {
            within += cheapest.get(i).saved();
            limit = Math.max(limit, cheapest.get(i).price());
        }
        int saved = 0;
        for (int i = 0; i < cheapest.size() && saved < wanted; i++) {
            Change change = cheapest.get(i);
            if (change.price() > limit) {
                break;
            }
            if (crew.first().rise(change.gate(), change.table()) <= limit * change.saved() + EPSILON) {
                crew.first().keep(change.gate(), change.table());
                saved += change.saved();
            }
        }
    }

    /** Makes the changes that lower the loss, the best first, as far as they still do. */
    private static void improve(Crew crew, List<Change> possible) {
        List<Change> best = crew.cheapestOfEachGate(possible);
        best.removeIf(change -> change.rise() >= -EPSILON);
        best.sort(Comparator.comparingDouble(Change::rise).thenComparingInt(Change::gate));
        for (Change change : best) {
            if (crew.first().rise(change.gate(), change.table()) < -EPSILON) {
                crew.first().keep(change.gate(), change.table());
            }
        }
    }

    /** Probes of all threads. */
    private static final class Crew {
        private final Probe[] probes;
        private final BooleanSupplier stop;

        Crew(Netlist net, VoteLoss loss, int threads, BooleanSupplier stop) {
            this.stop = stop;
            probes = new Probe[threads];
            Arrays.setAll(probes, ignored -> new Probe(net, loss));
        }

        Probe first() {
            return probes[0];
        }

        /** For each gate the change of the lowest price, the first of equals, with what it does; none where stopped. */
        List<Change> cheapestOfEachGate(List<Change> possible) {
            Change[] tried = new Change[possible.size()];
            Team.share(probes.length, tried.length, (worker, i) -> {
                if (stop.getAsBoolean()) {
                    return;
                }
                Change change = possible.get(i);
                double rise = probes[worker].rise(change.gate(), change.table());
                tried[i] = new Change(change.gate(), change.table(), rise, change.saved());
            });
            List<Change> cheapest = new ArrayList<>();
            for (Change change : stop.getAsBoolean() ? new Change[0] : tried) {
                boolean first = cheapest.isEmpty() || cheapest.getLast().gate() != change.gate();
                if (first) {
                    cheapest.add(change);
                } else if (change.price() < cheapest.getLast().price()) {
                    cheapest.set(cheapest.size() - 1, change);
                }
            }
            return cheapest;
        }
    }
}
