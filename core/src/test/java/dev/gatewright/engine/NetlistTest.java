package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.logic.TruthTable;
import org.junit.jupiter.api.Test;

class NetlistTest {
    @Test
    void aGateThatOneOtherReadsBecomesPartOfIt() {
        CircuitBuilder builder = new CircuitBuilder(3);
        int half = builder.gate(TruthTable.XOR, builder.input(0), builder.input(1));
        Netlist netlist = Netlist.of(builder.build(builder.gate(TruthTable.XOR, half, builder.input(2))), 3);
        assertThat(netlist.operations()).isEqualTo(1);
        assertThat(netlist.table(1)).isEqualTo(0b10010110);
    }

    @Test
    void aGateThatOthersReadStays() {
        CircuitBuilder builder = new CircuitBuilder(3);
        int half = builder.gate(TruthTable.XOR, builder.input(0), builder.input(1));
        int sum = builder.gate(TruthTable.XOR, half, builder.input(2));
        int carry = builder.gate(TruthTable.AND, half, builder.input(2));
        assertThat(Netlist.of(builder.build(sum, carry), 3).operations()).isEqualTo(3);
        assertThat(Netlist.of(builder.build(sum, half), 3).operations()).isEqualTo(2);
    }

    @Test
    void twoGatesOfTheSameWiresBecomePartOfTheirReader() {
        CircuitBuilder builder = new CircuitBuilder(2);
        int or = builder.gate(TruthTable.OR, builder.input(0), builder.input(1));
        int nand = builder.gate(TruthTable.NAND, builder.input(0), builder.input(1));
        assertThat(Netlist.of(builder.build(builder.gate(TruthTable.AND, or, nand)), 3)
                        .operations())
                .isEqualTo(1);
    }

    /** What equivalence cannot see: that operations become fewer. */
    @Test
    void leavesFewerOperations() {
        Circuit circuit = RandomCircuits.random(1, 100, 10_000, 2000, 2);
        assertThat(Netlist.of(circuit, 2).operations()).isEqualTo(6210);
        assertThat(Netlist.of(circuit, 3).operations()).isEqualTo(4781);
    }
}
