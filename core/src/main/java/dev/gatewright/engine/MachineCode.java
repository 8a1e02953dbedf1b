package dev.gatewright.engine;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandleProxies;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A function of machine code that takes the address of slot 0, in memory that is never writable and executable at
 * once. The memory is given back when the function is closed and the last call of it has returned, or when nothing
 * refers to it any more.
 */
final class MachineCode implements Gates {
    private static final Function CALL = MethodHandleProxies.asInterfaceInstance(
            Function.class, Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG)));
    private static final Cleaner CLEANER = Cleaner.create();
    /** Added to the number of calls. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private final MemorySegment function;
    private final AtomicInteger calls = new AtomicInteger();
    private final Cleaner.Cleanable memory;

    /** A function of one address. Public only because a proxy asks for it. */
    @FunctionalInterface
    public interface Function {
        void call(MemorySegment function, long argument);
    }

    private MachineCode(MemorySegment function) {
        this.function = function;
        this.memory = CLEANER.register(this, () -> SystemMemory.free(function));
    }

    /**
     * Makes a function of these bytes.
     *
     * @throws IOException if the system refuses memory, or to make it executable; the message says which and why
     */
    static MachineCode of(byte[] code) throws IOException {
        MemorySegment memory = SystemMemory.writable(code.length);
        MemorySegment.copy(code, 0, memory, ValueLayout.JAVA_BYTE, 0, code.length);
        try {
            SystemMemory.makeExecutable(memory);
        } catch (IOException refused) {
            SystemMemory.free(memory);
            throw refused;
        }
        return new MachineCode(memory);
    }

    /**
     * Calls the function. Does not allocate.
     *
     * @throws IllegalStateException if it is closed
     */
    @Override
    public void run(MemorySegment state) {
        try {
            if (calls.incrementAndGet() < 0) {
                throw new IllegalStateException("this executable is closed");
            }
            CALL.call(function, state.address());
        } finally {
            if (calls.decrementAndGet() == CLOSED) {
                memory.clean();
            }
            Reference.reachabilityFence(state);
        }
    }

    @Override
    public void close() {
        if (calls.getAndUpdate(count -> count | CLOSED) == 0) {
            memory.clean();
        }
    }

    /** The function itself; it stays while this object does, unless it is closed. */
    MemorySegment function() {
        return function;
    }

    /** Bytes of the function. */
    long bytes() {
        return function.byteSize();
    }
}
