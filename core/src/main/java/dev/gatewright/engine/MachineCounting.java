package dev.gatewright.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.Reference;
import java.util.Optional;

/** A {@link CountingProgram}, ready to run. For use by one thread at a time. */
final class MachineCounting {
    private static final long CACHE_LINE = 64;

    /** The function, then its arguments; the second is an array of the heap, which stays where it is for the call. */
    private static final MethodHandle CALL = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG),
                    Linker.Option.critical(true));

    private final MachineCode code;
    private final MemorySegment offsets;

    /** Compiled on its own: inlined into much else, the call's segment would become an object. */
    private final MethodHandle call = Apart.method(MethodHandles.lookup(), this, "call");

    private MachineCounting(MachineCode code, int[] offsets) {
        this.code = code;
        this.offsets = Arena.ofAuto()
                .allocate((long) offsets.length * Integer.BYTES, CACHE_LINE)
                .copyFrom(MemorySegment.ofArray(offsets));
    }

    /** Nothing if the system refuses memory for code: the vector loops do the same. */
    static Optional<MachineCounting> of(CountingProgram program) {
        try {
            return Optional.of(new MachineCounting(MachineCode.of(program.code()), program.offsets()));
        } catch (IOException refused) {
            return Optional.empty();
        }
    }

    /** Counts what the slots hold. Does not allocate. */
    void count(MemorySegment state, long[] counters) {
        try {
            call.invokeExact(state.address(), counters);
        } catch (Throwable thrown) {
            throw Apart.rethrow(thrown);
        } finally {
            Reference.reachabilityFence(code);
            Reference.reachabilityFence(offsets);
            Reference.reachabilityFence(state);
        }
    }

    void call(long state, long[] counters) throws Throwable {
        CALL.invokeExact(code.function(), state, MemorySegment.ofArray(counters), offsets.address());
    }
}
