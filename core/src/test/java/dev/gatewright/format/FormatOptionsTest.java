package dev.gatewright.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatOptionsTest {
    @Test
    void optionsAreTakenOneByOne() {
        FormatOptions options = new FormatOptions("verilog", "levels=4, valid,form=tree");
        assertThat(options.number("levels", 0, 0, 9)).isEqualTo(4);
        assertThat(options.number("other", 7, 0, 9)).isEqualTo(7);
        assertThat(options.flag("valid")).isTrue();
        assertThat(options.text("form", "")).isEqualTo("tree");
        options.end();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"levels=x", "levels=10", "levels=-1", "levels", "a=1,a=2", "=1", ",", "valid=maybe", "deep=1"})
    void otherOptionsAreRefused(String text) {
        assertThatThrownBy(() -> {
                    FormatOptions options = new FormatOptions("verilog", text);
                    options.number("levels", 0, 0, 9);
                    options.flag("valid");
                    options.end();
                })
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("format verilog");
    }
}
