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

/** A {@link PackingProgram} with its working memory. For use by one thread at a time. */
final class MachinePacking {
    private static final long CACHE_LINE = 64;

    /** The function, then its arguments; the second is an array of the heap, which stays where it is for the call. */
    private static final MethodHandle CALL = Linker.nativeLinker()
            .downcallHandle(
                    FunctionDescriptor.ofVoid(
                            ValueLayout.JAVA_LONG,
                            ValueLayout.ADDRESS,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG),
                    Linker.Option.critical(true));

    private final MachineCode code;
    private final MemorySegment work;
    private final MemorySegment limits;
    private final int rowsPerCall;

    /** Compiled on its own: inlined into much else, the calls' segments would become objects. */
    private final MethodHandle calls = Apart.method(MethodHandles.lookup(), this, "calls");

    private MachinePacking(MachineCode code, PackingProgram program) {
        Arena arena = Arena.ofAuto();
        this.code = code;
        this.work = arena.allocate(program.workBytes(), CACHE_LINE);
        this.limits =
                arena.allocate(program.limits().length, CACHE_LINE).copyFrom(MemorySegment.ofArray(program.limits()));
        this.rowsPerCall = program.rows();
    }

    /** Nothing if the system refuses memory for code: the vector loops do the same. */
    static Optional<MachinePacking> of(PackingProgram program) {
        try {
            return Optional.of(new MachinePacking(MachineCode.of(program.code()), program));
        } catch (IOException refused) {
            return Optional.empty();
        }
    }

    /**
     * Packs rows into whole slots. Does not allocate.
     *
     * @param start where the first row starts; {@code rows} of {@code rowBytes} bytes must follow
     */
    void pack(byte[] bytes, int start, int rowBytes, int rows, MemorySegment state) {
        try {
            calls.invokeExact(bytes, start, rowBytes, rows, state.address());
        } catch (Throwable thrown) {
            throw Apart.rethrow(thrown);
        } finally {
            Reference.reachabilityFence(code);
            Reference.reachabilityFence(work);
            Reference.reachabilityFence(limits);
            Reference.reachabilityFence(state);
        }
    }

    void calls(byte[] bytes, int start, int rowBytes, int rows, long state) throws Throwable {
        for (int row = 0; row < rows; row += rowsPerCall) {
            CALL.invokeExact(
                    code.function(),
                    state + row / Byte.SIZE,
                    MemorySegment.ofArray(bytes),
                    work.address(),
                    limits.address(),
                    (long) start + (long) row * rowBytes);
        }
    }
}
