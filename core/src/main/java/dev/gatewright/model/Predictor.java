package dev.gatewright.model;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.Samples;
import dev.gatewright.engine.Block;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;
import dev.gatewright.engine.PixelBits;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Raw samples in, predictions out. Safe for use by several threads at once.
 *
 * <p>Samples go block by block through packing, circuit and read-out, so that images of any number take memory for
 * one block a thread; rows of tables are encoded as a whole first.
 */
public final class Predictor implements AutoCloseable {
    private final Model model;
    private final Executable executable;
    private final int threads;
    private final ExecutorService helpers;
    /** Null where the model does not read pixels. */
    private final PixelBits pixels;

    private final int groups;
    private final ConcurrentLinkedQueue<Worker> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** One thread's working memory. */
    private record Worker(Block block, int[] sums) {}

    /** Puts samples {@code first} to {@code first + rows} into a block. */
    @FunctionalInterface
    private interface Loader {
        void load(Block block, int first, int rows);
    }

    /** Takes the results of samples {@code first} to {@code first + rows} out of a block that has run. */
    @FunctionalInterface
    private interface Reader {
        void read(Worker worker, int first, int rows);
    }

    private Predictor(Model model, Executable executable, int threads) {
        this.model = model;
        this.executable = executable;
        this.threads = threads;
        this.pixels = model.encoder().inputs() instanceof Encoder.Inputs.Pixels
                ? pixelBits(model.encoder(), executable.inputsRead())
                : null;
        this.groups = switch (model.readout()) {
            case Readout.GroupSum sum -> sum.classes();
            case Readout.Regression regression -> 1;
            case Readout.Bits bits -> 0;
        };
        this.helpers = threads == 1
                ? null
                : Executors.newFixedThreadPool(
                        threads - 1,
                        Thread.ofPlatform()
                                .daemon()
                                .name("gatewright-predict-", 1)
                                .factory());
    }

