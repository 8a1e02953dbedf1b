package dev.gatewright.bench;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.network.Connections;
import dev.gatewright.network.Wiring;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Layered circuits of random gates on balanced random wires, and samples for them: the same for the same seed. */
public final class RandomNet {
    private RandomNet() {}

    /** {@code layers} layers of {@code width} gates; all gates of the last are outputs. */
    public static Circuit circuit(long seed, int inputs, int width, int layers) {
        RandomGenerator random = new SplittableRandom(seed);
        CircuitBuilder builder = new CircuitBuilder(inputs);
        int[] wires = new int[inputs];
        Arrays.setAll(wires, builder::input);
        for (int layer = 0; layer < layers; layer++) {
            Connections connections = new Wiring.Random().connect(wires.length, width, random);
            int[] next = new int[width];
            for (int gate = 0; gate < width; gate++) {
                next[gate] = builder.gate(random.nextInt(16), wires[connections.a(gate)], wires[connections.b(gate)]);
            }
            wires = next;
        }
        return builder.build(wires);
    }

    /** Fair coins. */
    public static BitMatrix samples(long seed, int samples, int bits) {
        RandomGenerator random = new SplittableRandom(seed);
        BitMatrix matrix = new BitMatrix(samples, bits);
        for (int bit = 0; bit < bits; bit++) {
            for (int word = 0; word < matrix.wordsPerPlane(); word++) {
                matrix.setWord(bit, word, random.nextLong());
            }
        }
        return matrix;
    }
}
