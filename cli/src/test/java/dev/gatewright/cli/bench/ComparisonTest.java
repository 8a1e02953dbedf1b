package dev.gatewright.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatewright.engine.Engine;
import dev.gatewright.pass.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    @TempDir
    private Path cache;

    @BeforeEach
    void needsGcc() {
        if (!"required".equals(System.getProperty("tools"))) {
            assumeThat(CBaseline.available()).as("gcc is on the path").isTrue();
        }
    }

    private Comparison comparison(Duration limit) {
        return new Comparison(
                cache,
                limit,
                List.of(Engine.byName("portable")),
                new Alternation(1, Duration.ofMillis(1), System::nanoTime),
                message -> {});
    }

    @Test
    void whatGccDoesNotFinishIsSaid() throws Exception {
        Scores scores = comparison(Duration.ofMillis(1)).run(RandomTasks.of("tiny", 1, Pipeline.STANDARD));

        assertThat(scores.contestants())
                .filteredOn(contestant -> contestant.name().startsWith("ours"))
                .singleElement()
                .satisfies(ours -> {
                    assertThat(ours.net()).isPresent();
                    assertThat(ours.full()).isPresent();
                });
        assertThat(scores.contestants())
                .filteredOn(contestant -> contestant.name().equals(CForm.PEERS.name()))
                .singleElement()
                .satisfies(peers -> assertThat(peers.remark()).contains("not finished"));
        assertThat(ScoresText.markdown(scores)).contains("| " + CForm.PEERS.name() + " | gcc had not finished");
        assertThat(ScoresText.json(scores)).containsEntry("network", "tiny").containsEntry("raw_gates", 1500);
        assertThat(scores.engines()).singleElement().satisfies(facts -> {
            assertThat(facts.firstAnswerSeconds()).isPositive();
            assertThat(facts.microsP50()).isPositive().isLessThanOrEqualTo(facts.microsP99());
        });
    }

    @Test
    void anotherFunctionIsNoticed() {
        Comparison.Task task = RandomTasks.of("tiny", 1, Pipeline.STANDARD);
        Comparison.Task wrong =
                new Comparison.Task("wrong", Nets.named("tiny", 2), task.ours(), true, task.samples(), task.bits());

        assertThatIllegalStateException()
                .isThrownBy(() -> comparison(Duration.ofMinutes(5)).run(wrong))
                .withMessageContaining("other outputs");
    }

    @Test
    void ratiosAreToTheReference() {
        Alternation.Rate one = new Alternation.Rate(2, 1, 3);
        Alternation.Rate other = new Alternation.Rate(10, 9, 12);
        Scores scores = new Scores(
                "net", 10, 5, "theirs", List.of(contestant("theirs", one), contestant("ours", other)), List.of(), 1);

        assertThat(ScoresText.markdown(scores)).contains("| 10.0 (9.0–12.0) | 5.00 |");
        assertThat((List<?>) ScoresText.json(scores).get("contestants"))
                .last()
                .isInstanceOfSatisfying(
                        Map.class, row -> assertThat(row.get("net_ratio")).isEqualTo(5.0));
    }

    private static Scores.Contestant contestant(String name, Alternation.Rate rate) {
        return new Scores.Contestant(name, 1, 0, 0, java.util.Optional.of(rate), java.util.Optional.of(rate), "");
    }

    @Test
    void largeNetworksAreNotCompiledLineByLine() {
        assertThat(Comparison.forms(48_000)).contains(CForm.PEERS).first().isEqualTo(CForm.PEERS);
        assertThat(Comparison.forms(384_000)).contains(CForm.PEERS_O0).doesNotContain(CForm.PEERS);
        assertThat(Comparison.forms(1_280_000)).allMatch(form -> form.body() == CForm.Body.TABLE);
    }
}
