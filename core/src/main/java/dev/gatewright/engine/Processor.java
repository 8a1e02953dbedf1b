package dev.gatewright.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import java.util.Optional;

/**
 * The machine this program runs on, as far as machine code is concerned: either a {@link Machine}, or the reason why
 * there is none, as one clause: {@code "the processor has no AVX2"}.
 */
final class Processor {
    /** Of {@code cpuid} leaf 1, ecx: AVX, and the system's saving of its registers. */
    private static final int AVX_AND_OSXSAVE = 1 << 28 | 1 << 27;
    /** Of leaf 7, ebx. */
    private static final int BMI1 = 1 << 3;

    private static final int AVX2 = 1 << 5;

    private static final int AVX512F = 1 << 16;
    /** Of {@code xgetbv}: registers of 128 and 256 bits are saved, and those of 512 and their masks. */
    private static final int SAVES_256 = 6;

    private static final int SAVES_512 = 0xE6;

    /** Puts {@code cpuid} of the leaf and subleaf in the first two of four numbers in place of these four. */
    private static final byte[] CPUID = {
        0x53, // push rbx
        0x49,
        (byte) 0x89,
        (byte) 0xF8, // mov r8, rdi
        0x41,
        (byte) 0x8B,
        0x00, // mov eax, [r8]
        0x41,
        (byte) 0x8B,
        0x48,
        0x04, // mov ecx, [r8 + 4]
        0x0F,
        (byte) 0xA2, // cpuid
        0x41,
        (byte) 0x89,
        0x00, // mov [r8], eax
        0x41,
        (byte) 0x89,
        0x58,
        0x04, // mov [r8 + 4], ebx
        0x41,
        (byte) 0x89,
        0x48,
        0x08, // mov [r8 + 8], ecx
        0x41,
        (byte) 0x89,
        0x50,
        0x0C, // mov [r8 + 12], edx
        0x5B, // pop rbx
        (byte) 0xC3, // ret
    };

    /** Puts the low half of {@code xgetbv} of register 0 into a number. */
    private static final byte[] XGETBV = {
        0x31,
        (byte) 0xC9, // xor ecx, ecx
        0x0F,
        0x01,
        (byte) 0xD0, // xgetbv
        (byte) 0x89,
        0x07, // mov [rdi], eax
        (byte) 0xC3, // ret
    };

    private final Machine machine;
    private final String reason;

    private Processor(Machine machine, String reason) {
        this.machine = machine;
        this.reason = reason;
    }

    /** This machine, as the system property {@code gatewright.native} allows: {@code false}, {@code avx2} or all. */
    static Processor here() {
        return detect(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Processor.class.getModule().isNativeAccessEnabled(),
                System.getProperty("gatewright.native", "true"));
    }

    static Processor detect(String system, String architecture, boolean nativeAccess, String allowed) {
        String wanted = allowed.toLowerCase(Locale.ROOT);
        if (wanted.equals("false")) {
            return without("the property gatewright.native is false");
        }
        if (!architecture.equals("amd64") && !architecture.equals("x86_64")) {
            return without("the processor is " + architecture + " where x86-64 is expected");
        }
        if (!system.equals("Linux")) {
            return without("the system is " + system + " where Linux is expected");
        }
        if (!nativeAccess) {
            return without("native access is not enabled (--enable-native-access)");
        }
        try {
            return of(features(), !wanted.equals("avx2"));
        } catch (IOException refused) {
            return without(refused.getMessage());
        }
    }

    private static Processor without(String reason) {
        return new Processor(null, reason);
    }

    /** What {@code cpuid} and {@code xgetbv} say: ecx of leaf 1, ebx of leaf 7, the saved registers. */
    record Features(int basic, int extended, int saved) {}

    static Processor of(Features features, boolean wide) {
        if ((features.basic & AVX_AND_OSXSAVE) != AVX_AND_OSXSAVE
                || (features.saved & SAVES_256) != SAVES_256
                || (features.extended & AVX2) == 0) {
            return without("the processor has no AVX2");
        }
        if ((features.extended & BMI1) == 0) {
            return without("the processor has no BMI1");
        }
        boolean has512 = (features.extended & AVX512F) != 0 && (features.saved & SAVES_512) == SAVES_512;
        return new Processor(new X86(wide && has512 ? 512 : 256), null);
    }

    private static Features features() throws IOException {
        int highest = call(CPUID, 0)[0];
        int basic = call(CPUID, 1)[2];
        int extended = highest < 7 ? 0 : call(CPUID, 7)[1];
        int saved = (basic & AVX_AND_OSXSAVE) == AVX_AND_OSXSAVE ? call(XGETBV, 0)[0] : 0;
        return new Features(basic, extended, saved);
    }

    private static int[] call(byte[] code, int argument) throws IOException {
        MachineCode function = MachineCode.of(code);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment numbers = arena.allocate(4L * Integer.BYTES, Integer.BYTES);
            numbers.setAtIndex(ValueLayout.JAVA_INT, 0, argument);
            function.run(numbers);
            return numbers.toArray(ValueLayout.JAVA_INT);
        } finally {
            function.close();
        }
    }

    /** Empty where {@link #reason} says why. */
    Optional<Machine> machine() {
        return Optional.ofNullable(machine);
    }

    /** Why there is no machine; null where there is one. */
    String reason() {
        return reason;
    }
}
