package dev.gatewright.network;

/** Which wires the gates of a layer read: two inputs of the layer each. Immutable. */
public final class Connections {
    private final int inputs;
    private final int[] a;
    private final int[] b;

    /**
     * Takes ownership of the arrays: gate {@code g} reads inputs {@code a[g]} and {@code b[g]}.
     *
     * @throws IllegalArgumentException if the arrays differ in length or an entry is no input
     */
    public Connections(int inputs, int[] a, int[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(a.length + " first inputs and " + b.length + " second inputs");
        }
        for (int gate = 0; gate < a.length; gate++) {
            if (a[gate] < 0 || a[gate] >= inputs || b[gate] < 0 || b[gate] >= inputs) {
                throw new IllegalArgumentException(
                        "gate " + gate + " reads inputs " + a[gate] + " and " + b[gate] + " of " + inputs);
            }
        }
        this.inputs = inputs;
        this.a = a;
        this.b = b;
    }

    public int inputs() {
        return inputs;
    }

    public int gates() {
        return a.length;
    }

    /** The first input that gate {@code gate} reads. */
    public int a(int gate) {
        return a[gate];
    }

    /** The second input that gate {@code gate} reads. */
    public int b(int gate) {
        return b[gate];
    }
}
