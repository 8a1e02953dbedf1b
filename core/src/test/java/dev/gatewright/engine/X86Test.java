package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class X86Test {
    @Test
    void refusesMoreInstructionsThanAreWorthFetching() {
        Machine machine = new X86(256);
        assertThatThrownBy(() -> machine.requireInstructions(61_000_000))
                .isInstanceOf(Machine.CodeTooLargeException.class)
                .hasMessage("61000000 instructions, where machine code takes up to 16777216");
    }
}
