package dev.gatewright.network;

import dev.gatewright.encode.InputException;

/** Refuses what the heap cannot hold before it is begun. */
public final class HeapSpace {
    private static final long MEBIBYTE = 1 << 20;

    private HeapSpace() {}

    /**
     * @param what is to take so many bytes, as the start of a sentence
     * @throws InputException if that is more than the heap may grow to
     */
    public static void require(String what, double bytes) {
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new InputException(what + " takes " + Math.round(bytes / MEBIBYTE) + " MiB, the heap at most "
                    + most / MEBIBYTE + "; expected a smaller network, fewer --threads or a larger -Xmx");
        }
    }
}
