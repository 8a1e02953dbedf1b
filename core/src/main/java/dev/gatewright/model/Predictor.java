package dev.gatewright.model;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.encode.ColumnValues;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.Samples;
import dev.gatewright.encode.Table;
import dev.gatewright.engine.Engine;
import dev.gatewright.engine.Executable;
import dev.gatewright.engine.PixelBits;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;

/**
 * Raw samples in, predictions out. Safe for use by several threads at once.
 *
 * <p>Samples are a {@link Table} or {@link Images}, or plain rows of {@link #width()} values:
 *
 * <ul>
 *   <li>{@code byte[]}: pixels, 0 to 255 as unsigned bytes; for models that read images.
 *   <li>{@code float[]}: pixels from 0 to 255, which are rounded; or the model's columns in its order: numbers, truth
 *       values as 1 and 0, categories as their index in the model's list, NaN where a value is missing.
 *   <li>{@link MemorySegment}: rows back to back, of unsigned bytes for models that read images, else of 32-bit floats
 *       in the machine's byte order; with several threads it must be open to all of them.
 *   <li>{@link Map}: values by column name.
 * </ul>
 *
 * <p>They go block by block through encoder, circuit and read-out, in memory for one block a thread, which is kept for
 * the next call. On one thread, results into a given array allocate nothing once the virtual machine has compiled
 * the way, except for a table, which takes a few objects a column whatever its rows. Every method that predicts throws {@link IllegalStateException} once this is
 * closed, {@link IllegalArgumentException} where the model predicts something else or the array is too short, and
 * {@link dev.gatewright.encode.InputException} where a sample is not what the model reads; results before that sample
 * may have been written.
 */
public final class Predictor implements AutoCloseable {
    private final Model model;
    private final PredictOptions options;
    private final Scoring scoring;
    private final Feeds feeds;
    private final Crew crew;
    private final Calls calls = new Calls(this::release);
    /** Null until a single row is asked for. */
    private volatile OneByOne oneByOne;

    // Made once, because a method reference that is made for each call is an object for each call.
    private final Worker.Feed<BitMatrix> fromBits;
    private final Worker.Feed<Images> fromImages;
    private final Worker.Feed<List<ColumnValues.Source>> fromTable;
    private final Worker.Feed<byte[][]> fromBytes;
    private final Worker.Feed<float[][]> fromFloats;
    private final Worker.Feed<MemorySegment> fromSegment;

    private Predictor(Model model, PredictOptions options) {
        this.model = model;
        this.options = options;
        this.scoring = new Scoring(model.readout());
        Executable executable = options.engine().compile(model.form());
        this.feeds = new Feeds(model.encoder(), executable.inputsRead());
        this.crew = new Crew(executable, options.threads(), made -> feeds.worker(made, scoring.groups()));
        this.fromBits = feeds::bits;
        this.fromImages = feeds::images;
        this.fromTable = feeds::table;
        this.fromBytes = feeds::bytes;
        this.fromFloats = feeds::floats;
        this.fromSegment = feeds::segment;
    }

    /** A predictor of this model on the fastest engine of this machine, in the caller's threads alone. */
    public static Predictor of(Model model) {
        return of(model, PredictOptions.defaults());
    }

    /** A predictor of this model. */
    public static Predictor of(Model model, PredictOptions options) {
        return new Predictor(model, options);
    }

    /**
     * A predictor of this model on this engine.
     *
     * @param threads how many threads share a batch, at least 1; predictions are the same for any number
     */
    public static Predictor of(Model model, Engine engine, int threads) {
        return of(model, new PredictOptions(engine, threads));
    }

    /**
     * How rows of pixels become the bits of {@code encoder}, as engines take it.
     *
     * @param inputsRead the bits to make
     * @throws IllegalArgumentException if the encoder does not read pixels
     */
    public static PixelBits pixelBits(Encoder encoder, int[] inputsRead) {
        return Feeds.pixelBits(encoder, inputsRead);
    }

    public Model model() {
        return model;
    }

    /** What runs the circuit, for people to read. */
    public String engine() {
        return crew.executable().engine();
    }

    /** Values of a row: the pixels of an image, or the columns that the model reads. */
    public int width() {
        return feeds.width();
    }

    /** The class of every sample: that of the largest score, the lowest class at a tie. */
    public int[] classes(Samples samples) {
        int[] classes = new int[samples.rows()];
        classes(samples, classes);
        return classes;
    }

    /** The class of every sample into {@code classes}. */
    public void classes(Samples samples, int[] classes) {
        eachSample(samples, scoring.classes(samples.rows(), classes), classes);
    }

    /** The class of every row of pixels into {@code classes}. */
    public void classes(byte[][] rows, int[] classes) {
        each(fromBytes, rows, rows.length, scoring.classes(rows.length, classes), classes);
    }

    /** The class of every row of floats into {@code classes}. */
    public void classes(float[][] rows, int[] classes) {
        each(fromFloats, rows, rows.length, scoring.classes(rows.length, classes), classes);
    }

    /** The class of every row of a segment into {@code classes}. */
    public void classes(MemorySegment rows, int[] classes) {
        int count = feeds.rows(rows);
        each(fromSegment, rows, count, scoring.classes(count, classes), classes);
    }

    /** The class of each row of pixels that comes; takes rows as classes are asked for, a batch at a time. */
    public PrimitiveIterator.OfInt classesOfBytes(Iterator<byte[]> rows) {
        return new ClassIterator<>(rows, new byte[crew.samples()][], feeds::require, this::classes);
    }

