package dev.gatewright.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.InputException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class RungsTest {
    @Test
    void threeRungsWhereTrialsAndEpochsSuffice() {
        assertThat(Rungs.of(OptionalInt.empty(), 9, 9)).isEqualTo(new Rungs(3));
        assertThat(Rungs.of(OptionalInt.empty(), 1000, 1000)).isEqualTo(new Rungs(3));
        assertThat(Rungs.of(OptionalInt.empty(), 8, 100)).isEqualTo(new Rungs(2));
        assertThat(Rungs.of(OptionalInt.empty(), 100, 2)).isEqualTo(new Rungs(1));
        assertThat(Rungs.of(OptionalInt.of(5), 100, 81)).isEqualTo(new Rungs(5));
        assertThat(Rungs.of(OptionalInt.of(1), Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isEqualTo(new Rungs(1));
    }

    @Test
    void moreThanSufficeIsRefused() {
        assertThatThrownBy(() -> Rungs.of(OptionalInt.of(4), 26, 100))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("--rungs is 4", "1 to 3", "26 trials");
        assertThatThrownBy(() -> Rungs.of(OptionalInt.of(0), 26, 100)).hasMessageContaining("--rungs is 0");
    }

    @Test
    void eachRungHasAThirdOfTheTrialsAndThreeTimesTheEpochs() {
        Rungs rungs = new Rungs(3);

        assertThat(rungs.epochs(40, 0)).isEqualTo(4);
        assertThat(rungs.epochs(40, 1)).isEqualTo(13);
        assertThat(rungs.epochs(40, 2)).isEqualTo(40);
        assertThat(rungs.next(10)).isEqualTo(3);
        assertThat(rungs.next(3)).isEqualTo(1);
        assertThat(rungs.next(1)).isEqualTo(1);
    }
}
