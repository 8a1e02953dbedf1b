package dev.gatewright.cli.bench;

import java.util.Arrays;
import java.util.Objects;

/** Collects the gates of a {@link RawNet} in topological order, changing none. */
final class RawNetBuilder {
    private final int inputs;
    private int gates;
    private byte[] tables = new byte[1024];
    private int[] a = new int[1024];
    private int[] b = new int[1024];

    RawNetBuilder(int inputs) {
        this.inputs = inputs;
    }

    /** Adds a gate over two wires that exist and returns the wire it drives. */
    int gate(int table, int first, int second) {
        Objects.checkIndex(first, inputs + gates);
        Objects.checkIndex(second, inputs + gates);
        Objects.checkIndex(table, 16);
        if (gates == tables.length) {
            int capacity = gates * 2;
            tables = Arrays.copyOf(tables, capacity);
            a = Arrays.copyOf(a, capacity);
            b = Arrays.copyOf(b, capacity);
        }
        tables[gates] = (byte) table;
        a[gates] = first;
        b[gates] = second;
        return inputs + gates++;
    }

    RawNet build(int groups, int[] outputs) {
        return new RawNet(
                inputs,
                groups,
                Arrays.copyOf(tables, gates),
                Arrays.copyOf(a, gates),
                Arrays.copyOf(b, gates),
                outputs);
    }
}
