package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import java.util.random.RandomGenerator;

/**
 * Random within windows: both wires of a gate are among {@code window} neighbours near the gate's own place, so that
 * values are read soon after they are made, which keeps wide networks within the caches. Every input is read
 * ⌊2·gates/inputs⌋ or ⌈2·gates/inputs⌉ times. Where windows begin is drawn for each layer, so that they overlap.
 *
 * @param window wires of a window, at least 2
 */
public record LocalWiring(int window) implements Wiring {
    private static final int DEFAULT_WINDOW = 512;

    public static final LocalWiring DEFAULT = new LocalWiring(DEFAULT_WINDOW);

    /** @throws InputException if the window is narrower than a gate */
    public LocalWiring {
        if (window < 2) {
            throw new InputException("--network: wiring=local:window=" + window + "; expected at least 2");
        }
    }

    @Override
    public String name() {
        return "local" + (window == DEFAULT_WINDOW ? "" : ":window=" + window);
    }

    @Override
    public boolean ordered() {
        return true;
    }

    @Override
    public Connections connect(int inputs, int gates, int arity, RandomGenerator random) {
        WiringSizes.requireReach(inputs, gates, arity);
        WiringSizes.requirePairs(arity, this);
        int[] wires = new int[2 * gates];
        for (int slot = 0; slot < wires.length; slot++) {
            wires[slot] = (int) ((long) slot * inputs / wires.length);
        }
        int length = (int) Math.max(2, Math.min((long) window * wires.length / inputs, wires.length));
        int first = random.nextInt(length);
        shuffle(wires, 0, first, random);
        for (int from = first; from < wires.length; from += length) {
            shuffle(wires, from, Math.min(wires.length, from + length), random);
        }
        int[] a = new int[gates];
        int[] b = new int[gates];
        for (int gate = 0; gate < gates; gate++) {
            a[gate] = wires[2 * gate];
            b[gate] = other(wires, 2 * gate);
        }
        return new Connections(inputs, a, b);
    }

    private static void shuffle(int[] wires, int from, int to, RandomGenerator random) {
        for (int i = to - 1; i > from; i--) {
            swap(wires, i, from + random.nextInt(i - from + 1));
        }
    }

    /** The slot after {@code slot}, after an exchange with a later one, or an earlier one, if both are one wire. */
    private static int other(int[] wires, int slot) {
        int later = slot + 1;
        while (later < wires.length && wires[later] == wires[slot]) {
            later++;
        }
        if (later < wires.length) {
            swap(wires, slot + 1, later);
            return wires[slot + 1];
        }
        // The last gates: a wire read once more than others, rather than a gate that reads one wire twice.
        int earlier = slot - 1;
        while (wires[earlier] == wires[slot]) {
            earlier--;
        }
        return wires[earlier];
    }

    private static void swap(int[] wires, int i, int j) {
        int wire = wires[i];
        wires[i] = wires[j];
        wires[j] = wire;
    }

    /** Reads what follows {@code local} in a description: nothing, or the window. */
    static LocalWiring parse(String options) {
        if (options.isEmpty()) {
            return DEFAULT;
        }
        String key = ":window=";
        if (options.startsWith(key)) {
            try {
                return new LocalWiring(
                        Integer.parseInt(options.substring(key.length()).strip()));
            } catch (NumberFormatException e) {
                // Said below.
            }
        }
        throw new InputException("--network: 'local" + options + "'; expected local or local:window=NUMBER");
    }
}