    /**
     * A predictor of this model on this engine.
     *
     * @param threads how many threads share a batch, at least 1; predictions are the same for any number
     */
    public static Predictor of(Model model, Engine engine, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads; expected at least 1");
        }
        return new Predictor(model, engine.compile(model.circuit()), threads);
    }

    /**
     * How rows of pixels become the bits of {@code encoder}, as engines take it.
     *
     * @param inputsRead the bits to make
     * @throws IllegalArgumentException if the encoder does not read pixels
     */
    public static PixelBits pixelBits(Encoder encoder, int[] inputsRead) {
        if (!(encoder.inputs() instanceof Encoder.Inputs.Pixels shape)) {
            throw new IllegalArgumentException("an encoder of columns where one of pixels is expected");
        }
        int[] bytes = new int[encoder.bits()];
        int[] thresholds = new int[encoder.bits()];
        for (int bit = 0; bit < encoder.bits(); bit++) {
            bytes[bit] = encoder.column(bit);
            // A whole number exceeds a value where it exceeds the value's floor.
            thresholds[bit] = (int) Math.max(-1, Math.min(255, Math.floor(encoder.value(bit))));
        }
        return new PixelBits(shape.size(), bytes, thresholds, inputsRead);
    }

    public Model model() {
        return model;
    }

    /**
     * The class of every sample: that of the largest score, the lowest class at a tie.
     *
     * @throws dev.gatewright.encode.InputException if the samples are not what the model reads
     * @throws IllegalArgumentException if the model does not predict classes
     */
    public int[] classes(Samples samples) {
        int[] classes = new int[samples.rows()];
        classes(samples, classes);
        return classes;
    }

    /**
     * The class of every sample into {@code classes}. For images and one thread nothing is allocated that depends on
     * the number of samples.
     *
     * @throws IllegalArgumentException if {@code classes} is too short, or the model does not predict classes
     */
    public void classes(Samples samples, int[] classes) {
        if (!(model.readout() instanceof Readout.GroupSum)) {
            throw new IllegalArgumentException("the model does not predict classes");
        }
        if (classes.length < samples.rows()) {
            throw new IllegalArgumentException(classes.length + " places for " + samples.rows() + " classes");
        }
        each(samples, (worker, first, rows) -> worker.block.classes(groups, rows, classes, first));
    }

    /**
     * The score of every class for every sample, sample after sample.
     *
     * @throws dev.gatewright.encode.InputException if the samples are not what the model reads
     * @throws IllegalArgumentException if the model does not predict classes
     */
    public float[] scores(Samples samples) {
        if (!(model.readout() instanceof Readout.GroupSum sum)) {
            throw new IllegalArgumentException("the model does not predict classes");
        }
        float[] scores = new float[Math.multiplyExact(samples.rows(), groups)];
        each(samples, (worker, first, rows) -> {
            worker.block.groupSums(groups, rows, worker.sums, 0);
            for (int i = 0; i < rows * groups; i++) {
                scores[first * groups + i] = worker.sums[i] / sum.tau();
            }
        });
        return scores;
    }

    /**
     * The number predicted for every sample.
     *
     * @throws dev.gatewright.encode.InputException if the samples are not what the model reads
     * @throws IllegalArgumentException if the model does not predict numbers
     */
    public float[] values(Samples samples) {
        if (!(model.readout() instanceof Readout.Regression regression)) {
            throw new IllegalArgumentException("the model does not predict numbers");
        }
        float[] values = new float[samples.rows()];
        each(samples, (worker, first, rows) -> {
            worker.block.groupSums(1, rows, worker.sums, 0);
            for (int row = 0; row < rows; row++) {
                values[first + row] = regression.offset() + regression.scale() * worker.sums[row];
            }
        });
        return values;
    }

    /**
     * The outputs of the circuit for every sample, whatever the read-out.
     *
     * @throws dev.gatewright.encode.InputException if the samples are not what the model reads
     */
    public BitMatrix bits(Samples samples) {
        BitMatrix bits = new BitMatrix(samples.rows(), executable.outputs());
        each(samples, (worker, first, rows) -> {
            for (int output = 0; output < bits.bits(); output++) {
                for (int word = 0; word << 6 < rows; word++) {
                    bits.setWord(output, (first >> 6) + word, worker.block.output(output, word));
                }
            }
        });
        return bits;
    }

    private void each(Samples samples, Reader reader) {
        if (closed) {
            throw new IllegalStateException("this predictor is closed");
        }
        if (pixels != null && samples instanceof Images images && fits(images)) {
            each(images.rows(), (block, first, rows) -> block.load(pixels, images.pixels(), first, rows), reader);
        } else {
            BitMatrix bits = model.encoder().encode(samples);
            each(bits.samples(), (block, first, rows) -> block.load(bits, first >> 6), reader);
        }
    }

    /** Whether these images have the model's shape; where not, the encoder says what is wrong. */
    private boolean fits(Images images) {
        return new Encoder.Inputs.Pixels(images.channels(), images.height(), images.width())
                .equals(model.encoder().inputs());
    }

    private void each(int samples, Loader loader, Reader reader) {
        AtomicInteger next = new AtomicInteger();
        Runnable share = () -> share(next, samples, loader, reader);
        List<Future<?>> others = new ArrayList<>();
        long blocks = (samples + 63L) / 64;
        for (int i = 1; i < Math.min(threads, blocks); i++) {
            others.add(helpers.submit(share));
        }
        try {
            share.run();
        } finally {
            others.forEach(Predictor::finish);
        }
    }

    private void share(AtomicInteger next, int samples, Loader loader, Reader reader) {
        Worker worker = Objects.requireNonNullElseGet(idle.poll(), this::newWorker);
        int size = worker.block.samples();
        int blocks = (int) ((samples + (long) size - 1) / size);
        for (int i = next.getAndIncrement(); i < blocks; i = next.getAndIncrement()) {
            int rows = Math.min(size, samples - i * size);
            loader.load(worker.block, i * size, rows);
            worker.block.run();
            reader.read(worker, i * size, rows);
        }
        idle.add(worker);
    }

    private Worker newWorker() {
        Block block = executable.newBlock();
        return new Worker(block, new int[block.samples() * groups]);
    }

    private static void finish(Future<?> helper) {
        boolean interrupted = false;
        while (true) {
            try {
                helper.get();
                break;
            } catch (InterruptedException signal) {
                interrupted = true;
            } catch (ExecutionException failed) {
                throw new IllegalStateException("a prediction thread failed: " + failed.getCause(), failed.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the use of this predictor; what runs now runs to its end. */
    @Override
    public void close() {
        closed = true;
        idle.clear();
        if (helpers != null) {
            helpers.close();
        }
        executable.close();
    }
}
