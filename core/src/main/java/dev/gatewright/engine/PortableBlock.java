package dev.gatewright.engine;

import dev.gatewright.bits.BitMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;

/** Slots in memory outside the heap, so that no vector straddles a cache line. */
final class PortableBlock implements Block {
    private static final long CACHE_LINE = 64;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    private final Kernels kernels;
    private final Schedule schedule;
    private final int words;
    private final MemorySegment state;
    /** Input → slot, or −1 where the circuit does not read it. */
    private final int[] slotOfInput;

    private final long[] square;
    private GroupPlan plan;
    private long[] counters = new long[0];
    private long[] carries = new long[0];

    PortableBlock(Kernels kernels, Schedule schedule) {
        this.kernels = kernels;
        this.schedule = schedule;
        this.words = kernels.words();
        this.state = Arena.ofAuto().allocate((long) schedule.slots() * words * Long.BYTES, CACHE_LINE);
        this.square = new long[64 * words];
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
        for (int i = 0; i < pixels.windows().size(); i++) {
            PixelBits.Window window = pixels.windows().get(i);
            kernels.compare(bytes, start + window.start(), pixels.rowBytes(), rows, window.limits(), square);
            kernels.transpose(square, 0);
            for (int j = 0; j < 64; j++) {
                if (window.inputs()[j] >= 0) {
                    toSlot(j * words, slotOfInput[window.inputs()[j]]);
                }
            }
        }
        fill(pixels.alwaysTrue(), (byte) -1);
        fill(pixels.alwaysFalse(), (byte) 0);
    }

    private void toSlot(int from, int slot) {
        MemorySegment.copy(square, from, state, WORD, (long) slot * words * Long.BYTES, words);
    }

    private void fill(int[] inputs, byte value) {
        for (int input : inputs) {
            state.asSlice((long) slotOfInput[input] * words * Long.BYTES, (long) words * Long.BYTES)
                    .fill(value);
        }
    }

    @Override
    public void run() {
        kernels.run(schedule, state);
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
        int mask = (int) ((1L << plan.field()) - 1);
        for (int group = 0; group < groups; group++) {
            int base = (group / plan.perSquare()) * 64 * words;
            int shift = group % plan.perSquare() * plan.field();
            for (int row = 0; row < rows; row++) {
                sums[at + row * groups + group] =
                        (int) (counters[base + (row & 63) * words + (row >> 6)] >>> shift) & mask;
            }
        }
    }
}
