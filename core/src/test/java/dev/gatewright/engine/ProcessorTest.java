package dev.gatewright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.RandomCircuits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
    private static final int AVX = 1 << 28 | 1 << 27;
    private static final int BMI1 = 1 << 3;
    private static final int AVX2 = 1 << 5 | BMI1;
    private static final int AVX512F = 1 << 16;

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, true, false, the property gatewright.native is false",
        "Linux, aarch64, true, true, the processor is aarch64 where x86-64 is expected",
        "Windows 11, amd64, true, true, the system is Windows 11 where Linux is expected",
        "Linux, amd64, false, true, native access is not enabled (--enable-native-access)",
    })
    void saysWhyThereIsNoMachine(String system, String architecture, boolean access, String allowed, String reason) {
        Processor processor = Processor.detect(system, architecture, access, allowed);
        assertThat(processor.machine()).isEmpty();
        assertThat(processor.reason()).isEqualTo(reason);
    }

    @Test
    void knowsWhatFeaturesMean() {
        assertThat(Processor.of(new Processor.Features(AVX, 0, 7), true).reason())
                .isEqualTo("the processor has no AVX2");
        assertThat(Processor.of(new Processor.Features(AVX, AVX2 & ~BMI1, 7), true)
                        .reason())
                .isEqualTo("the processor has no BMI1");
        assertThat(Processor.of(new Processor.Features(0, AVX2, 7), true).machine())
                .isEmpty();
        assertThat(Processor.of(new Processor.Features(AVX, AVX2, 1), true).machine())
                .isEmpty();
        assertThat(Processor.of(new Processor.Features(AVX, AVX2, 7), true).machine())
                .contains(new X86(256));
        Processor.Features all = new Processor.Features(AVX, AVX2 | AVX512F, 0xE7);
        assertThat(Processor.of(all, true).machine()).contains(new X86(512));
        assertThat(Processor.of(all, false).machine()).contains(new X86(256));
        Processor.Features unsaved = new Processor.Features(AVX, AVX2 | AVX512F, 7);
        assertThat(Processor.of(unsaved, true).machine()).contains(new X86(256));
    }

    @Test
    void givesWayToThePortableEngine() {
        Circuit circuit = RandomCircuits.random(1, 10, 30, 4, 2);
        Processor none = Processor.of(new Processor.Features(0, 0, 0), true);
        NativeEngine engine = new NativeEngine(none, Kernels.best());
        assertThat(engine.unavailable()).contains("the processor has no AVX2");
        try (Executable executable = engine.compile(circuit)) {
            assertThat(executable.engine()).isEqualTo("portable, not native: the processor has no AVX2");
        }
    }

    @Test
    void findsThisMachine() {
        Processor here = Processor.here();
        Circuit circuit = RandomCircuits.random(1, 10, 30, 4, 2);
        try (Executable executable = new NativeEngine().compile(circuit)) {
            assertThat(executable.engine())
                    .startsWith(here.machine().isPresent() ? "native (x86-64 with AVX" : "portable, not native: ");
        }
    }
}
