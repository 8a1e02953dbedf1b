package dev.gatewright.engine;

import dev.gatewright.bits.BitMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/** One thread's slots, in memory outside the heap so that no vector straddles a cache line, and what runs on them. */
final class SlotBlock implements Block {
    private static final long CACHE_LINE = 64;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    private final Kernels kernels;
    private final Optional<Machine> machine;
    private final Counting counting;
    private final FloatTests floatTests;
    private final Schedule schedule;
    private final Gates gates;
    private final int words;
    private final MemorySegment state;
    /** Input → slot, or −1 where the circuit does not read it. */
    private final int[] slotOfInput;
    /** Words of each slot that hold samples. */
    private int loaded;

    private RowPacking rowPacking;

    private GroupPlan plan;
    private Optional<MachineCounting> machineCounting = Optional.empty();
    private long[] counters = new long[0];
    private long[] other = new long[0];
    private final long[] numbers;

    // The methods of these names, each compiled on its own.
    private final MethodHandle test = Apart.method(MethodHandles.lookup(), this, "test");
    private final MethodHandle choose = Apart.method(MethodHandles.lookup(), this, "choose");

    /** @param machine the kind of processor to make machine code for */
    SlotBlock(Kernels kernels, Optional<Machine> machine, Schedule schedule, Gates gates) {
        this.kernels = kernels;
        this.machine = machine;
        this.counting = kernels.counting();
        this.floatTests = kernels.floatTests();
        this.schedule = schedule;
        this.gates = gates;
        this.words = kernels.words();
        this.state = Arena.ofAuto().allocate((long) schedule.slots() * words * Long.BYTES, CACHE_LINE);
        this.numbers = new long[Integer.SIZE * words];
        this.slotOfInput = new int[schedule.inputs()];
        Arrays.fill(slotOfInput, -1);
        for (int i = 0; i < schedule.inputsRead().length; i++) {
            slotOfInput[schedule.inputsRead()[i]] = schedule.inputSlots()[i];
        }
    }

