package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
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
}
