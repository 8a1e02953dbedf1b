package dev.gatewright.circuit;

import java.util.List;

/** A way to count the true ones of some bits in hardware. */
public sealed interface Popcount permits AdderChains, CounterTree, AdderTree {
    /** Every way, the one that is best where nothing is said first. */
    List<Popcount> ALL = List.of(new AdderChains(), new CounterTree(), new AdderTree());

    /** The word that chooses it. */
    String name();

    /** The number of true ones of at least one bit, in {@link Votes#width} of them. */
    <B> List<B> of(List<B> bits, BitNumbers<B> numbers);
}
