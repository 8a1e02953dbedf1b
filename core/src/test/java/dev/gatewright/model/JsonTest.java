package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void valuesSurviveWritingAndReading() throws FormatException {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("z", Arrays.asList(1L, -2.5, true, false, null, Map.of(), List.of()));
        value.put("a\"\\\n\u0001é", "\ud83d\ude00 \ud83d lone\t");
        value.put("big", Long.MIN_VALUE);
        String text = Json.write(value);
        assertThat(Json.parse(text)).isEqualTo(value);
        assertThat(text).startsWith("{\"z\":[1,-2.5,true,false,null,{},[]],").contains("\\ud83d lone");
    }

    @Test
    void numbersKeepTheirKind() throws FormatException {
        assertThat(Json.parse(" [0,-0,1e2,12345678901234567890,9223372036854775807,0.5E-1] "))
                .isEqualTo(List.of(0L, 0L, 100.0, 12345678901234567890.0, Long.MAX_VALUE, 0.05));
        assertThat(Json.write(List.of(1, 2.5f, Double.NaN, Float.NEGATIVE_INFINITY)))
                .isEqualTo("[1,2.5,null,null]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1,]",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\" 1}",
                "01",
                "1.",
                ".5",
                "+1",
                "-",
                "1e",
                "NaN",
                "tru",
                "nulll",
                "\"",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u١٢٣٤\"",
                "[1] 2",
                "{\"a\":1,\"a\":2}",
                "'a'",
                "[1 2]",
                "\u00a01",
                "]"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(FormatException.class)
                .hasMessageMatching("(?s)character \\d+: expected .*");
    }

    @Test
    void depthIsLimited() throws FormatException {
        int limit = Json.MAX_DEPTH;
        assertThat(Json.parse("[".repeat(limit) + "]".repeat(limit))).isInstanceOf(List.class);
        assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000))).hasMessageContaining("at most 64 levels");
        assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(1_000_000))).hasMessageContaining("at most 64 levels");
    }

    @Test
    void onlyJsonValuesAreWritten() {
        assertThatThrownBy(() -> Json.write(List.of(new Object()))).isInstanceOf(IllegalArgumentException.class);
    }
}
