package dev.gatewright.cli.bench;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.format.c.StraightLineC;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A circuit as the peers run it: straight-line C compiled by gcc, loaded into this process. It is what engines are
 * compared with; see {@link StraightLineC} for its shape.
 *
 * <p>Safe for use by several threads, except for {@link #close}.
 */
public final class CBaseline implements AutoCloseable {
    private static final int LANES = 64;

    private final Circuit circuit;
    private final int groups;
    private final SharedObject library;
    private final Arena arena;
    private final Calls.Gates gates;
    private final Calls.Sums sums;

    private CBaseline(Circuit circuit, int groups, SharedObject library) {
        this.circuit = circuit;
        this.groups = groups;
        this.library = library;
        this.arena = Arena.ofShared();
        SymbolLookup symbols = SymbolLookup.libraryLookup(library.path(), arena);
        this.gates = Calls.bind(
                Calls.Gates.class,
                symbols.findOrThrow(StraightLineC.GATES),
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        this.sums = Calls.bind(
                Calls.Sums.class,
                symbols.findOrThrow(StraightLineC.SUMS),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    }

    /**
     * Compiles a circuit with {@code gcc -O1}, or takes an earlier result from the cache folder.
     *
     * <p>gcc's time grows faster than the gates: seconds for 5,000, minutes for 30,000.
     *
     * @param groups how many groups of equal size the outputs split into, at least 1
     * @param cache the folder that keeps compiled circuits; made where it is missing
     * @param progress is told every few seconds that gcc is still at work
     * @throws IOException if there is no gcc, it fails, or the folder cannot be written
     */
    public static CBaseline compile(Circuit circuit, int groups, Path cache, Consumer<String> progress)
            throws IOException, InterruptedException {
        StringBuilder source = new StringBuilder();
        StraightLineC.write(circuit, groups, source);
        String what = "straight-line C of " + circuit.gates() + " gates";
        return new CBaseline(circuit, groups, SharedObject.compile(source.toString(), what, cache, progress));
    }

    /** Whether gcc is on the path of commands. */
    public static boolean available() {
        return SharedObject.gcc().isPresent();
    }

    /** How long gcc took, now or when the cached result was made. */
    public Duration compileTime() {
        return library.compileTime();
    }

    /** Evaluates the circuit on every sample. */
    public BitMatrix evaluate(BitMatrix in) {
        checkInputs(in.bits());
        BitMatrix result = new BitMatrix(in.samples(), circuit.outputs());
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment blocks = blocks(in, memory);
            MemorySegment out = memory.allocate(ValueLayout.JAVA_LONG, circuit.outputs() + 1L);
            for (int word = 0; word < in.wordsPerPlane(); word++) {
                gates.call(block(blocks, word), out);
                for (int output = 0; output < circuit.outputs(); output++) {
                    result.setWord(output, word, out.getAtIndex(ValueLayout.JAVA_LONG, output));
                }
            }
        }
        return result;
    }

    /** The counts of true outputs of each group, sample after sample. */
    public int[] groupSums(BitMatrix in) {
        checkInputs(in.bits());
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment counts = counts(in, memory);
            callSums(rows(in, memory), counts, in.wordsPerPlane());
            return counts.asSlice(0, (long) in.samples() * groups * Integer.BYTES)
                    .toArray(ValueLayout.JAVA_INT);
        }
    }

    /**
     * Samples a second of the gates alone on one thread, from words packed beforehand in the order the C reads them.
     *
     * @param atLeast how long to measure; whole passes over the samples are timed
     */
    public double netSamplesPerSecond(BitMatrix in, Duration atLeast) {
        checkInputs(in.bits());
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment blocks = blocks(in, memory);
            MemorySegment out = memory.allocate(ValueLayout.JAVA_LONG, circuit.outputs() + 1L);
            int words = in.wordsPerPlane();
            return rate(in.samples(), atLeast, () -> {
                for (int word = 0; word < words; word++) {
                    gates.call(block(blocks, word), out);
                }
            });
        }
    }

    /** Samples a second of a full call on one thread: from a row-major byte a bit to the sums of each group. */
    public double fullSamplesPerSecond(BitMatrix in, Duration atLeast) {
        checkInputs(in.bits());
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment rows = rows(in, memory);
            MemorySegment counts = counts(in, memory);
            return rate(in.samples(), atLeast, () -> callSums(rows, counts, in.wordsPerPlane()));
        }
    }

    private static double rate(int samples, Duration atLeast, Runnable pass) {
        long start = System.nanoTime();
        long passes = 0;
        long spent;
        do {
            pass.run();
            passes++;
            spent = System.nanoTime() - start;
        } while (spent < atLeast.toNanos());
        return passes * (double) samples / spent * 1e9;
    }

    private void checkInputs(int bits) {
        if (bits != circuit.inputs()) {
            throw new IllegalArgumentException(bits + " bits for a circuit of " + circuit.inputs() + " inputs");
        }
    }

    private MemorySegment counts(BitMatrix in, Arena memory) {
        return memory.allocate(ValueLayout.JAVA_INT, (long) in.wordsPerPlane() * LANES * groups + 1);
    }

    /** Block after block, one word an input. */
    private MemorySegment blocks(BitMatrix in, Arena memory) {
        MemorySegment blocks = memory.allocate(ValueLayout.JAVA_LONG, (long) in.wordsPerPlane() * in.bits() + 1);
        for (int bit = 0; bit < in.bits(); bit++) {
            for (int word = 0; word < in.wordsPerPlane(); word++) {
                blocks.setAtIndex(ValueLayout.JAVA_LONG, (long) word * in.bits() + bit, in.word(bit, word));
            }
        }
        return blocks;
    }

    private MemorySegment block(MemorySegment blocks, int word) {
        return blocks.asSlice((long) word * circuit.inputs() * Long.BYTES);
    }

    /** Row after row, one byte a bit, padded with rows of zeros to whole blocks. */
    private static MemorySegment rows(BitMatrix in, Arena memory) {
        MemorySegment rows = memory.allocate((long) in.wordsPerPlane() * LANES * in.bits() + 1);
        for (int sample = 0; sample < in.samples(); sample++) {
            for (int bit = 0; bit < in.bits(); bit++) {
                rows.set(ValueLayout.JAVA_BYTE, (long) sample * in.bits() + bit, (byte) (in.get(sample, bit) ? 1 : 0));
            }
        }
        return rows;
    }

    private void callSums(MemorySegment rows, MemorySegment counts, long blocks) {
        if (sums.call(rows, counts, blocks) != 0) {
            throw new IllegalStateException("the compiled circuit could not get memory");
        }
    }

    /** Unloads the code. */
    @Override
    public void close() {
        arena.close();
    }

    @Override
    public String toString() {
        return "CBaseline[" + library.path() + "]";
    }
}
