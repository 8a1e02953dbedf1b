package dev.gatewright.network;

import dev.gatewright.encode.InputException;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The squares of pixels of images, through all their planes, that the candidates of a gate are drawn from. */
final class Patches {
    private final Planes planes;
    private final int side;

    /** @throws InputException if there are no images or their sides are shorter than the window */
    Patches(Optional<Planes> images, Wiring.Learned wiring) {
        planes = images.orElseThrow(() -> new InputException("--network: wiring=" + wiring.name()
                        + " draws candidates within squares of pixels; expected it in dense: or lut: as the first layer"
                        + " over images, and threshold or thermometer with uniform spacing, which give every pixel the"
                        + " same thresholds"))
                .images();
        side = wiring.window();
        if (side > Math.min(planes.rows(), planes.columns())) {
            throw new InputException("--network: wiring=" + wiring.name() + " over images of " + planes.rows() + "×"
                    + planes.columns() + " pixels; expected a window of at most "
                    + Math.min(planes.rows(), planes.columns()));
        }
    }

    /** Wires of a patch. */
    int size() {
        return planes.channels() * side * side;
    }

    /** Fills {@code wires} with those of a patch, all of which are equally likely. */
    void draw(RandomGenerator random, int[] wires) {
        int top = random.nextInt(planes.rows() - side + 1);
        int left = random.nextInt(planes.columns() - side + 1);
        int at = 0;
        for (int plane = 0; plane < planes.channels(); plane++) {
            for (int row = top; row < top + side; row++) {
                for (int column = left; column < left + side; column++, at++) {
                    wires[at] = (plane * planes.rows() + row) * planes.columns() + column;
                }
            }
        }
    }
}
