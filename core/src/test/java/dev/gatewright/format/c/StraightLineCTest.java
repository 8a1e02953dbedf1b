package dev.gatewright.format.c;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** That the C computes the right thing is shown where it is compiled, with the command's comparison. */
class StraightLineCTest {
    @Test
    void oneVariableAGate() throws IOException {
        CircuitBuilder builder = new CircuitBuilder(3, 3);
        int nand = builder.gate(TruthTable.NAND, builder.input(0), builder.input(1));
        int not = builder.not(builder.input(2));
        int majority = builder.gate(0b11101000, builder.input(0), nand, not);
        StringBuilder text = new StringBuilder();

        StraightLineC.write(builder.build(majority, builder.input(1), 0, 1), 2, text);

        assertThat(text)
                .contains("enum { INPUTS = 3 };", "enum { GROUPS = 2 };", "enum { GROUP_SIZE = 2 };")
                .contains("enum { PLANES = 2 };")
                .contains("    const word v0 = ~(in[0] & in[1]);\n    const word v1 = ~in[2];\n")
                .contains("    const word v2 = (~v1 & (in[0] & v0)) | (v1 & (in[0] | v0));\n")
                .contains("out[0] = v2;\n", "out[1] = in[1];\n", "out[2] = (word)0;\n", "out[3] = ~(word)0;\n");
    }

    @Test
    void refusesGroupsOfUnequalSize() {
        Circuit circuit = new CircuitBuilder(2).build(2, 3, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StraightLineC.write(circuit, 2, new StringBuilder()))
                .withMessage("3 outputs do not divide into 2 groups of equal size");
    }
}
