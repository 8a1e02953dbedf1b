package dev.gatewright.bench.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** PyTorch on the CPU, inside the JVM and without the network. */
public final class Torch {
    private Torch() {}

    /** Whether this machine is of the one kind whose native libraries the build brings: Linux on x86-64. */
    public static boolean available() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    /**
     * Loads PyTorch and lets it use {@code threads} threads.
     *
     * <p>The first call unpacks 430 MB of native libraries into DJL's cache folder and takes seconds.
     */
    public static synchronized Engine engine(int threads) {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        Engine engine = Engine.getEngine("PyTorch");
        JniUtils.setNumThreads(threads);
        return engine;
    }
}
