package dev.gatewright.engine;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Gates one after the other on the same slots. */
record InTurn(List<Gates> gates) implements Gates {
    InTurn {
        gates = List.copyOf(gates);
    }

    @Override
    public void run(MemorySegment state) {
        for (Gates each : gates) {
            each.run(state);
        }
    }

    @Override
    public void run(MemorySegment state, int words) {
        for (Gates each : gates) {
            each.run(state, words);
        }
    }

    @Override
    public Gates forBlock() {
        return new InTurn(gates.stream().map(Gates::forBlock).toList());
    }

    @Override
    public void close() {
        gates.forEach(Gates::close);
    }
}
