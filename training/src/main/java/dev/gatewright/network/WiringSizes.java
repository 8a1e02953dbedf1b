package dev.gatewright.network;

import dev.gatewright.encode.InputException;

/** What a wiring demands of the sizes of a layer. */
final class WiringSizes {
    private WiringSizes() {}

    static void requirePairs(int arity, Wiring wiring) {
        if (arity != 2) {
            throw new InputException("--network: wiring=" + wiring.name() + " of gates of " + arity
                    + " inputs; expected gates of 2, or wiring=unique, wiring=random or wiring=learned");
        }
    }

    static void requireReach(int inputs, int gates, int arity) {
        String kind = arity == 2 ? "two-input" : arity + "-input";
        if (inputs < arity) {
            throw new InputException(
                    "a layer of " + kind + " gates over " + inputs + " wire(s); expected at least " + arity);
        }
        if ((long) arity * gates < inputs) {
            throw new InputException("a layer of " + gates + " " + (arity == 2 ? "" : kind + " ") + "gates over "
                    + inputs + " wires leaves wires unread; expected at least " + Math.ceilDiv(inputs, arity)
                    + " gates");
        }
        if (gates > Integer.MAX_VALUE / arity) {
            throw new InputException("a layer of " + gates + " gates; expected at most " + Integer.MAX_VALUE / arity);
        }
    }
}
