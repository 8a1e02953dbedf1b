package dev.gatewright.engine;

import dev.gatewright.bits.BitMatrix;
import java.util.Optional;

/** A circuit as a way to run its gates on slots, with the packing before and the counting after. */
final class SlotExecutable implements Executable {
    private final String engine;
    private final Kernels kernels;
    private final Optional<Machine> machine;
    private final Schedule schedule;
    private final Gates gates;
    private volatile boolean closed;

    SlotExecutable(String engine, Kernels kernels, Optional<Machine> machine, Schedule schedule, Gates gates) {
        this.engine = engine;
        this.kernels = kernels;
        this.machine = machine;
        this.schedule = schedule;
        this.gates = gates;
    }

    @Override
    public String engine() {
        return engine;
    }

    @Override
    public int inputs() {
        return schedule.inputs();
    }

    @Override
    public int outputs() {
        return schedule.outputs();
    }

    @Override
    public int[] inputsRead() {
        return schedule.inputsRead().clone();
    }

    @Override
    public Block newBlock() {
        if (closed) {
            throw new IllegalStateException("this executable is closed");
        }
        return new SlotBlock(kernels, machine, schedule, gates.forBlock());
    }

    @Override
    public BitMatrix evaluate(BitMatrix in, int threads) {
        checkInputs(in);
        BitMatrix out = new BitMatrix(in.samples(), schedule.outputs());
        int words = kernels.words();
        Threads.share(threads, blocks(in), this::newBlock, (block, index) -> {
            int first = index * words;
            int count = Math.min(words, in.wordsPerPlane() - first);
            block.load(in, first);
            block.run();
            for (int output = 0; output < schedule.outputs(); output++) {
                for (int w = 0; w < count; w++) {
                    out.setWord(output, first + w, block.output(output, w));
                }
            }
        });
        return out;
    }

    @Override
    public int[] groupSums(BitMatrix in, int groups, int threads) {
        checkInputs(in);
        GroupPlan.of(schedule, groups);
        int[] sums = new int[Math.multiplyExact(in.samples(), groups)];
        int samples = 64 * kernels.words();
        Threads.share(threads, blocks(in), this::newBlock, (block, index) -> {
            int first = index * samples;
            block.load(in, first >> 6);
            block.run();
            block.groupSums(groups, Math.min(samples, in.samples() - first), sums, first * groups);
        });
        return sums;
    }

    private int blocks(BitMatrix in) {
        return (in.wordsPerPlane() + kernels.words() - 1) / kernels.words();
    }

    private void checkInputs(BitMatrix in) {
        if (in.bits() != schedule.inputs()) {
            throw new IllegalArgumentException(
                    "samples of " + in.bits() + " bits for a circuit of " + schedule.inputs() + " inputs");
        }
    }

    @Override
    public void close() {
        closed = true;
        gates.close();
    }
}
