package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import java.util.List;

/**
 * Joins the outputs of a convolution, window by window, by OR: relaxed, the maximum, whose gradient goes to the output
 * that is largest, the first at a tie.
 *
 * @param volume whether the convolution is one over volumes
 */
public record OrPool(Window window, boolean volume) implements NetworkSpec.Block {
    private static final String NAME = "orpool:";

    /** A place in a window takes two bits to eight of a lane. */
    private static final int MAX_SIDE = 8;

    @Override
    public String toString() {
        return NAME + window.name(volume);
    }

    /** Reads {@code orpool:2} after the blocks that stand before it. */
    static OrPool parse(String stage, List<NetworkSpec.Block> before) {
        if (before.isEmpty() || !(before.getLast() instanceof Conv conv)) {
            throw new InputException(
                    "--network: '" + stage + "' pools what a convolution gives; expected it after conv:");
        }
        String size = stage.substring(NAME.length()).strip();
        return new OrPool(Window.parse(size, stage, 1, MAX_SIDE, conv.volume()), conv.volume());
    }
}
