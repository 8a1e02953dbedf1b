package dev.gatewright.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SplitTest {
    @Test
    void everyClassGivesItsPart() {
        for (long seed = 0; seed < 50; seed++) {
            int rows = (int) (2 + seed * 13);
            int[] labels = IntStream.range(0, rows)
                    .map(row -> row % 7 == 0 ? 1 : row % 3 == 0 ? 2 : 0)
                    .toArray();
            ClassTarget target = new ClassTarget("y", List.of("a", "b", "c"), labels);
            Split split = Split.stratified(target, 0.25, seed);
            assertThat(IntStream.concat(IntStream.of(split.kept()), IntStream.of(split.held()))
                            .sorted()
                            .toArray())
                    .as("seed %d", seed)
                    .isEqualTo(IntStream.range(0, rows).toArray());
            assertThat(split.held().length).isEqualTo((int) Math.max(1, Math.round(rows * 0.25)));
            for (int label = 0; label < 3; label++) {
                int wanted = label;
                long all = IntStream.of(labels).filter(l -> l == wanted).count();
                long held = IntStream.of(split.held())
                        .filter(row -> labels[row] == wanted)
                        .count();
                assertThat(Math.abs(held - all * 0.25)).as("seed %d", seed).isLessThanOrEqualTo(1.5);
            }
        }
    }

    @Test
    void sameSeedSameSplit() {
        NumberTarget target = new NumberTarget("y", new float[100]);
        assertThat(Split.stratified(target, 0.2, 5).held())
                .isEqualTo(Split.stratified(target, 0.2, 5).held());
        assertThat(Split.stratified(target, 0.2, 5).held())
                .isNotEqualTo(Split.stratified(target, 0.2, 6).held());
        assertThat(Split.stratified(target, 0.2, 5).held()).hasSize(20);
    }
}
