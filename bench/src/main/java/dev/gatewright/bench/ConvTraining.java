package dev.gatewright.bench;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import dev.gatewright.network.Planes;
import dev.gatewright.train.TrainingSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Training of CIFAR-10 S, samples a second of one thread: forward, backward and update, beside the same network
 * {@linkplain ExplicitLoops written as explicit loops}. Contestants take turns in every round.
 */
public final class ConvTraining {
    private static final int BATCH = 128;
    private static final int CLASSES = 10;
    private static final float TAU = 20;
    private static final float RATE = 0.01f;
    private static final Planes IMAGES = new Planes(9, 32, 32);
    private static final long SEED = 1;

    private ConvTraining() {}

    /** What is measured: a name and what trains one batch. */
    private record Contestant(String name, Runnable step, List<Double> rates) {}

    /** @param args rounds, and seconds of a turn */
    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 3;
        BitMatrix samples = RandomBits.of(SEED, BATCH, IMAGES.size());
        int[] labels = new SplittableRandom(SEED).ints(BATCH, 0, CLASSES).toArray();
        ExplicitLoops loops = new ExplicitLoops(network("", true));
        List<Contestant> contestants = List.of(
                new Contestant(
                        "sixteen functions in explicit loops",
                        () -> loops.step(samples, labels, BATCH, TAU, RATE),
                        new ArrayList<>()),
                ours("ours, 16 logits", network("", true), samples, labels),
                ours(
                        "ours, 4 parameters, as the preset",
                        network(",relaxation=light-sine,estimator=hardening", true),
                        samples,
                        labels),
                ours(
                        "the convolutions of that alone",
                        network(",relaxation=light-sine,estimator=hardening", false),
                        samples,
                        labels));
        for (int round = 0; round < rounds; round++) {
            contestants.forEach(contestant -> contestant.rates().add(rate(contestant.step(), seconds)));
        }
        double baseline = median(contestants.getFirst());
        System.out.println("CIFAR-10 S, one thread, batch " + BATCH + ", medians of " + rounds + " rounds");
        for (Contestant contestant : contestants) {
            double rate = median(contestant);
            System.out.printf(
                    Locale.ROOT,
                    "%-40s %,10.1f samples/s (%,.1f to %,.1f)  %6.1f%n",
                    contestant.name(),
                    rate,
                    contestant.rates().stream().min(Double::compare).orElseThrow(),
                    contestant.rates().stream().max(Double::compare).orElseThrow(),
                    rate / baseline);
        }
    }

    private static Contestant ours(String name, LogicNetwork network, BitMatrix samples, int[] labels) {
        TrainingSteps steps = TrainingSteps.fastest(network, samples, labels, TAU, 1);
        return new Contestant(name, () -> steps.step(0, BATCH, RATE), new ArrayList<>());
    }

    /** The network of the preset; without dense layers it has 1,020 kernels last, whose outputs divide among ten classes. */
    static LogicNetwork network(String options, boolean dense) {
        StringBuilder text = new StringBuilder();
        for (int kernels : new int[] {32, 128, 512, dense ? 1024 : 1020}) {
            text.append("conv:kernels=" + kernels + ",field=3,depth=3,pad=1" + options + " | orpool:2 | ");
        }
        text.append(dense ? "dense:40960,20480,10240,init=residual" + options + " | groupsum" : "groupsum");
        return NetworkSpec.parse(text.toString())
                .network(IMAGES.size(), Optional.of(IMAGES), CLASSES, new SplittableRandom(SEED));
    }

    /** Samples a second after a warm-up of half the time. */
    private static double rate(Runnable step, double seconds) {
        measure(step, seconds / 2);
        return measure(step, seconds);
    }

    private static double measure(Runnable step, double seconds) {
        long start = System.nanoTime();
        long samples = 0;
        double spent;
        do {
            step.run();
            samples += BATCH;
            spent = (System.nanoTime() - start) / 1e9;
        } while (spent < seconds);
        return samples / spent;
    }

    private static double median(Contestant contestant) {
        double[] sorted = contestant.rates().stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }
}
