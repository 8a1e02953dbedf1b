package dev.gatewright.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TemperatureTest {
    @Test
    void annealingMultipliesByTheSameFactor() {
        Temperature annealed = Temperature.parse("8..0.5");
        for (int quarter = 0; quarter <= 4; quarter++) {
            assertThat(annealed.at(quarter / 4.0, 0)).isCloseTo(8 * Math.pow(0.5, quarter), within(1e-12));
        }
        assertThat(Temperature.parse("0.7").at(0.3, 0)).isEqualTo(0.7);
    }

    @Test
    void confidenceLowersTheTemperatureFromThreeToAHalf() {
        Temperature cage = Temperature.parse("cage");
        assertThat(cage.at(0.4, 1.0 / 16)).isEqualTo(3);
        assertThat(cage.at(0.4, 1)).isEqualTo(0.5);
        assertThat(cage.at(0, 17.0 / 32)).isCloseTo(1.75, within(1e-12));
    }
}
