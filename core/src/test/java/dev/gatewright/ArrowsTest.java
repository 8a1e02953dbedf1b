package dev.gatewright;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArrowsTest {
    @Test
    void coreKeepsItsArrows() throws IOException {
        Arrows.assertKept(Circuit.class);
    }

    @Test
    void aForbiddenArrowIsSeen() throws IOException {
        Map<String, Set<String>> stricter = new HashMap<>(Arrows.ALLOWED);
        stricter.put("circuit", Set.of());
        assertThat(Arrows.broken(Circuit.class, stricter))
                .isNotEmpty()
                .allMatch(arrow -> arrow.startsWith("circuit may not use logic, but dev/gatewright/circuit/"));
    }
}
