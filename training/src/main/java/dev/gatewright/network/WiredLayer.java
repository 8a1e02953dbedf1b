package dev.gatewright.network;

/** A layer whose gates each read inputs of the layer and each give an output. */
public sealed interface WiredLayer extends Layer permits DenseLayer, LutLayer {
    /** Which input of the layer gate {@code gate} reads as its input {@code input}: of learned wires, the one chosen now. */
    int wire(int gate, int input);

    @Override
    default int outputs() {
        return gates();
    }

    @Override
    default long unrolledGates() {
        return gates();
    }
}
