package dev.gatewright.circuit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is known about the inputs that a circuit will ever see, as groups of inputs that belong together; inputs of
 * different groups, and those of none, are independent. Circuits that agree wherever the relations hold may stand for
 * each other.
 */
public final class InputRelations {
    private static final int NO_GROUP = -1;

    /**
     * Inputs that are read off one value. Of the {@code ordered} each implies the next, as {@code x > 5} implies
     * {@code x > 3}; of the {@code exclusive} at most one is true, and when one is, no ordered one is.
     */
    public record Group(List<Integer> ordered, List<Integer> exclusive) {
        public Group {
            ordered = List.copyOf(ordered);
            exclusive = List.copyOf(exclusive);
        }

        private int states() {
            return ordered.size() + exclusive.size() + 1;
        }
    }

    private final int inputs;
    private final List<Group> groups;
    private final int[] groupOf;

    /**
     * The relations of so many inputs.
     *
     * @throws IllegalArgumentException if a group names an input that does not exist, or one is named twice
     */
    public InputRelations(int inputs, List<Group> groups) {
        this.inputs = inputs;
        this.groups = List.copyOf(groups);
        this.groupOf = new int[inputs];
        Arrays.fill(groupOf, NO_GROUP);
        for (int group = 0; group < groups.size(); group++) {
            for (List<Integer> part :
                    List.of(groups.get(group).ordered(), groups.get(group).exclusive())) {
                for (int input : part) {
                    if (input < 0 || input >= inputs || groupOf[input] != NO_GROUP) {
                        throw new IllegalArgumentException("group " + group + " names input " + input
                                + " where each of inputs 0 to " + (inputs - 1) + " was expected at most once");
                    }
                    groupOf[input] = group;
                }
            }
        }
    }

    /** No relations: every assignment of so many inputs may occur. */
    public static InputRelations none(int inputs) {
        return new InputRelations(inputs, List.of());
    }

    public int inputs() {
        return inputs;
    }

    public List<Group> groups() {
        return groups;
    }

    /** The group of an input, or a negative number. */
    public int groupOf(int input) {
        return groupOf[input];
    }

    /** The lanes of 64 assignments in which all relations hold; {@code in[i]} has input {@code i}, a bit a lane. */
    public long allowed(long[] in) {
        long allowed = -1;
        for (Group group : groups) {
            long stronger = 0;
            for (int input : group.ordered()) {
                allowed &= ~stronger | in[input];
                stronger = in[input];
            }
            for (int input : group.exclusive()) {
                allowed &= ~(in[input] & stronger);
                stronger |= in[input];
            }
        }
        return allowed;
    }

    /** Changes 64 assignments so that the relations hold: every group gets a random state in every lane. */
    public void draw(long[] in, SplittableRandom random) {
        for (Group group : groups) {
            int size = group.ordered().size();
            group.ordered().forEach(input -> in[input] = 0);
            group.exclusive().forEach(input -> in[input] = 0);
            for (int lane = 0; lane < Long.SIZE; lane++) {
                set(in, group, random.nextInt(group.states()), lane, size);
            }
        }
    }

    /** Makes ordered inputs true, in all lanes, where a stronger one is: what a partial assignment needs to be allowed. */
    public void close(long[] in) {
        for (Group group : groups) {
            long stronger = 0;
            for (int input : group.ordered()) {
                in[input] |= stronger;
                stronger = in[input];
            }
        }
    }

    private static void set(long[] in, Group group, int state, int lane, int size) {
        long bit = 1L << lane;
        if (state > size) {
            in[group.exclusive().get(state - size - 1)] |= bit;
        } else {
            for (int i = size - state; i < size; i++) {
                in[group.ordered().get(i)] |= bit;
            }
        }
    }

    @Override
    public String toString() {
        return "InputRelations[" + inputs + " inputs, " + groups.size() + " groups]";
    }
}
