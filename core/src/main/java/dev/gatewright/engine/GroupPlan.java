package dev.gatewright.engine;

/**
 * How the outputs of a schedule are counted by groups.
 *
 * <p>Each group has a bit-sliced counter of {@link #planes()} planes; counters lie in squares of 64 planes, a field of
 * 8, 16 or 32 planes each, so that one transposition of a square yields the counts of several groups.
 */
final class GroupPlan {
    private final int groups;
    private final int size;
    private final int planes;
    private final int field;
    private final int[] slots;
    private final int[] inverted;

    private GroupPlan(Schedule schedule, int groups) {
        this.groups = groups;
        this.size = groups == 0 ? 0 : schedule.outputs() / groups;
        this.planes = 32 - Integer.numberOfLeadingZeros(size);
        this.field = planes <= 8 ? 8 : planes <= 16 ? 16 : 32;
        this.slots = new int[schedule.outputs()];
        this.inverted = new int[groups];
        for (int group = 0; group < groups; group++) {
            int plain = group * size;
            int last = plain + size;
            for (int output = group * size; output < (group + 1) * size; output++) {
                int slot = schedule.outputSlots()[output];
                if (schedule.outputInverted()[output]) {
                    slots[--last] = slot;
                } else {
                    slots[plain++] = slot;
                }
            }
            inverted[group] = plain;
        }
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

    /** Outputs of one group. */
    int size() {
        return size;
    }

    /** Planes of one counter: enough for a group's size. */
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

    /** The first plane of a group's counter. */
    int plane(int group) {
        return group * field;
    }

    /** The slots of all outputs, group after group; in each first the plain ones, then the inverted ones. */
    int[] slots() {
        return slots;
    }

    /** Where the slots of a group start. */
    int start(int group) {
        return group * size;
    }

    /** Where the inverted slots of a group start. */
    int inverted(int group) {
        return inverted[group];
    }
}
