package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.cli.tune.Space;
import dev.gatewright.encode.InputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VariablesTest {
    private static final Settings BASE = Settings.NONE
            .with("data", "digits")
            .with("network", "dense:{width}x3,wiring=learned:candidates=16:rate=0.5 | groupsum:tau=8")
            .with("augment", "shift=1,rotate={angle}");

    @Test
    void optionsNamesInBracesAndKeysTakeTheirValues() {
        Settings settings = Variables.apply(
                BASE, Map.of("width", "100", "angle", "6", "candidates", "32", "tau", "3.5", "learning-rate", "0.1"));

        assertThat(settings.arguments())
                .containsExactly(
                        "--data=digits",
                        "--network=dense:100x3,wiring=learned:candidates=32:rate=0.5 | groupsum:tau=3.5",
                        "--learning-rate=0.1",
                        "--augment=shift=1,rotate=6");
    }

    @Test
    void noneLeavesAnOptionOut() {
        assertThat(Variables.apply(BASE, Map.of("augment", "none")).set()).doesNotContain("augment");
    }

    @Test
    void namesInBracesMayStandInValues() {
        Space space = Space.parse(List.of("smoothing=0,{s}", "s=0.1,0.2"));

        assertThatCode(() -> Variables.check(space, BASE)).doesNotThrowAnyException();
        assertThat(Variables.apply(BASE, Map.of("smoothing", "{s}", "s", "0.2")).value("smoothing"))
                .contains("0.2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"width=1,2", "angle=1,2", "tau=1..2", "rate=0.1,1", "weight-decay=0..0.1", "network=a,b"})
    void whatStandsForSomethingIsAccepted(String text) {
        assertThatCode(() -> Variables.check(Space.parse(List.of(text)), BASE)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"speed=1,2", "learningrate=1,2", "dense=1,2", "seed=1,2", "validation=0.1,0.2", "data=a,b"})
    void whatStandsForNothingOrCannotBeComparedIsRefused(String text) {
        Space space = Space.parse(List.of(text));

        assertThatThrownBy(() -> Variables.check(space, BASE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--vary " + text.substring(0, text.indexOf('=')) + ":");
    }
}
