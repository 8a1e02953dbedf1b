package dev.gatewright.engine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;

/**
 * Calls that C2 cannot inline. Loops of vectors compile well each on its own; inlined into one method they exceed the
 * compiler's budget of nodes, and it keeps vectors in objects, at a fraction of the speed and for good. What goes
 * through a method handle that is no constant, that is one in a field of an object, is compiled apart.
 */
final class Apart {
    private Apart() {}

    /**
     * A handle of the method {@code name} of {@code owner}, of which there is one, to be kept in a field that
     * is not static. A call through it costs some nanoseconds.
     */
    static MethodHandle method(MethodHandles.Lookup lookup, Object owner, String name) {
        try {
            return lookup.unreflect(Arrays.stream(lookup.lookupClass().getDeclaredMethods())
                            .filter(method -> method.getName().equals(name))
                            .findAny()
                            .orElseThrow(() -> new IllegalArgumentException("no method is named " + name)))
                    .bindTo(owner);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What a call through a handle has thrown, to be thrown on: methods behind handles declare nothing. */
    static RuntimeException rethrow(Throwable thrown) {
        switch (thrown) {
            case RuntimeException exception -> throw exception;
            case Error error -> throw error;
            default -> throw new IllegalStateException(thrown);
        }
    }
}