    /** @throws IllegalArgumentException if samples of so many bits do not fit the circuit */
    static void checkInputs(int bits, Schedule schedule) {
        if (bits != schedule.inputs()) {
            throw new IllegalArgumentException(
                    "samples of " + bits + " bits for a circuit of " + schedule.inputs() + " inputs");
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
        loaded = count;
    }

    @Override
    public void load(PixelBits pixels, byte[] bytes, int row, int rows) {
        checkInputs(pixels.inputs(), schedule);
        Objects.checkIndex(rows, samples() + 1);
        int start = Math.toIntExact(Objects.checkFromIndexSize(
                (long) row * pixels.rowBytes(), (long) rows * pixels.rowBytes(), bytes.length));
        if (rows == 1) {
            loadOne(pixels, bytes, start);
            return;
        }
        if (rowPacking == null || rowPacking.pixels() != pixels) {
            rowPacking = new RowPacking(kernels.packing(), words, machine, pixels, slotOfInput);
        }
        rowPacking.load(bytes, start, rows, state);
        fill(pixels.alwaysTrue(), (byte) -1);
        fill(pixels.alwaysFalse(), (byte) 0);
        loaded = rows + 63 >> 6;
    }

    /** One row straight to its slots: a transposition would cost as much as for 64 rows. */
    private void loadOne(PixelBits pixels, byte[] bytes, int from) {
        for (int i = 0; i < pixels.count(); i++) {
            long bit = (bytes[from + pixels.pixel(i)] & 0xFF) > pixels.threshold(i) ? 1 : 0;
            state.setAtIndex(WORD, (long) slotOfInput[pixels.input(i)] * words, bit);
        }
        loaded = 1;
    }

    private void fill(int[] inputs, byte value) {
        for (int input : inputs) {
            state.asSlice((long) slotOfInput[input] * words * Long.BYTES, (long) words * Long.BYTES)
                    .fill(value);
        }
    }

    @Override
    public void load(FloatBits floats, float[][] columns, int rows) {
        checkInputs(floats.inputs(), schedule);
        Objects.checkIndex(rows, samples() + 1);
        try {
            test.invokeExact(floats, columns, rows);
        } catch (Throwable thrown) {
            throw Apart.rethrow(thrown);
        }
        loaded = rows + 63 >> 6;
    }

    void test(FloatBits floats, float[][] columns, int rows) {
        for (int i = 0; i < floats.count(); i++) {
            long to = (long) slotOfInput[floats.input(i)] * words;
            float[] column = columns[floats.column(i)];
            for (int row = 0; row < rows; row += Long.SIZE) {
                int count = Math.min(Long.SIZE, rows - row);
                long word = floatTests.word(floats.test(i), column, row, count, floats.value(i));
                state.setAtIndex(WORD, to + (row >> 6), word);
            }
        }
    }

    @Override
    public void run() {
        gates.run(state, loaded);
    }

    @Override
    public long output(int output, int word) {
        Objects.checkIndex(word, words);
        long value = state.getAtIndex(WORD, (long) schedule.outputSlots()[output] * words + word);
        return schedule.outputInverted()[output] ? ~value : value;
    }

    @Override
    public void groupSums(int groups, int rows, int[] sums, int at) {
        Objects.checkIndex(rows, samples() + 1);
        if (rows == 1) {
            plan(groups);
            for (int group = 0; group < groups; group++) {
                sums[at + group] = countOne(group);
            }
            return;
        }
        count(groups);
        for (int i = 0; i < plan.squares(); i++) {
            counting.transpose(counters, i * 64 * words);
        }
        for (int i = 0; i < plan.squares(); i++) {
            readSquare(i, rows, sums, at);
        }
    }

    @Override
    public void classes(int groups, int rows, int[] classes, int at) {
        Objects.checkIndex(rows, samples() + 1);
        if (groups < 1) {
            throw new IllegalArgumentException(groups + " classes; expected at least 1");
        }
        if (rows == 1) {
            classes[at] = classOfOne(groups);
            return;
        }
        count(groups);
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(groups - 1);
        try {
            choose.invokeExact(bits);
        } catch (Throwable thrown) {
            throw Apart.rethrow(thrown);
        }
        for (int row = 0; row < rows; row++) {
            int number = 0;
            for (int bit = bits - 1; bit >= 0; bit--) {
                number = 2 * number + (int) (numbers[bit * words + (row >> 6)] >>> row & 1);
            }
            classes[at + row] = number;
        }
    }

    void choose(int bits) {
        counting.largest(counters, plan.groups(), plan.field() * words, plan.planes(), other, numbers, bits);
    }

    private int classOfOne(int groups) {
        plan(groups);
        int best = 0;
        int most = countOne(0);
        for (int group = 1; group < groups; group++) {
            int count = countOne(group);
            if (count > most) {
                most = count;
                best = group;
            }
        }
        return best;
    }

    /** Counts a group for the first sample alone, which is cheaper than to add up what there is of all. */
    private int countOne(int group) {
        int inverted = plan.startInverted(group);
        return plan.inverted(group) + countOne(plan.start(group), inverted) - countOne(inverted, plan.start(group + 1));
    }

    private int countOne(int from, int to) {
        int[] slots = plan.slots();
        int count = 0;
        for (int i = from; i < to; i++) {
            count += (int) state.getAtIndex(WORD, (long) slots[i] * words) & 1;
        }
        return count;
    }

    private void plan(int groups) {
        if (plan == null || plan.groups() != groups) {
            plan = GroupPlan.of(schedule, groups);
            machineCounting = machine.flatMap(present -> present.counting(plan, words * Long.BYTES))
                    .flatMap(MachineCounting::of);
            counters = new long[plan.squares() * 64 * words];
            other = new long[plan.planes() * words];
        }
    }

    private void count(int groups) {
        plan(groups);
        Arrays.fill(counters, 0);
        if (machineCounting.isPresent()) {
            machineCounting.get().count(state, counters);
            return;
        }
        for (int group = 0; group < groups; group++) {
            int at = group * plan.field() * words;
            int from = plan.startInverted(group);
            int to = plan.start(group + 1);
            if (plan.inverted(group) > 0) {
                set(counters, at, plan.inverted(group) + 1);
                Arrays.fill(other, 0);
                counting.add(state, plan.slots(), from, to, other, 0, plan.planes());
                counting.subtract(counters, at, other, plan.planes());
            }
            counting.add(state, plan.slots(), plan.start(group), from, counters, at, plan.planes());
        }
    }

    /** Makes every sample's count the same. */
    private void set(long[] planes, int at, int count) {
        for (int plane = 0; plane < plan.planes(); plane++) {
            Arrays.fill(planes, at + plane * words, at + (plane + 1) * words, -(count >> plane & 1L));
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
