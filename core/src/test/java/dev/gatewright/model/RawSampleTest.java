package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.RawSample;
import dev.gatewright.encode.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RawSampleTest {
    /** Of all assignments of the bits, those that a sample gives are found, and only those. */
    @Test
    void bitsBecomeARowWhereThereIsOne() {
        Encoder encoder = RandomModels.columns();
        int found = 0;
        for (int assignment = 0; assignment < 1 << encoder.bits(); assignment++) {
            boolean[] bits = new boolean[encoder.bits()];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = (assignment >> i & 1) != 0;
            }
            Optional<Samples> sample = RawSample.of(encoder, bits);
            found += sample.isPresent() ? 1 : 0;
            sample.ifPresent(row -> {
                for (int i = 0; i < bits.length; i++) {
                    assertThat(encoder.encode(row).get(0, i)).isEqualTo(bits[i]);
                }
            });
        }
        // Four ranges of ages or none, four categories, another or none, true, false or none.
        assertThat(found).isEqualTo(5 * 6 * 3);
    }
}
