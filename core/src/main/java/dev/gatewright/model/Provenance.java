package dev.gatewright.model;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a model comes from, as named facts: data and its hash, network, options, seed, version, accuracies. Kept in
 * the model file and shown by {@code inspect}; nothing is computed from it.
 */
public record Provenance(SortedMap<String, String> facts) {
    public Provenance {
        facts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** This provenance with one more fact. */
    public Provenance with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(facts);
        more.put(name, value);
        return new Provenance(more);
    }
}
