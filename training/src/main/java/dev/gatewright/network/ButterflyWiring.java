package dev.gatewright.network;

import java.util.random.RandomGenerator;

/**
 * Pairs a power of two apart, as in a fast Fourier transform: (0,1), (1,2), (2,3), …, round to the first, then
 * (0,2), (1,3), …, then 4, 8, … apart; then three times as far, 3, 6, 12, …, then five times, and so on,
 * until there are enough. A layer begins with the distance that follows the first of the layer before, so that as many layers as
 * there are powers of two reach every input from every output. Gates stay in this order, for the structure of a layer
 * to be that of the next, and nothing is drawn. Every input is read ⌊2·gates/inputs⌋ times, or one or two times
 * more or fewer.
 *
 * @param layer of the network, counted from 0
 */
public record ButterflyWiring(int layer) implements Wiring {
    @Override
    public String name() {
        return "butterfly";
    }

    @Override
    public Wiring inLayer(int other) {
        return new ButterflyWiring(other);
    }

    @Override
    public boolean ordered() {
        return true;
    }

    @Override
    public Connections connect(int inputs, int gates, int arity, RandomGenerator random) {
        WiringSizes.requireReach(inputs, gates, arity);
        WiringSizes.requirePairs(arity, this);
        int[] a = new int[gates];
        int[] b = new int[gates];
        int powers = Integer.SIZE - Integer.numberOfLeadingZeros(inputs / 2);
        int at = 0;
        while (at < gates) {
            for (int odd = 1; odd <= inputs / 2 && at < gates; odd += 2) {
                for (int i = 0; i < powers && at < gates; i++) {
                    long distance = (long) odd << (i + layer) % powers;
                    at = distance <= inputs / 2 ? pairs(inputs, (int) distance, a, b, at) : at;
                }
            }
        }
        return new Connections(inputs, a, b);
    }

    /**
     * Appends the pairs {@code distance} apart, each once; the new end. They stand at the places of their first
     * inputs; where there is no room for all, those come first that share no input.
     */
    private static int pairs(int inputs, int distance, int[] a, int[] b, int from) {
        int at = from;
        int pairs = 2L * distance == inputs ? distance : inputs;
        boolean all = a.length - from >= pairs;
        for (int half = 0; half < (all ? 1 : 2); half++) {
            for (int i = 0; i < pairs && at < a.length; i++) {
                if (all || (i / distance & 1) == half) {
                    a[at] = i;
                    b[at++] = (i + distance) % inputs;
                }
            }
        }
        return at;
    }
}