    /** The class of each row of floats that comes; takes rows as classes are asked for, a batch at a time. */
    public PrimitiveIterator.OfInt classesOfFloats(Iterator<float[]> rows) {
        return new ClassIterator<>(rows, new float[crew.samples()][], feeds::require, this::classes);
    }

    /** The score of every class for every sample, sample after sample. */
    public float[] scores(Samples samples) {
        float[] scores = new float[Math.multiplyExact(samples.rows(), scoring.groups())];
        eachSample(samples, scoring.scores(samples.rows(), scores), scores);
        return scores;
    }

    /** The score of every class for every row of pixels, row after row, into {@code scores}. */
    public void scores(byte[][] rows, float[] scores) {
        each(fromBytes, rows, rows.length, scoring.scores(rows.length, scores), scores);
    }

    /** The score of every class for every row of floats, row after row, into {@code scores}. */
    public void scores(float[][] rows, float[] scores) {
        each(fromFloats, rows, rows.length, scoring.scores(rows.length, scores), scores);
    }

    /** The score of every class for every row of a segment, row after row, into {@code scores}. */
    public void scores(MemorySegment rows, float[] scores) {
        int count = feeds.rows(rows);
        each(fromSegment, rows, count, scoring.scores(count, scores), scores);
    }

    /** The number predicted for every sample. */
    public float[] values(Samples samples) {
        float[] values = new float[samples.rows()];
        eachSample(samples, scoring.values(samples.rows(), values), values);
        return values;
    }

    /** The number predicted for every row of pixels into {@code values}. */
    public void values(byte[][] rows, float[] values) {
        each(fromBytes, rows, rows.length, scoring.values(rows.length, values), values);
    }

    /** The number predicted for every row of floats into {@code values}. */
    public void values(float[][] rows, float[] values) {
        each(fromFloats, rows, rows.length, scoring.values(rows.length, values), values);
    }

    /** The number predicted for every row of a segment into {@code values}. */
    public void values(MemorySegment rows, float[] values) {
        int count = feeds.rows(rows);
        each(fromSegment, rows, count, scoring.values(count, values), values);
    }

    /** The outputs of the circuit for every sample, whatever the read-out. */
    public BitMatrix bits(Samples samples) {
        BitMatrix bits = new BitMatrix(samples.rows(), crew.executable().outputs());
        eachSample(samples, Scoring::bits, bits);
        return bits;
    }

    /** The class of one row of pixels, at the least delay. */
    public int predict(byte[] row) {
        scoring.requireClasses();
        calls.enter();
        try {
            return oneByOne().classOf(row);
        } finally {
            calls.leave();
        }
    }

    /** The class of one row of floats, at the least delay. */
    public int predict(float[] row) {
        scoring.requireClasses();
        calls.enter();
        try {
            return oneByOne().classOf(row);
        } finally {
            calls.leave();
        }
    }

    /**
     * The class of one row by column names. Values are numbers, truth values, texts, or null where they are missing;
     * columns that the model does not read are ignored.
     */
    public int predict(Map<String, ?> row) {
        scoring.requireClasses();
        calls.enter();
        try {
            return oneByOne().classOf(row);
        } finally {
            calls.leave();
        }
    }

    /** The number predicted for one row of pixels, at the least delay. */
    public float value(byte[] row) {
        scoring.requireValues();
        calls.enter();
        try {
            return scoring.value(oneByOne().sum(row));
        } finally {
            calls.leave();
        }
    }

    /** The number predicted for one row of floats, at the least delay. */
    public float value(float[] row) {
        scoring.requireValues();
        calls.enter();
        try {
            return scoring.value(oneByOne().sum(row));
        } finally {
            calls.leave();
        }
    }

    /** The number predicted for one row by column names, as {@link #predict(Map)} takes it. */
    public float value(Map<String, ?> row) {
        scoring.requireValues();
        calls.enter();
        try {
            return scoring.value(oneByOne().sum(row));
        } finally {
            calls.leave();
        }
    }

    private OneByOne oneByOne() {
        OneByOne made = oneByOne;
        return made != null ? made : makeOneByOne();
    }

    private synchronized OneByOne makeOneByOne() {
        if (oneByOne == null) {
            Executable executable = options.engine().compileSingle(model.form(), scoring.groups());
            oneByOne = new OneByOne(model.encoder(), executable, scoring.groups());
        }
        return oneByOne;
    }

    private <T> void eachSample(Samples samples, Worker.Sink<T> sink, T results) {
        if (samples instanceof Images images && feeds.fits(images)) {
            each(fromImages, images, images.rows(), sink, results);
        } else if (samples instanceof Table table && !feeds.readsPixels()) {
            each(fromTable, feeds.columns().bind(table), table.rows(), sink, results);
        } else {
            // Pixels in the columns of a table; of what does not fit, the encoder says what is wrong.
            each(fromBits, model.encoder().encode(samples), samples.rows(), sink, results);
        }
    }

    private <S, T> void each(Worker.Feed<S> feed, S source, int rows, Worker.Sink<T> sink, T results) {
        calls.enter();
        try {
            crew.each(feed, source, rows, sink, results);
        } finally {
            calls.leave();
        }
    }

    private synchronized void release() {
        crew.close();
        if (oneByOne != null) {
            oneByOne.close();
        }
    }

    /** Ends the use of this predictor; what runs now runs to its end. */
    @Override
    public void close() {
        calls.close();
    }
}
