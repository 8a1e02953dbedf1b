package dev.gatewright.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.InputException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpaceTest {
    private static List<String> values(String text) {
        return Values.parse("x", text).all().orElseThrow();
    }

    private static double[] draws(String text) {
        Values values = Values.parse("x", text);
        SplittableRandom random = new SplittableRandom(7);
        return Stream.generate(() -> values.draw(random))
                .limit(2000)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void listsAreSplitAtCommasOutsideQuotationMarks() {
        assertThat(values("5, 8,10")).containsExactly("5", "8", "10");
        assertThat(values("none,'shift=1,rotate=6',\"crop=2,flip\""))
                .containsExactly("none", "shift=1,rotate=6", "crop=2,flip");
        assertThat(values("../teacher.npy")).containsExactly("../teacher.npy");
    }

    @Test
    void rangesOfStepsAreLists() {
        assertThat(values("5..8")).containsExactly("5", "6", "7", "8");
        assertThat(values("-1..1")).containsExactly("-1", "0", "1");
        assertThat(values("1000..3500:step=1000")).containsExactly("1000", "2000", "3000");
        assertThat(values("0..0.3:step=0.1")).containsExactly("0", "0.1", "0.2", "0.3");
        assertThat(Values.parse("x", "0..0.3").all()).isEmpty();
        assertThat(Values.parse("x", "1..1000000").all()).isEmpty();
    }

    @Test
    void drawsStayInTheRangeAndReachAllOfIt() {
        for (String text : List.of("0.01..0.2", "0.01..0.2:log", "1e-2..2e-1")) {
            assertThat(DoubleStream.of(draws(text)).summaryStatistics())
                    .as(text)
                    .satisfies(seen -> {
                        assertThat(seen.getMin()).isBetween(0.01, 0.011);
                        assertThat(seen.getMax()).isBetween(0.195, 0.2);
                    });
        }
        assertThat(DoubleStream.of(draws("5..8")).distinct().sorted()).containsExactly(5.0, 6.0, 7.0, 8.0);
        assertThat(DoubleStream.of(draws("1..4:log")).distinct().sorted()).containsExactly(1.0, 2.0, 3.0, 4.0);
    }

    @Test
    void logarithmicDrawsSpendAsMuchOnEachRatio() {
        long low = DoubleStream.of(draws("0.01..1:log")).filter(x -> x < 0.1).count();
        long lowOfEven = DoubleStream.of(draws("0.01..1")).filter(x -> x < 0.1).count();

        assertThat(low).isBetween(900L, 1100L);
        assertThat(lowOfEven).isBetween(120L, 250L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "5,,8; empty value",
                "''; empty value",
                "5,5; twice",
                "'a\"b'; never closed",
                "3..1; lower number first",
                "1..1; lower number first",
                "0..1:log; above 0",
                "1..2:step=5; step",
                "1..2:step=0; step",
                "1..2:slow; expected LOW..HIGH",
                "1..2..3; expected LOW..HIGH"
            })
    void whatIsNoListAndNoRangeIsRefused(String text, String expected) {
        assertThatThrownBy(() -> Values.parse("x", text))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("--vary x", expected);
    }

    @Test
    void spacesHaveNames() {
        assertThatThrownBy(() -> Space.parse(List.of())).hasMessageContaining("the space is empty");
        assertThatThrownBy(() -> Space.parse(List.of("tau"))).hasMessageContaining("expected NAME=VALUES");
        assertThatThrownBy(() -> Space.parse(List.of("=3"))).hasMessageContaining("expected NAME=VALUES");
        assertThatThrownBy(() -> Space.parse(List.of("a=1", "a=2"))).hasMessageContaining("given twice");
    }

    @Test
    void smallSpacesAreTriedWholly() {
        Space space = Space.parse(List.of("a=1,2", "b=x,y,z"));

        assertThat(space.points(6, 1))
                .hasSize(6)
                .doesNotHaveDuplicates()
                .startsWith(Map.of("a", "1", "b", "x"), Map.of("a", "1", "b", "y"));
    }

    @Test
    void pointsDifferAndDependOnTheSeedAlone() {
        Space space = Space.parse(List.of("a=1..3", "b=x,y,z", "c=0.1..0.2"));
        Space grid = Space.parse(List.of("a=1..3", "b=x,y,z"));

        assertThat(space.points(20, 5)).hasSize(20).isEqualTo(space.points(20, 5));
        assertThat(space.points(9, 5)).isEqualTo(space.points(20, 5).subList(0, 9));
        assertThat(space.points(20, 6)).isNotEqualTo(space.points(20, 5));
        assertThat(grid.points(8, 5)).hasSize(8).doesNotHaveDuplicates();
    }
}
