package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.logic.TruthTable;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    @Test
    void inverterCostsNothing() {
        CircuitBuilder builder = new CircuitBuilder(2);
        int wire = builder.not(builder.gate(TruthTable.AND, builder.not(builder.input(0)), builder.input(1)));
        Schedule schedule = Scheduler.schedule(builder.build(wire, builder.not(wire)));
        assertThat(schedule.instructions()).isEqualTo(1);
    }

    @Test
    void chainLivesInTheSlotsOfItsInputs() {
        CircuitBuilder builder = new CircuitBuilder(2);
        int wire = builder.input(0);
        for (int i = 0; i < 100; i++) {
            wire = builder.gate(i % 2 == 0 ? TruthTable.AND : TruthTable.XOR, wire, builder.input(1));
        }
        assertThat(Scheduler.schedule(builder.build(wire)).slots()).isEqualTo(3);
    }

    @Test
    void joinsNeighboursOfOneOperation() {
        CircuitBuilder builder = new CircuitBuilder(40);
        int[] outputs = new int[20];
        for (int i = 0; i < outputs.length; i++) {
            int table = i % 2 == 0 ? TruthTable.NAND : TruthTable.XNOR;
            outputs[i] = builder.gate(table, builder.input(2 * i), builder.input(2 * i + 1));
        }
        Runs runs = Runs.of(Scheduler.schedule(builder.build(outputs)));
        assertThat(runs.ends()).containsExactly(10, 20);
    }

    @Test
    void sharesCofactorsOfLargeGates() {
        CircuitBuilder builder = new CircuitBuilder(6, 6);
        int[] all = {builder.input(0), builder.input(1), builder.input(2), builder.input(3), builder.input(4), 7};
        long parity = 0;
        for (int i = 0; i < 64; i++) {
            parity |= (long) (Integer.bitCount(i) & 1) << i;
        }
        Circuit circuit = builder.build(builder.gate(parity, all));
        assertThat(Scheduler.schedule(circuit).instructions()).isEqualTo(5);
    }

    /** What equivalence cannot see: how many instructions read a cache line that the one before them has read. */
    @Test
    void neighboursReadTheSameCacheLines() {
        CircuitBuilder builder = new CircuitBuilder(100);
        Random random = new Random(1);
        int[] outputs = new int[400];
        for (int i = 0; i < outputs.length; i++) {
            int left = random.nextInt(100);
            int right = (left + 1 + random.nextInt(99)) % 100;
            outputs[i] = builder.gate(TruthTable.XOR, builder.input(left), builder.input(right));
        }
        Schedule schedule = Scheduler.schedule(builder.build(outputs));
        int[] code = schedule.code();
        int count = 0;
        for (int i = 3; i < code.length; i += 3) {
            boolean first = code[i] >> 1 == code[i - 3] >> 1 || code[i] >> 1 == code[i - 2] >> 1;
            boolean second = code[i + 1] >> 1 == code[i - 3] >> 1 || code[i + 1] >> 1 == code[i - 2] >> 1;
            count += first || second ? 1 : 0;
        }
        assertThat(count).isEqualTo(384);
    }

    @Test
    void keepsEveryInstructionOfARunOnce() {
        for (int seed = 0; seed < 20; seed++) {
            Netlist netlist = Netlist.of(RandomCircuits.random(seed, 30, 300, 40, 2));
            int[] gates = IntStream.range(0, netlist.gates())
                    .filter(gate -> netlist.op(gate) != Netlist.NONE)
                    .toArray();
            int[] slot = IntStream.range(0, netlist.nodes()).map(i -> i % 50).toArray();
            Trails trails = new Trails(netlist, slot);
            for (int from : new int[] {0, gates.length / 2, gates.length}) {
                int[] order = gates.clone();
                trails.sort(order, from, gates.length);
                assertThat(Arrays.stream(order, 0, from))
                        .as("seed " + seed)
                        .containsExactly(Arrays.stream(gates, 0, from).boxed().toArray(Integer[]::new));
                assertThat(order).as("seed " + seed).containsExactlyInAnyOrder(gates);
            }
        }
    }
}
