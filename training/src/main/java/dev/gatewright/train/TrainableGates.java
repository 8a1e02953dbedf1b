package dev.gatewright.train;

/** A layer whose two-input gates are {@link GateParameters}, wherever its passes place them. */
sealed interface TrainableGates extends Trainable permits TrainableConv, TrainableLayer {
    GateParameters gates();

    @Override
    default float[] expected() {
        return gates().expected();
    }

    @Override
    default int undecided() {
        return gates().undecided();
    }

    @Override
    default double squaredGradients(float[][] sums) {
        return gates().squaredGradients(sums);
    }

    @Override
    default void see(Moment now) {
        gates().see(now);
    }

    @Override
    default void prepare(Moment moment) {
        gates().prepare(moment);
    }

    @Override
    default void charge(float price) {
        gates().charge(price);
    }

    @Override
    default void advance() {
        gates().advance();
    }

    @Override
    default int sums() {
        return gates().sums();
    }

    @Override
    default int tasks() {
        return gates().tasks();
    }

    @Override
    default void update(int task, Kernels.AdamStep adam, float[][] sums, float[] scratch) {
        gates().update(task, adam, sums, scratch);
    }
}
