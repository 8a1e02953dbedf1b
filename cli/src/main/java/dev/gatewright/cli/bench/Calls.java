package dev.gatewright.cli.bench;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandleProxies;

/** The functions of {@link CText} as Java interfaces, public only because a proxy asks for it. */
final class Calls {
    /** Evaluates one block. */
    @FunctionalInterface
    public interface Gates {
        void call(MemorySegment in, MemorySegment out);
    }

    /** Counts the true outputs of each group; returns other than 0 where memory ran out. */
    @FunctionalInterface
    public interface Sums {
        int call(MemorySegment samples, MemorySegment sums, long blocks);
    }

    /** Sets the gates of a table. */
    @FunctionalInterface
    public interface Table {
        void call(
                MemorySegment a,
                MemorySegment b,
                MemorySegment runs,
                long count,
                MemorySegment outputs,
                MemorySegment memory);
    }

    private Calls() {}

    static <T> T bind(Class<T> type, MemorySegment address, FunctionDescriptor signature) {
        return MethodHandleProxies.asInterfaceInstance(
                type, Linker.nativeLinker().downcallHandle(address, signature));
    }
}
