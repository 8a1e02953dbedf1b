package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThroughputTest {
    @Test
    void countsPassesByItsClock() {
        AtomicLong now = new AtomicLong();
        Throughput throughput = new Throughput(1, 3, Duration.ofMillis(10), now::get);
        // Passes of 1 ms with 64 samples and of 2 ms with 32.
        List<Throughput.Rate> rates = throughput.measure(List.of(
                new Throughput.Work("quick", 64, () -> () -> now.addAndGet(1_000_000)),
                new Throughput.Work("slow", 32, () -> () -> now.addAndGet(2_000_000))));
        assertThat(rates)
                .containsExactly(new Throughput.Rate("quick", 1, 64_000), new Throughput.Rate("slow", 1, 16_000));
        assertThat(rates.getFirst().nanosecondsPerSample()).isEqualTo(15_625);
    }

    @Test
    void addsWhatThreadsDo() {
        Throughput throughput = new Throughput(3, 1, Duration.ZERO, System::nanoTime);
        AtomicLong passes = new AtomicLong();
        throughput.measure(List.of(new Throughput.Work("work", 1, () -> passes::incrementAndGet)));
        assertThat(passes).hasValue(6);
    }
}
