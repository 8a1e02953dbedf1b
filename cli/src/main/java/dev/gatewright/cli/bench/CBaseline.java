package dev.gatewright.cli.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.gatewright.bits.BitMatrix;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A network as C that gcc compiled, loaded into this process: what engines are compared with. See {@link CForm}.
 *
 * <p>Lines of C keep up to a word a gate on the stack of the thread that runs them; a thread with too small a stack ends
 * the virtual machine. Not safe for use by several threads, because a gate table has one memory for its wires.
 */
public final class CBaseline implements AutoCloseable {
    private static final int LINE = 64;

    private final RawNet net;
    private final CForm form;
    private final SharedObject library;
    private final int sourceBytes;
    private final Arena arena;
    private final Calls.Gates gates;
    private final Calls.Sums sums;

    private CBaseline(RawNet net, CForm form, SharedObject library, int sourceBytes) {
        this.net = net;
        this.form = form;
        this.library = library;
        this.sourceBytes = sourceBytes;
        this.arena = Arena.ofShared();
        SymbolLookup symbols = SymbolLookup.libraryLookup(library.path(), arena);
        this.gates = Calls.bind(
                Calls.Gates.class, symbols.findOrThrow(CText.GATES), FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));
        this.sums = Calls.bind(
                Calls.Sums.class,
                symbols.findOrThrow(CText.SUMS),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
        if (form.body() == CForm.Body.TABLE) {
            fill(Calls.bind(
                    Calls.Table.class,
                    symbols.findOrThrow(CText.TABLE),
                    FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS)));
        }
    }

    private void fill(Calls.Table table) {
        GateTable gateTable = GateTable.of(net);
        long words = (long) net.inputs() + net.gates() + 1;
        table.call(
                memory(gateTable.a()),
                memory(gateTable.b()),
                memory(gateTable.runs()),
                gateTable.runs().length / 2,
                memory(gateTable.outputs()),
                arena.allocate(words * form.lanes() / Byte.SIZE, LINE));
    }

    private MemorySegment memory(int[] values) {
        MemorySegment memory = arena.allocate(JAVA_INT.byteSize() * (values.length + 1L), LINE);
        return memory.copyFrom(MemorySegment.ofArray(values));
    }

    /**
     * Writes, compiles and loads a network, or loads the result kept from an earlier call.
     *
     * @param cache a folder for results, made where it is missing
     * @param limit after which gcc is stopped
     * @param progress told now and then that gcc is still at work
     * @throws IOException if there is no gcc, it fails, or the folder cannot be written
     * @throws SharedObject.UnfinishedException if gcc takes longer
     */
    static CBaseline compile(RawNet net, CForm form, Path cache, Duration limit, Consumer<String> progress)
            throws IOException, InterruptedException, SharedObject.UnfinishedException {
        String source = CText.of(net, form);
        String what = form.name() + " (" + net.gates() + " gates)";
        return new CBaseline(
                net, form, SharedObject.compile(source, form.flags(), what, cache, limit, progress), source.length());
    }

    /** Whether gcc is on the path of commands. */
    public static boolean available() {
        return Gcc.path().isPresent();
    }

    /** How long gcc took, now or when the kept result was made. */
    public Duration compileTime() {
        return library.compileTime();
    }

    public CForm form() {
        return form;
    }

    /** The length of the C text, in bytes. */
    public int sourceBytes() {
        return sourceBytes;
    }

    /** The size of the shared object, in bytes. */
    public long codeBytes() throws IOException {
        return Files.size(library.path());
    }

    /** Evaluates the network on every sample. */
    public BitMatrix evaluate(BitMatrix in) {
        checkInputs(in.bits());
        BitMatrix result = new BitMatrix(in.samples(), net.outputs());
        int words = form.lanes() / Long.SIZE;
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment block = words(net.inputs(), memory);
            MemorySegment out = words(net.outputs(), memory);
            for (int from = 0; from < in.wordsPerPlane(); from += words) {
                load(in, from, block);
                gates.call(block, out);
                int count = Math.min(words, in.wordsPerPlane() - from);
                for (int output = 0; output < net.outputs(); output++) {
                    for (int word = 0; word < count; word++) {
                        long bits = out.getAtIndex(JAVA_LONG, (long) output * words + word);
                        result.setWord(output, from + word, bits);
                    }
                }
            }
        }
        return result;
    }

    /** The counts of true outputs of each group, sample after sample. */
    public int[] groupSums(BitMatrix in) {
        try (Arena memory = Arena.ofConfined()) {
            Full full = full(in, memory);
            full.run();
            return full.sums
                    .asSlice(0, (long) in.samples() * net.groups() * Integer.BYTES)
                    .toArray(JAVA_INT);
        }
    }

    /**
     * The gates alone, on one block that is packed in the order in which the C reads it. One run is
     * {@code form().lanes()} samples.
     */
    public Runnable net(BitMatrix in) {
        checkInputs(in.bits());
        MemorySegment block = words(net.inputs(), arena);
        MemorySegment out = words(net.outputs(), arena);
        load(in, 0, block);
        return () -> gates.call(block, out);
    }

    /** A full call: from rows of a byte a bit to the sums of each group, for all samples rounded up to blocks. */
    public Runnable full(BitMatrix in) {
        return full(in, arena);
    }

    private Full full(BitMatrix in, Arena memory) {
        checkInputs(in.bits());
        long blocks = Math.ceilDiv(in.samples(), form.lanes());
        long samples = blocks * form.lanes();
        MemorySegment rows = memory.allocate(samples * in.bits() + LINE, LINE);
        for (int sample = 0; sample < in.samples(); sample++) {
            for (int bit = 0; bit < in.bits(); bit++) {
                rows.set(JAVA_BYTE, (long) sample * in.bits() + bit, (byte) (in.get(sample, bit) ? 1 : 0));
            }
        }
        return new Full(sums, rows, memory.allocate(samples * net.groups() * Integer.BYTES + LINE, LINE), blocks);
    }

    private record Full(Calls.Sums call, MemorySegment rows, MemorySegment sums, long blocks) implements Runnable {
        @Override
        public void run() {
            if (call.call(rows, sums, blocks) != 0) {
                throw new IllegalStateException("the compiled network could not get memory");
            }
        }
    }

    private void checkInputs(int bits) {
        if (bits != net.inputs()) {
            throw new IllegalArgumentException(bits + " bits for a network of " + net.inputs() + " inputs");
        }
    }

    private MemorySegment words(int count, Arena memory) {
        return memory.allocate((count + 1L) * form.lanes() / Byte.SIZE, LINE);
    }

    /** One block from word {@code from} of each plane on: the words of an input, then those of the next. */
    private void load(BitMatrix in, int from, MemorySegment block) {
        int words = form.lanes() / Long.SIZE;
        for (int bit = 0; bit < in.bits(); bit++) {
            for (int word = 0; word < words; word++) {
                long value = from + word < in.wordsPerPlane() ? in.word(bit, from + word) : 0;
                block.setAtIndex(JAVA_LONG, (long) bit * words + word, value);
            }
        }
    }

    /** Unloads the code; what {@link #net} and {@link #full} gave may no longer run. */
    @Override
    public void close() {
        arena.close();
    }

    @Override
    public String toString() {
        return "CBaseline[" + form.name() + ", " + net + "]";
    }
}
