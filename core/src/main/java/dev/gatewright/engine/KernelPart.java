package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Some of the outputs of a kernel, with the gates that they need: small enough for its code to stay in a cache while it
 * runs at every position.
 *
 * @param inputs input of the part → that of the kernel
 * @param outputs output of the part → that of the kernel
 */
record KernelPart(Circuit circuit, int[] inputs, int[] outputs) {
    /**
     * Cuts a kernel into parts, output after output; what two parts need is in both. Takes time linear in the gates of
     * all parts.
     *
     * @param mostGates of a part, unless it has one output
     */
    static List<KernelPart> of(Circuit kernel, int mostGates) {
        return new Cutter(kernel, mostGates).cut();
    }

    private static final class Cutter {
        private final Circuit kernel;
        private final int mostGates;
        /** Wire → the last part that has it, counted from 1. */
        private final int[] part;

        private final int[] moved;
        private int[] wires = new int[64];
        private int count;

        Cutter(Circuit kernel, int mostGates) {
            this.kernel = kernel;
            this.mostGates = mostGates;
            this.part = new int[kernel.wires()];
            this.moved = new int[kernel.wires()];
            moved[1] = 1;
        }

        List<KernelPart> cut() {
            List<KernelPart> parts = new ArrayList<>();
            int from = 0;
            while (from < kernel.outputs()) {
                int number = parts.size() + 1;
                count = 0;
                int to = from;
                int gates = 0;
                while (to < kernel.outputs()) {
                    int before = count;
                    gates += collect(kernel.output(to), number);
                    if (gates > mostGates && to > from) {
                        count = before;
                        break;
                    }
                    to++;
                }
                parts.add(part(from, to));
                from = to;
            }
            return parts;
        }

        /** Adds the wires that a wire needs and the part has not yet; how many of them are gates. */
        private int collect(int wire, int number) {
            int gates = 0;
            int at = count;
            add(wire, number);
            for (; at < count; at++) {
                int gate = kernel.gateOf(wires[at]);
                if (gate >= 0) {
                    gates++;
                    for (int i = kernel.arity(gate) - 1; i >= 0; i--) {
                        add(kernel.wire(gate, i), number);
                    }
                }
            }
            return gates;
        }

        private void add(int wire, int number) {
            if (wire < Circuit.CONSTANTS || part[wire] == number) {
                return;
            }
            part[wire] = number;
            if (count == wires.length) {
                wires = Arrays.copyOf(wires, 2 * count);
            }
            wires[count++] = wire;
        }

        private KernelPart part(int from, int to) {
            int[] own = Arrays.copyOf(wires, count);
            Arrays.sort(own);
            int inputs = 0;
            while (inputs < own.length && kernel.gateOf(own[inputs]) < 0) {
                inputs++;
            }
            CircuitBuilder builder = new CircuitBuilder(inputs, kernel.maxArity());
            int[] reads = new int[inputs];
            for (int i = 0; i < own.length; i++) {
                int gate = kernel.gateOf(own[i]);
                if (gate < 0) {
                    reads[i] = own[i] - Circuit.CONSTANTS;
                    moved[own[i]] = builder.input(i);
                } else {
                    int[] operands = new int[kernel.arity(gate)];
                    for (int k = 0; k < operands.length; k++) {
                        operands[k] = moved[kernel.wire(gate, k)];
                    }
                    moved[own[i]] = builder.gate(kernel.table(gate), operands);
                }
            }
            int[] outputs = new int[to - from];
            int[] ends = new int[to - from];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = from + i;
                ends[i] = moved[kernel.output(from + i)];
            }
            return new KernelPart(builder.build(ends), reads, outputs);
        }
    }
}
