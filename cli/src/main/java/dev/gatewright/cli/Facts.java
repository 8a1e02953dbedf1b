package dev.gatewright.cli;

import dev.gatewright.model.Provenance;

/** Facts of a model's provenance that other commands take as their defaults. */
final class Facts {
    private Facts() {}

    /** The seed the model was trained with, 0 where it does not say. */
    private static long seed(Provenance provenance) {
        try {
            return Long.parseLong(provenance.facts().getOrDefault("seed", "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The seed that split the model's data, 0 where it does not say. */
    static long splitSeed(Provenance provenance) {
        try {
            String split = provenance.facts().get("split_seed");
            return split == null ? seed(provenance) : Long.parseLong(split);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The fraction of the training samples held out, 0 where it does not say. */
    static double validation(Provenance provenance) {
        try {
            double fraction = Double.parseDouble(provenance.facts().getOrDefault("validation", "0"));
            return fraction > 0 && fraction < 1 ? fraction : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
