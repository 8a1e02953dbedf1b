package dev.gatewright.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitText;
import org.junit.jupiter.api.Test;

class BlifTest {
    @Test
    void everyGateIsATable() {
        Circuit circuit = CircuitText.parse("""
                inputs 3 arity 3
                g0 = 6(i0, i1)
                g1 = e8(i0, i1, i2)
                outputs g1 g0 i2 1 0
                """);
        assertThat(Designs.text(new Blif(), Designs.bits("full adder", circuit)))
                .endsWith("""
                .model full_adder
                .inputs \\
                 x[0] \\
                 x[1] \\
                 x[2]
                .outputs \\
                 y[0] \\
                 y[1] \\
                 y[2] \\
                 y[3] \\
                 y[4]
                .names x[0] x[1] g0
                10 1
                01 1
                .names x[0] x[1] x[2] g1
                110 1
                101 1
                011 1
                111 1
                .names g1 y[0]
                1 1
                .names g0 y[1]
                1 1
                .names x[2] y[2]
                1 1
                .names y[3]
                1
                .names y[4]
                .end
                """);
    }

    @Test
    void theHeaderSaysWhatTheFileIs() {
        Circuit circuit = CircuitText.parse("inputs 2 arity 2\ng0 = 8(i0, i1)\noutputs g0 i0 i1 0");
        assertThat(Designs.text(new Blif(), Designs.votes("2 adders", circuit, 2)))
                .startsWith("# A circuit of logic gates")
                .contains(
                        "# name: \"2 adders\", renamed m_2_adders to be legal here\n",
                        "# circuit: 2 inputs, 1 gates, depth 1, 4 outputs\n",
                        "# class 1: \"label 1\"\n",
                        "divided by tau = 2.5",
                        "# x[1]: \"pixel (0,1) > 127\"\n");
    }
}
