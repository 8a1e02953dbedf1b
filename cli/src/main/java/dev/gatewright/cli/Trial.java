package dev.gatewright.cli;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * One point of a search.
 *
 * @param number from 1, in the order drawn
 * @param point values by variable
 * @param settings all options, with the epochs that it has on the last rung
 * @param epochs those
 */
record Trial(int number, Map<String, String> point, Settings settings, int epochs) {
    /** The settings of a run of fewer epochs; a warm-up shrinks with them. */
    Settings shortened(int fewer) {
        Settings run = settings.with("epochs", Integer.toString(fewer));
        if (fewer < epochs && settings.value("warm-up").isPresent()) {
            long steps = Long.parseLong(settings.value("warm-up").orElseThrow());
            run = run.with("warm-up", Long.toString(steps * fewer / epochs));
        }
        return run;
    }

    /** Number and values in a few words. */
    @Override
    public String toString() {
        return "trial " + number + " ("
                + point.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(" "))
                + ")";
    }
}
