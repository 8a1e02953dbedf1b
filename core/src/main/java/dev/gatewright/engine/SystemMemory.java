package dev.gatewright.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.VarHandle;

/** Memory whose rights can be chosen, asked of a Linux system directly. */
final class SystemMemory {
    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final int EXECUTE = 4;
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final long FAILED = -1;

    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(StructLayout.PathElement.groupElement("errno"));

    private static final Map MAP = bind(
            Map.class,
            "mmap",
            FunctionDescriptor.of(
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG),
            Linker.Option.captureCallState("errno"));
    private static final Protect PROTECT = bind(
            Protect.class,
            "mprotect",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT),
            Linker.Option.captureCallState("errno"));
    private static final Unmap UNMAP = bind(
            Unmap.class,
            "munmap",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));

    /** {@code mmap}, after where to put the error. Public, as those below, only because a proxy asks for it. */
    @FunctionalInterface
    public interface Map {
        MemorySegment call(
                MemorySegment captured, MemorySegment at, long bytes, int rights, int flags, int file, long offset);
    }

    /** {@code mprotect}, after where to put the error. */
    @FunctionalInterface
    public interface Protect {
        int call(MemorySegment captured, MemorySegment at, long bytes, int rights);
    }

    /** {@code munmap}. */
    @FunctionalInterface
    public interface Unmap {
        int call(MemorySegment at, long bytes);
    }

    private SystemMemory() {}

    private static <T> T bind(Class<T> type, String name, FunctionDescriptor signature, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup().findOrThrow(name);
        return MethodHandleProxies.asInterfaceInstance(type, linker.downcallHandle(address, signature, options));
    }

    /**
     * Memory that may be written, to be given back by {@link #free}.
     *
     * @throws IOException if the system has none
     */
    static MemorySegment writable(long bytes) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment captured = arena.allocate(CAPTURED);
            MemorySegment at = MAP.call(captured, MemorySegment.NULL, bytes, READ | WRITE, PRIVATE_ANONYMOUS, -1, 0);
            if (at.address() == FAILED) {
                throw new IOException("the system has no memory for " + bytes + " bytes of code (error "
                        + (int) ERRNO.get(captured, 0L) + ")");
            }
            return at.reinterpret(bytes);
        }
    }

    /**
     * Makes memory of {@link #writable} executable, and no longer writable.
     *
     * @throws IOException if the system refuses
     */
    static void makeExecutable(MemorySegment memory) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment captured = arena.allocate(CAPTURED);
            if (PROTECT.call(captured, memory, memory.byteSize(), READ | EXECUTE) != 0) {
                throw new IOException("the system does not let memory become executable (error "
                        + (int) ERRNO.get(captured, 0L) + ")");
            }
        }
    }

    /** Gives memory of {@link #writable} back. */
    static void free(MemorySegment memory) {
        UNMAP.call(memory, memory.byteSize());
    }
}
