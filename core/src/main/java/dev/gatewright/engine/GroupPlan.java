package dev.gatewright.engine;

import java.util.Arrays;

/**
 * How the outputs of a schedule are counted by groups.
 *
 * <p>Each group has a bit-sliced counter of {@link #planes()} planes; counters lie in squares of 64 planes, a field of
 * 8, 16 or 32 planes each, so that one transposition of a square yields the counts of several groups. Slots that hold
 * an output's inverse are counted apart, and subtracted from their number.
 */
final class GroupPlan {
    private final int groups;
    private final int planes;
    private final int field;
    private int[] slots = new int[16];
    private int count;
    /** Group → where its plain slots start, where its inverted ones do, and so on for the next. */
    private final int[] starts;
    /** Group → its inverted slots. */
    private final int[] inverted;

    private GroupPlan(Schedule schedule, int groups) {
        this.groups = groups;
        int size = groups == 0 ? 0 : schedule.outputs() / groups;
        this.planes = (Integer.SIZE - Integer.numberOfLeadingZeros(size) + 1) & ~1;
        this.field = planes <= 8 ? 8 : planes <= 16 ? 16 : 32;
        this.starts = new int[2 * groups + 1];
        this.inverted = new int[groups];
        for (int group = 0; group < groups; group++) {
            starts[2 * group] = count;
            collect(schedule, group * size, (group + 1) * size, false);
            starts[2 * group + 1] = count;
            inverted[group] = collect(schedule, group * size, (group + 1) * size, true);
        }
        starts[2 * groups] = count;
    }

    /** Appends the slots of outputs that are inverted or not, up to a whole batch with slot 0, which is false. */
    private int collect(Schedule schedule, int from, int to, boolean invertedOnes) {
        int before = count;
        for (int output = from; output < to; output++) {
            if (schedule.outputInverted()[output] == invertedOnes) {
                append(schedule.outputSlots()[output]);
            }
        }
        int found = count - before;
        while (count % Counting.BATCH != 0) {
            append(0);
        }
        return found;
    }

    private void append(int slot) {
        if (count == slots.length) {
            slots = Arrays.copyOf(slots, 2 * count);
        }
        slots[count++] = slot;
    }

    /** @throws IllegalArgumentException if the outputs do not divide into the groups */
    static GroupPlan of(Schedule schedule, int groups) {
        if (groups < 0 || (groups == 0 ? schedule.outputs() != 0 : schedule.outputs() % groups != 0)) {
            throw new IllegalArgumentException(
                    schedule.outputs() + " outputs do not divide into " + groups + " groups");
        }
        return new GroupPlan(schedule, groups);
    }

    int groups() {
        return groups;
    }

    /** Planes of one counter: enough for a group's size, and even. */
    int planes() {
        return planes;
    }

    /** Planes from one counter to the next. */
    int field() {
        return field;
    }

    int perSquare() {
        return 64 / field;
    }

    int squares() {
        return (groups + perSquare() - 1) / perSquare();
    }

    /** The slots of all outputs, group after group; in each first the plain ones, then the inverted ones. */
    int[] slots() {
        return slots;
    }

    /** Where the slots of a group start. */
    int start(int group) {
        return starts[2 * group];
    }

    /** Where the inverted slots of a group start. */
    int startInverted(int group) {
        return starts[2 * group + 1];
    }

    /** How many outputs of a group are held inverted. */
    int inverted(int group) {
        return inverted[group];
    }
}
