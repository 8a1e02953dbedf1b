package dev.gatewright.format;

import java.util.Arrays;

/**
 * Which stage of a pipeline each signal is computed in, as early as possible, and through how many more it is carried. A
 * stage has a number of levels; a signal that alone needs more has a stage of its own. Without levels there is one stage,
 * and nothing is kept.
 */
final class Stages {
    private final int levels;
    private int[] stage;
    private int[] level;
    private int[] carried;
    private int last;

    /** Stages of so many levels, or one if that is 0, for signals of which the first so many are inputs or gates. */
    Stages(int levels, int signals) {
        this.levels = levels;
        int room = levels == 0 ? 0 : signals;
        stage = new int[room];
        level = new int[room];
        carried = new int[room];
    }

    /** Gives a signal its stage; it takes {@code weight} levels after those that it reads. */
    int place(int signal, int weight, int... reads) {
        if (levels == 0) {
            return 0;
        }
        if (signal >= stage.length) {
            stage = Arrays.copyOf(stage, 2 * signal);
            level = Arrays.copyOf(level, 2 * signal);
            carried = Arrays.copyOf(carried, 2 * signal);
        }
        int at = 0;
        int used = 0;
        for (int read : reads) {
            if (stage[read] > at) {
                at = stage[read];
                used = level[read];
            } else if (stage[read] == at) {
                used = Math.max(used, level[read]);
            }
        }
        if (used > 0 && used + weight > levels) {
            at++;
            used = 0;
        }
        stage[signal] = at;
        level[signal] = used + weight;
        carried[signal] = at;
        last = Math.max(last, at);
        return at;
    }

    /** The stage that a signal is computed in. */
    int of(int signal) {
        return levels == 0 ? 0 : stage[signal];
    }

    /** The next stage that a signal is carried to, if that is not beyond {@code wanted}; else a negative number. */
    int carry(int signal, int wanted) {
        return levels == 0 || carried[signal] >= wanted ? -1 : ++carried[signal];
    }

    /** How many stages there are, each of which ends in registers; 0 without levels. */
    int count() {
        return levels == 0 ? 0 : last + 1;
    }
}
