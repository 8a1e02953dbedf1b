package dev.gatewright.model;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.function.ObjLongConsumer;

/** The classes of rows that come one by one, holding no more than one batch of them. */
final class ClassIterator<R> implements PrimitiveIterator.OfInt {
    private final Iterator<? extends R> rows;
    private final R[] batch;
    private final ObjLongConsumer<R> check;
    private final Classifier<R> classifier;
    private final int[] classes;
    private int at;
    private int count;
    private long taken;

    /** Writes the classes of rows. */
    @FunctionalInterface
    interface Classifier<R> {
        void classes(R[] rows, int[] classes);
    }

    /**
     * @param batch room for a batch
     * @param check refuses a row by its number from 0 on
     */
    ClassIterator(Iterator<? extends R> rows, R[] batch, ObjLongConsumer<R> check, Classifier<R> classifier) {
        this.rows = rows;
        this.batch = batch;
        this.check = check;
        this.classifier = classifier;
        this.classes = new int[batch.length];
    }

    @Override
    public boolean hasNext() {
        return at < count || rows.hasNext();
    }

    @Override
    public int nextInt() {
        if (at == count) {
            fill();
        }
        return classes[at++];
    }

    private void fill() {
        int next = 0;
        for (; next < batch.length && rows.hasNext(); next++) {
            R row = rows.next();
            check.accept(row, taken++);
            batch[next] = row;
        }
        if (next == 0) {
            throw new NoSuchElementException();
        }
        classifier.classes(next == batch.length ? batch : Arrays.copyOf(batch, next), classes);
        Arrays.fill(batch, null);
        at = 0;
        count = next;
    }
}
