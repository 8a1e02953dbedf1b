package dev.gatewright.cli;

import dev.gatewright.data.Split;
import dev.gatewright.data.Target;

/**
 * Training samples that a run of a search does not see, to be judged by.
 *
 * @param fraction of the training samples, above 0 and below 1
 * @param seed that they are drawn by
 */
record HeldOut(double fraction, long seed) {
    Split of(Target target) {
        return Split.stratified(target, fraction, seed);
    }
}
