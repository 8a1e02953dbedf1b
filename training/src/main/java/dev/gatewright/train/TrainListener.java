package dev.gatewright.train;

/** Somebody who follows a training run. Called on the training thread. */
public interface TrainListener {
    /** Listens to nothing. */
    TrainListener SILENT = new TrainListener() {};

    /** After a network was tried for a few epochs, because none was asked for: before the one that did best is trained. */
    default void tried(Trial trial) {}

    /** After every step. */
    default void step(StepReport report) {}

    /** After every evaluation. */
    default void epoch(EpochReport report) {}

    /** Asked after every step: true ends training as after its last step, with a checkpoint if one is kept. */
    default boolean cancelled() {
        return false;
    }
}
