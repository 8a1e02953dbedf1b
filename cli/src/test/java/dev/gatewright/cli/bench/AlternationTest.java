package dev.gatewright.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AlternationTest {
    @Test
    void takesTurnsAndGivesMedians() {
        AtomicLong clock = new AtomicLong();
        List<String> order = new ArrayList<>();
        Alternation alternation = new Alternation(3, Duration.ofNanos(100), clock::get);
        long[] slow = {100, 400, 100, 200};
        int[] calls = new int[1];

        List<Alternation.Rate> rates = alternation.measure(List.of(
                new Alternation.Work(10, () -> {
                    order.add("a");
                    clock.addAndGet(50);
                }),
                new Alternation.Work(1, () -> {
                    order.add("b");
                    clock.addAndGet(slow[calls[0]++]);
                })));

        assertThat(order).containsExactly("a", "a", "b", "a", "a", "b", "a", "a", "b", "a", "a", "b");
        assertThat(rates.getFirst().median()).isCloseTo(10 / 50e-9, within(1.0));
        assertThat(rates.getLast().median()).isCloseTo(1 / 200e-9, within(1.0));
        assertThat(rates.getLast().least()).isCloseTo(1 / 400e-9, within(1.0));
        assertThat(rates.getLast().most()).isCloseTo(1 / 100e-9, within(1.0));
    }

    @Test
    void warmsUpUntilNothingIsGained() {
        AtomicLong clock = new AtomicLong();
        Alternation alternation = new Alternation(1, Duration.ofNanos(1), clock::get);
        int[] calls = new int[1];

        alternation.warmUp(
                new Alternation.Work(1, () -> clock.addAndGet(++calls[0] < 5 ? 100 / calls[0] : 20)),
                Duration.ofNanos(3));
        assertThat(calls[0]).isEqualTo(5 + 3);

        calls[0] = 0;
        alternation.warmUp(new Alternation.Work(1, () -> clock.addAndGet(1_000_000 / ++calls[0])), Duration.ofNanos(3));
        assertThat(calls[0]).as("ever faster").isEqualTo(30);
    }

    @Test
    void evenNumbersOfRoundsTakeTheMean() {
        assertThat(Alternation.Rate.of(new double[] {4, 1, 2, 8})).isEqualTo(new Alternation.Rate(3, 1, 8));
    }

    @Test
    void needsARound() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Alternation(0, Duration.ZERO, System::nanoTime));
    }
}
