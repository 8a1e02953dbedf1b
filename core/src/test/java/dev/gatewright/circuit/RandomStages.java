package dev.gatewright.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random circuits in stages: grids of all kinds, with borders, strides and overlaps, and a flat stage now and then. */
public final class RandomStages {
    private RandomStages() {}

    /** One to four stages; the last is written out in half of all cases. */
    public static StagedCircuit random(long seed, int maxArity) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Stage> stages = convolutions(
                random, random.nextInt(1, 4), new Extent(random.nextInt(1, 9), random.nextInt(1, 9)), maxArity);
        if (random.nextBoolean()) {
            stages.add(flat(random, stages.getLast().outputs(), 1 + random.nextInt(12), maxArity));
        }
        return new StagedCircuit(stages);
    }

    /** The same over given planes, with a stage of so many outputs written out at the end. */
    public static StagedCircuit over(long seed, int channels, Extent plane, int outputs, int maxArity) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Stage> stages = convolutions(random, channels, plane, maxArity);
        stages.add(flat(random, stages.getLast().outputs(), outputs, maxArity));
        return new StagedCircuit(stages);
    }

    private static Stage flat(SplittableRandom random, int width, int outputs, int maxArity) {
        return Stage.flat(RandomCircuits.random(random.nextLong(), width, random.nextInt(200), outputs, maxArity));
    }

    private static List<Stage> convolutions(SplittableRandom random, int planes, Extent first, int maxArity) {
        int channels = planes;
        Extent plane = first;
        int count = random.nextInt(1, 4);
        List<Stage> stages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Grid grid = grid(random, channels, plane);
            int outputs = random.nextInt(1, 6);
            stages.add(new Stage(
                    RandomCircuits.random(
                            random.nextLong(), grid.kernelInputs(), random.nextInt(60), outputs, maxArity),
                    grid));
            channels = outputs;
            plane = grid.positions();
        }
        return stages;
    }

    private static Grid grid(SplittableRandom random, int channels, Extent plane) {
        int[] rows = way(random, plane.rows());
        int[] columns = way(random, plane.columns());
        return new Grid(
                channels,
                plane,
                new Extent(rows[0], columns[0]),
                new Extent(rows[1], columns[1]),
                new Extent(rows[2], columns[2]),
                new Extent(rows[3], columns[3]));
    }

    /** Window, stride, border and positions; now and then some positions fewer than fit. */
    private static int[] way(SplittableRandom random, int size) {
        int pad = random.nextInt(3);
        int window = random.nextInt(1, Math.min(size + 2 * pad, 5) + 1);
        int stride = random.nextInt(1, 4);
        int fit = (size + 2 * pad - window) / stride + 1;
        int positions = random.nextInt(3) == 0 ? random.nextInt(1, fit + 1) : fit;
        return new int[] {window, stride, pad, positions};
    }
}
