package dev.gatewright.circuit;

/** How often each wire of a circuit is read, by gates and as an output. */
public final class Fanout {
    private final int[] readers;

    private Fanout(int[] readers) {
        this.readers = readers;
    }

    /** Takes time linear in the wires read. */
    public static Fanout of(Circuit circuit) {
        int[] readers = new int[circuit.wires()];
        for (int gate = 0; gate < circuit.gates(); gate++) {
            for (int i = circuit.arity(gate) - 1; i >= 0; i--) {
                readers[circuit.wire(gate, i)]++;
            }
        }
        for (int i = 0; i < circuit.outputs(); i++) {
            readers[circuit.output(i)]++;
        }
        return new Fanout(readers);
    }

    /** How many gates read {@code wire}, plus how many outputs it drives. */
    public int readers(int wire) {
        return readers[wire];
    }
}
