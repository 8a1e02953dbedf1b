package dev.gatewright.model;

import dev.gatewright.encode.Encoder;
import dev.gatewright.engine.Executable;
import java.util.Map;

/** Predictions of one row at a time, with the least delay. Allocates nothing, but for rows by column names. */
final class OneByOne implements AutoCloseable {
    private final Crew crew;
    private final int groups;
    private final Worker.Feed<byte[]> fromBytes;
    private final Worker.Feed<float[]> fromFloats;
    private final Worker.Feed<Map<String, ?>> fromNames;

    OneByOne(Encoder encoder, Executable executable, int groups) {
        Feeds feeds = new Feeds(encoder, executable.inputsRead());
        this.groups = groups;
        this.crew = new Crew(executable, 1, made -> feeds.worker(made, groups));
        this.fromBytes = feeds::byteRow;
        this.fromFloats = feeds::floatRow;
        this.fromNames = feeds::named;
    }

    int classOf(byte[] row) {
        return classOf(fromBytes, row);
    }

    int classOf(float[] row) {
        return classOf(fromFloats, row);
    }

    int classOf(Map<String, ?> row) {
        return classOf(fromNames, row);
    }

    /** The number of true outputs. */
    int sum(byte[] row) {
        return sum(fromBytes, row);
    }

    int sum(float[] row) {
        return sum(fromFloats, row);
    }

    int sum(Map<String, ?> row) {
        return sum(fromNames, row);
    }

    private <S> int classOf(Worker.Feed<S> feed, S row) {
        Worker worker = crew.take();
        try {
            feed.load(worker, row, 0, 1);
            worker.block().run();
            worker.block().classes(groups, 1, worker.sums(), 0);
            return worker.sums()[0];
        } finally {
            crew.give(worker);
        }
    }

    private <S> int sum(Worker.Feed<S> feed, S row) {
        Worker worker = crew.take();
        try {
            feed.load(worker, row, 0, 1);
            worker.block().run();
            worker.block().groupSums(groups, 1, worker.sums(), 0);
            return worker.sums()[0];
        } finally {
            crew.give(worker);
        }
    }

    /** Ends the use, when no call runs. */
    @Override
    public void close() {
        crew.close();
    }
}
