package dev.gatewright.engine;

import dev.gatewright.bits.BitMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;

/** One thread's slots, in memory outside the heap so that no vector straddles a cache line, and what runs on them. */
final class SlotBlock implements Block {
    private static final long CACHE_LINE = 64;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    private final Kernels kernels;
    private final Schedule schedule;
    private final Gates gates;
    private final int words;
    private final MemorySegment state;
    /** Input → slot, or −1 where the circuit does not read it. */
    private final int[] slotOfInput;

    /** Words of 64 rows, and a gap that keeps neighbouring squares out of each other's cache sets. */
    private final int square;

    private long[] squares = new long[0];
    private PixelBits packed;
    /** Window, byte of {@code packed} → slot, or −1. */
    private int[] targets = new int[0];

    private GroupPlan plan;
    private long[] counters = new long[0];
    private long[] carries = new long[0];

    SlotBlock(Kernels kernels, Schedule schedule, Gates gates) {
        this.kernels = kernels;
        this.schedule = schedule;
        this.gates = gates;
        this.words = kernels.words();
        this.state = Arena.ofAuto().allocate((long) schedule.slots() * words * Long.BYTES, CACHE_LINE);
        this.square = 64 * words + 8;
        this.slotOfInput = new int[schedule.inputs()];
        Arrays.fill(slotOfInput, -1);
        for (int i = 0; i < schedule.inputsRead().length; i++) {
            slotOfInput[schedule.inputsRead()[i]] = schedule.inputSlots()[i];
        }
    }

    @Override
    public int samples() {
        return 64 * words;
    }

    @Override
    public void load(BitMatrix in, int word) {
        int count = Math.min(words, in.wordsPerPlane() - word);
        long[] planes = in.planes();
        for (int i = 0; i < schedule.inputsRead().length; i++) {
            int from = schedule.inputsRead()[i] * in.wordsPerPlane() + word;
            long to = (long) schedule.inputSlots()[i] * words;
            for (int w = 0; w < count; w++) {
                state.setAtIndex(WORD, to + w, planes[from + w]);
            }
        }
    }

    @Override
    public void load(PixelBits pixels, byte[] bytes, int row, int rows) {
        if (pixels.inputs() != schedule.inputs()) {
            throw new IllegalArgumentException(
                    pixels.inputs() + " pixel bits for a circuit of " + schedule.inputs() + " inputs");
        }
        Objects.checkIndex(rows, samples() + 1);
        int start = Math.toIntExact(Objects.checkFromIndexSize(
                (long) row * pixels.rowBytes(), (long) rows * pixels.rowBytes(), bytes.length));
        int windows = pixels.starts().length;
        if (packed != pixels) {
            packed = pixels;
            targets = Arrays.stream(pixels.targets())
                    .map(input -> input < 0 ? -1 : slotOfInput[input])
                    .toArray();
        }
        if (squares.length < windows * square) {
            squares = new long[windows * square];
        }
        // Row by row, so that the bytes are read as one stream.
        for (int i = 0; i < rows; i++) {
            int at = (i & 63) * words + (i >> 6);
            int from = start + i * pixels.rowBytes();
            kernels.compare(bytes, from, pixels.starts(), pixels.limits(), squares, at, square);
        }
        for (int window = 0; window < windows; window++) {
            kernels.transpose(squares, window * square);
            kernels.scatter(squares, window * square, targets, 64 * window, state);
        }
        fill(pixels.alwaysTrue(), (byte) -1);
        fill(pixels.alwaysFalse(), (byte) 0);
    }

    private void fill(int[] inputs, byte value) {
        for (int input : inputs) {
            state.asSlice((long) slotOfInput[input] * words * Long.BYTES, (long) words * Long.BYTES)
                    .fill(value);
        }
    }

    @Override
    public void run() {
        gates.run(state);
    }

    @Override
    public long output(int output, int word) {
        Objects.checkIndex(word, words);
        long value = state.getAtIndex(WORD, (long) schedule.outputSlots()[output] * words + word);
        return schedule.outputInverted()[output] ? ~value : value;
    }

    @Override
    public void groupSums(int groups, int rows, int[] sums, int at) {
        if (plan == null || plan.groups() != groups) {
            plan = GroupPlan.of(schedule, groups);
            counters = new long[plan.squares() * 64 * words];
            carries = new long[plan.size() * words];
        }
        Objects.checkIndex(rows, samples() + 1);
        Arrays.fill(counters, 0);
        for (int group = 0; group < groups; group++) {
            int plane = plan.plane(group) * words;
            int from = plan.start(group);
            int inverted = plan.inverted(group);
            int to = plan.start(group + 1);
            kernels.count(state, plan.slots(), from, inverted, 0L, carries, counters, plane, plan.planes());
            kernels.count(state, plan.slots(), inverted, to, -1L, carries, counters, plane, plan.planes());
        }
        for (int i = 0; i < plan.squares(); i++) {
            kernels.transpose(counters, i * 64 * words);
        }
        for (int i = 0; i < plan.squares(); i++) {
            readSquare(i, rows, sums, at);
        }
    }

    /** Takes the counts of a square's groups apart: a row of it now holds all of one sample's. */
    private void readSquare(int index, int rows, int[] sums, int at) {
        int field = plan.field();
        int mask = (int) ((1L << field) - 1);
        int first = index * plan.perSquare();
        int count = Math.min(plan.perSquare(), plan.groups() - first);
        for (int row = 0; row < rows; row++) {
            long counts = counters[(index * 64 + (row & 63)) * words + (row >> 6)];
            int to = at + row * plan.groups() + first;
            for (int i = 0; i < count; i++) {
                sums[to + i] = (int) counts & mask;
                counts >>>= field;
            }
        }
    }
}
