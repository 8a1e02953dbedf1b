package dev.gatewright.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "digits, digits",
        "Adult_2, Adult_2",
        "8k, m_8k",
        "module, m_module",
        "Module, m_Module",
        "a  b--c, a_b_c",
        "__x__, x",
        "żółw, w",
        "'', model",
        "'☃', model"
    })
    void namesBecomeLegal(String wanted, String legal) {
        assertThat(Names.legal(wanted, Set.of("module"))).isEqualTo(legal);
    }

    @Test
    void quotedTextStaysOnOneLine() {
        assertThat(Names.quoted("a\nb\\ \"*/ é")).isEqualTo("\"a\\u000ab\\u005c \\u0022*/ \\u00e9\"");
    }
}
