package dev.gatewright.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Rows divided in two: those kept and those held back. Both are in rising order. */
public final class Split {
    private final int[] kept;
    private final int[] held;

    private Split(boolean[] out) {
        int count = 0;
        for (boolean row : out) {
            count += row ? 1 : 0;
        }
        held = new int[count];
        kept = new int[out.length - count];
        int k = 0;
        int h = 0;
        for (int row = 0; row < out.length; row++) {
            if (out[row]) {
                held[h++] = row;
            } else {
                kept[k++] = row;
            }
        }
    }

    /**
     * Holds {@code fraction} of the rows back, drawn by {@code seed}: of each class its part, to the row, so that the
     * total is right too; of numbers any rows. With two rows or more, neither part is empty.
     */
    public static Split stratified(Target target, double fraction, long seed) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException("holding back " + fraction + " of the rows");
        }
        int rows = target.rows();
        int total = held(rows, fraction);
        List<List<Integer>> groups = groups(target);
        int[] quota = quotas(groups, total, rows);
        boolean[] out = new boolean[rows];
        SplittableRandom random = new SplittableRandom(seed);
        for (int group = 0; group < quota.length; group++) {
            List<Integer> members = groups.get(group);
            for (int i = members.size() - 1; i > 0; i--) {
                Collections.swap(members, i, random.nextInt(i + 1));
            }
            for (int row : members.subList(0, quota[group])) {
                out[row] = true;
            }
        }
        return new Split(out);
    }

    /** As {@link #stratified}, but a {@code fraction} of 0 holds no row back. */
    public static Split validation(Target target, double fraction, long seed) {
        return fraction == 0 ? new Split(new boolean[target.rows()]) : stratified(target, fraction, seed);
    }

    /** How many of {@code rows} rows are held back as {@code fraction} of them. */
    public static int held(int rows, double fraction) {
        int total = (int) Math.round(rows * fraction);
        return Math.max(Math.min(1, rows - 1), Math.min(rows - 1, total));
    }

    private static List<List<Integer>> groups(Target target) {
        List<List<Integer>> groups = new ArrayList<>();
        int count = switch (target) {
            case ClassTarget classes -> classes.labels().size();
            case NumberTarget numbers -> Math.min(1, numbers.rows());
        };
        for (int i = 0; i < count; i++) {
            groups.add(new ArrayList<>());
        }
        for (int row = 0; row < target.rows(); row++) {
            int group = switch (target) {
                case ClassTarget classes -> classes.label(row);
                case NumberTarget numbers -> numbers.rows() > 0 ? 0 : -1;
            };
            groups.get(group).add(row);
        }
        return groups;
    }

    /** Each group's part rounded down, and the rows still wanted from the groups with the largest remainders. */
    private static int[] quotas(List<List<Integer>> groups, int total, int rows) {
        int[] quota = new int[groups.size()];
        long[] remainder = new long[groups.size()];
        int given = 0;
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < quota.length; i++) {
            long share = (long) groups.get(i).size() * total;
            quota[i] = (int) (share / rows);
            remainder[i] = share % rows;
            given += quota[i];
            order.add(i);
        }
        order.sort((a, b) -> Long.compare(remainder[b], remainder[a]));
        for (int i = 0; given < total; i++, given++) {
            quota[order.get(i)]++;
        }
        return quota;
    }

    public int[] kept() {
        return Arrays.copyOf(kept, kept.length);
    }

    public int[] held() {
        return Arrays.copyOf(held, held.length);
    }
}
