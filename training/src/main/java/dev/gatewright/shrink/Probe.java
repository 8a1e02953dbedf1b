package dev.gatewright.shrink;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What becomes of the loss if one gate changes its table, found by following the change through the gates that it reaches.
 * One thread's memory: a row of words a gate that changes, and 4 bytes a sample and class.
 */
final class Probe {
    private final Netlist net;
    private final VoteLoss loss;
    private final int outputsPerClass;
    private final long[][] carried;
    private final BitSet pending = new BitSet();
    private final int[] changes;
    private final long[] affected;
    private long[][] spare = new long[0][];
    private int[] touched = new int[16];
    private int touchedCount;

    Probe(Netlist net, VoteLoss loss) {
        this.net = net;
        this.loss = loss;
        outputsPerClass = net.circuit.outputs() / loss.classes();
        carried = net.values.clone();
        changes = new int[loss.samples() * loss.classes()];
        affected = new long[net.words];
    }

    /** By how much the loss of all samples rises if gate {@code gate} has table {@code table}; leaves everything as it is. */
    double rise(int gate, long table) {
        follow(gate, table);
        double rise = settle(false);
        forget();
        return rise;
    }

    /** Makes gate {@code gate} have table {@code table}. */
    void keep(int gate, long table) {
        follow(gate, table);
        settle(true);
        net.change(gate, table);
        for (int i = 0; i < touchedCount; i++) {
            int wire = touched[i];
            System.arraycopy(carried[wire], 0, net.values[wire], 0, net.words);
        }
        forget();
    }

    private void follow(int gate, long table) {
        change(gate, table);
        for (int next = pending.nextSetBit(0); next >= 0; next = pending.nextSetBit(next + 1)) {
            pending.clear(next);
            change(next, net.table(next));
        }
    }

    private void change(int gate, long table) {
        long[] row = row(touchedCount);
        net.evaluate(gate, table, carried, row);
        int wire = net.circuit.gateWire(gate);
        if (Arrays.equals(row, net.values[wire])) {
            return;
        }
        carried[wire] = row;
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, 2 * touchedCount);
        }
        touched[touchedCount++] = wire;
        for (int reader : net.readers[wire]) {
            pending.set(reader);
        }
    }

    private long[] row(int index) {
        if (index >= spare.length) {
            spare = Arrays.copyOf(spare, index + 1);
            spare[index] = new long[net.words];
        }
        return spare[index];
    }

    /** Adds up what the changed outputs do to the votes, then to the loss. */
    private double settle(boolean keep) {
        Arrays.fill(affected, 0);
        for (int i = 0; i < touchedCount; i++) {
            int wire = touched[i];
            for (int output : net.drives[wire]) {
                vote(net.values[wire], carried[wire], output / outputsPerClass);
            }
        }
        double rise = 0;
        int classes = loss.classes();
        for (int word = 0; word < affected.length; word++) {
            for (long rest = affected[word]; rest != 0; rest &= rest - 1) {
                int sample = (word << 6) + Long.numberOfTrailingZeros(rest);
                if (keep) {
                    loss.change(sample, changes, sample * classes);
                } else {
                    rise += loss.rise(sample, changes, sample * classes);
                }
                Arrays.fill(changes, sample * classes, (sample + 1) * classes, 0);
            }
        }
        return rise;
    }

    private void vote(long[] before, long[] after, int group) {
        int classes = loss.classes();
        for (int word = 0; word < before.length; word++) {
            long different = before[word] ^ after[word];
            affected[word] |= different;
            for (long rest = different; rest != 0; rest &= rest - 1) {
                int lane = Long.numberOfTrailingZeros(rest);
                changes[((word << 6) + lane) * classes + group] += (int) (after[word] >>> lane & 1) * 2 - 1;
            }
        }
    }

    private void forget() {
        for (int i = 0; i < touchedCount; i++) {
            carried[touched[i]] = net.values[touched[i]];
        }
        touchedCount = 0;
    }
}
