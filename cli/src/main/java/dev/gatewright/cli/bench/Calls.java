package dev.gatewright.cli.bench;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandleProxies;

/** The functions of {@link dev.gatewright.format.c.StraightLineC} as Java interfaces. */
final class Calls {
    /** Evaluates one block of 64 samples. Public only because a proxy asks for it. */
    @FunctionalInterface
    public interface Gates {
        void call(MemorySegment in, MemorySegment out);
    }

    /** Counts the true outputs of each group; returns other than 0 where memory ran out. */
    @FunctionalInterface
    public interface Sums {
        int call(MemorySegment samples, MemorySegment sums, long blocks);
    }

    private Calls() {}

    static <T> T bind(Class<T> type, MemorySegment address, FunctionDescriptor signature) {
        return MethodHandleProxies.asInterfaceInstance(
                type, Linker.nativeLinker().downcallHandle(address, signature));
    }
}
