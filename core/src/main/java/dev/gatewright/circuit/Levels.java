package dev.gatewright.circuit;

/** How deep each wire of a circuit lies: 0 for constants and inputs, else one more than the deepest wire read. */
public final class Levels {
    private final int[] levels;
    private final int depth;

    private Levels(int[] levels, int depth) {
        this.levels = levels;
        this.depth = depth;
    }

    /** Takes time linear in the gates. */
    public static Levels of(Circuit circuit) {
        int[] levels = new int[circuit.wires()];
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int deepest = 0;
            for (int i = circuit.arity(gate) - 1; i >= 0; i--) {
                deepest = Math.max(deepest, levels[circuit.wire(gate, i)]);
            }
            levels[circuit.gateWire(gate)] = deepest + 1;
        }
        int depth = 0;
        for (int i = 0; i < circuit.outputs(); i++) {
            depth = Math.max(depth, levels[circuit.output(i)]);
        }
        return new Levels(levels, depth);
    }

    public int level(int wire) {
        return levels[wire];
    }

    /** The level of the deepest output: how many gates a signal passes at most. */
    public int depth() {
        return depth;
    }
}
