package dev.gatewright.engine;

import dev.gatewright.bits.BitMatrix;

/** A circuit as a way to run its gates on one sample; batches go through it one by one. */
final class OneSampleExecutable implements Executable {
    private final String engine;
    private final Schedule schedule;
    private final Gates gates;
    private volatile boolean closed;

    OneSampleExecutable(String engine, Schedule schedule, Gates gates) {
        this.engine = engine;
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
    public OneSampleBlock newBlock() {
        if (closed) {
            throw new IllegalStateException("this executable is closed");
        }
        return new OneSampleBlock(schedule, gates);
    }

    @Override
    public BitMatrix evaluate(BitMatrix in, int threads) {
        SlotBlock.checkInputs(in.bits(), schedule);
        BitMatrix out = new BitMatrix(in.samples(), schedule.outputs());
        OneSampleBlock block = newBlock();
        for (int sample = 0; sample < in.samples(); sample++) {
            block.loadSample(in, sample);
            block.run();
            for (int output = 0; output < schedule.outputs(); output++) {
                long word = out.word(output, sample >> 6) | block.output(output, 0) << sample;
                out.setWord(output, sample >> 6, word);
            }
        }
        return out;
    }

    @Override
    public int[] groupSums(BitMatrix in, int groups, int threads) {
        SlotBlock.checkInputs(in.bits(), schedule);
        int[] sums = new int[Math.multiplyExact(in.samples(), groups)];
        OneSampleBlock block = newBlock();
        for (int sample = 0; sample < in.samples(); sample++) {
            block.loadSample(in, sample);
            block.run();
            block.groupSums(groups, 1, sums, sample * groups);
        }
        return sums;
    }

    @Override
    public void close() {
        closed = true;
        gates.close();
    }
}
