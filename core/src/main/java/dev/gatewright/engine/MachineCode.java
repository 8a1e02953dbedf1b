package dev.gatewright.engine;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandleProxies;
import java.lang.ref.Reference;

/**
 * A function of machine code, in memory that is never writable and executable at once. The memory is given back when
 * nothing refers to this object any more, so that no thread can be in it.
 */
final class MachineCode {
    private static final Function CALL = MethodHandleProxies.asInterfaceInstance(
            Function.class, Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG)));

    private final MemorySegment function;

    /** A function of one address. Public only because a proxy asks for it. */
    @FunctionalInterface
    public interface Function {
        void call(MemorySegment function, long argument);
    }

    private MachineCode(MemorySegment function) {
        this.function = function;
    }

    /**
     * Makes a function of these bytes.
     *
     * @throws IOException if the system refuses memory, or to make it executable; the message says which and why
     */
    static MachineCode of(byte[] code) throws IOException {
        MemorySegment memory = SystemMemory.writable(code.length);
        MemorySegment.copy(code, 0, memory, ValueLayout.JAVA_BYTE, 0, code.length);
        SystemMemory.makeExecutable(memory);
        return new MachineCode(memory);
    }

    /** Calls the function with the address of {@code argument}. Does not allocate. */
    void call(MemorySegment argument) {
        try {
            CALL.call(function, argument.address());
        } finally {
            Reference.reachabilityFence(argument);
            Reference.reachabilityFence(this);
        }
    }

    /** Bytes of the function. */
    long bytes() {
        return function.byteSize();
    }
}
