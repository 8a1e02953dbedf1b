package dev.gatewright.engine;

import dev.gatewright.bits.BitMatrix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/** Slots of one sample, 32 bits each so that few cache lines hold them: outputs are counted while the gates run. */
final class OneSampleBlock implements Block {
    private static final long CACHE_LINE = 64;
    private static final ValueLayout.OfInt SLOT = ValueLayout.JAVA_INT;

    private final Schedule schedule;
    private final Gates gates;
    private final MemorySegment state;
    /** Input → slot, or 0 where the circuit does not read it. */
    private final int[] slotOfInput;
    /** Group → its inverted outputs. */
    private final int[] inverted;

    /** What the following are of: for each input read its slot, the byte of a row, and what that must exceed. */
    private PixelBits prepared;

    private int[] slots = new int[0];
    private int[] bytesRead = new int[0];
    private int[] limits = new int[0];

    OneSampleBlock(Schedule schedule, Gates gates) {
        this.schedule = schedule;
        this.gates = gates;
        this.state = Arena.ofAuto().allocate((long) schedule.slots() * SLOT.byteSize(), CACHE_LINE);
        this.slotOfInput = new int[schedule.inputs()];
        for (int i = 0; i < schedule.inputsRead().length; i++) {
            slotOfInput[schedule.inputsRead()[i]] = schedule.inputSlots()[i];
        }
        this.inverted = new int[schedule.groups()];
        for (int output = 0; schedule.groups() > 0 && output < schedule.outputs(); output++) {
            inverted[schedule.outputSlots()[output] - 1] += schedule.outputInverted()[output] ? 1 : 0;
        }
    }

    @Override
    public int samples() {
        return 1;
    }

    @Override
    public void load(BitMatrix in, int word) {
        for (int i = 0; i < schedule.inputsRead().length; i++) {
            set(schedule.inputSlots()[i], (in.word(schedule.inputsRead()[i], word) & 1) != 0);
        }
    }

    /** Loads sample {@code sample} alone. */
    void loadSample(BitMatrix in, int sample) {
        for (int i = 0; i < schedule.inputsRead().length; i++) {
            long word = in.word(schedule.inputsRead()[i], sample >> 6);
            set(schedule.inputSlots()[i], (word >>> sample & 1) != 0);
        }
    }

    @Override
    public void load(PixelBits pixels, byte[] bytes, int row, int rows) {
        SlotBlock.checkInputs(pixels.inputs(), schedule);
        Objects.checkIndex(rows, samples() + 1);
        if (rows == 1) {
            int from = Math.toIntExact(
                    Objects.checkFromIndexSize((long) row * pixels.rowBytes(), pixels.rowBytes(), bytes.length));
            prepare(pixels);
            for (int i = 0; i < slots.length; i++) {
                int value = bytes[from + bytesRead[i]] & 0xFF;
                // The sign of a difference, because a branch on a pixel is mispredicted.
                state.setAtIndex(SLOT, slots[i], limits[i] - value >>> 31);
            }
        }
    }

    private void prepare(PixelBits pixels) {
        if (prepared == pixels) {
            return;
        }
        slots = new int[pixels.count()];
        bytesRead = new int[pixels.count()];
        limits = new int[pixels.count()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = slotOfInput[pixels.input(i)];
            bytesRead[i] = pixels.pixel(i);
            limits[i] = Math.clamp(pixels.threshold(i), -1, 255);
        }
        prepared = pixels;
    }

    @Override
    public void load(FloatBits floats, float[][] columns, int rows) {
        SlotBlock.checkInputs(floats.inputs(), schedule);
        Objects.checkIndex(rows, samples() + 1);
        for (int i = 0; rows == 1 && i < floats.count(); i++) {
            set(slotOfInput[floats.input(i)], floats.holds(i, columns[floats.column(i)][0]));
        }
    }

    private void set(int slot, boolean value) {
        state.setAtIndex(SLOT, slot, value ? 1 : 0);
    }

    @Override
    public void run() {
        for (int group = 0; group < inverted.length; group++) {
            state.setAtIndex(SLOT, 1L + group, inverted[group]);
        }
        gates.run(state);
    }

    @Override
    public long output(int output, int word) {
        Objects.checkIndex(word, 1);
        if (schedule.groups() > 0) {
            throw new IllegalStateException("outputs are counted, not kept");
        }
        int value = state.getAtIndex(SLOT, schedule.outputSlots()[output]);
        return (schedule.outputInverted()[output] ? ~value : value) & 1;
    }

    @Override
    public void groupSums(int groups, int rows, int[] sums, int at) {
        checkGroups(groups, rows);
        for (int group = 0; rows == 1 && group < groups; group++) {
            sums[at + group] = state.getAtIndex(SLOT, 1L + group);
        }
    }

    @Override
    public void classes(int groups, int rows, int[] classes, int at) {
        checkGroups(groups, rows);
        int best = 0;
        for (int group = 1; group < groups; group++) {
            best = state.getAtIndex(SLOT, 1L + group) > state.getAtIndex(SLOT, 1L + best) ? group : best;
        }
        if (rows == 1) {
            classes[at] = best;
        }
    }

    private void checkGroups(int groups, int rows) {
        Objects.checkIndex(rows, samples() + 1);
        if (groups != schedule.groups()) {
            throw new IllegalArgumentException(groups + " groups for a circuit compiled to count " + schedule.groups());
        }
    }
}
