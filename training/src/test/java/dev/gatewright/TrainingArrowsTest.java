package dev.gatewright;

import dev.gatewright.network.LogicNetwork;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TrainingArrowsTest {
    @Test
    void trainingKeepsItsArrows() throws IOException {
        Arrows.assertKept(LogicNetwork.class);
    }
}
