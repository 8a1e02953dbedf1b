package dev.gatewright.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.encode.InputException;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
    private static final int HEIGHT = 9;
    private static final int WIDTH = 12;

    private static byte[] noise(int channels, int height, int width) {
        byte[] pixels = new byte[channels * height * width];
        new SplittableRandom(5).nextBytes(pixels);
        return pixels;
    }

    private static byte[] alter(String measures, byte[] pixels, int channels, int height, int width, long key) {
        byte[] result = new byte[channels * height * width];
        new Augmenter(Augmentation.parse(measures), channels, height, width).alter(pixels, 0, key, result);
        return result;
    }

    private static int at(byte[] pixels, int channel, int y, int x) {
        return y < 0 || y >= HEIGHT || x < 0 || x >= WIDTH ? 0 : pixels[(channel * HEIGHT + y) * WIDTH + x] & 0xFF;
    }

    @Test
    void measuresOfZeroCopyTheImage() {
        byte[] pixels = noise(3, HEIGHT, WIDTH);
        for (long key = 0; key < 20; key++) {
            assertThat(alter("shift=0", pixels, 3, HEIGHT, WIDTH, key)).isEqualTo(pixels);
        }
    }

    @Test
    void aCropIsEveryWholeShiftAndNothingElse() {
        byte[] pixels = noise(2, HEIGHT, WIDTH);
        Set<String> seen = new HashSet<>();
        for (long key = 0; key < 400; key++) {
            byte[] result = alter("crop=2", pixels, 2, HEIGHT, WIDTH, key);
            int matches = 0;
            for (int dy = -2; dy <= 2; dy++) {
                for (int dx = -2; dx <= 2; dx++) {
                    if (isShifted(pixels, result, dy, dx)) {
                        matches++;
                        seen.add(dy + "," + dx);
                    }
                }
            }
            assertThat(matches).as("key %d", key).isEqualTo(1);
        }
        assertThat(seen).hasSize(25);
    }

    private static boolean isShifted(byte[] pixels, byte[] result, int dy, int dx) {
        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    if (at(result, c, y, x) != at(pixels, c, y - dy, x - dx)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    @Test
    void aFlipMirrorsAboutHalfOfTheImages() {
        byte[] pixels = noise(1, HEIGHT, WIDTH);
        byte[] mirrored = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            mirrored[i] = pixels[i / WIDTH * WIDTH + WIDTH - 1 - i % WIDTH];
        }
        int flipped = 0;
        for (long key = 0; key < 1000; key++) {
            byte[] result = alter("flip", pixels, 1, HEIGHT, WIDTH, Augmenter.key(1, 2, (int) key));
            assertThat(result).isIn(pixels, mirrored);
            flipped += result[0] == mirrored[0] && result[WIDTH - 1] == mirrored[WIDTH - 1] ? 1 : 0;
        }
        assertThat(flipped).isBetween(430, 570);
    }

    /** A linear ramp, read bilinearly, moves by what the map says, to the rounding of places and values. */
    @ParameterizedTest
    @ValueSource(
            strings = {"shift=2.5", "rotate=20", "scale=0.3", "shear=0.3", "shift=1,rotate=10,scale=0.1,shear=0.1"})
    void theCentreOfARampMovesAsMeasured(String measures) {
        int side = 41;
        byte[] across = new byte[side * side];
        byte[] down = new byte[side * side];
        for (int i = 0; i < across.length; i++) {
            across[i] = (byte) (i % side * 6);
            down[i] = (byte) (i / side * 6);
        }
        Augmentation asked = Augmentation.parse(measures);
        double most = 0;
        for (long key = 0; key < 200; key++) {
            byte[] x = alter(measures, across, 1, side, side, key);
            byte[] y = alter(measures, down, 1, side, side, key);
            int centre = side / 2;
            double[] here = place(x, y, centre, centre, side);
            double[] right = place(x, y, centre, centre + 5, side);
            double[] below = place(x, y, centre + 5, centre, side);
            double xx = (right[0] - here[0]) / 5;
            double yx = (right[1] - here[1]) / 5;
            double xy = (below[0] - here[0]) / 5;
            double yy = (below[1] - here[1]) / 5;
            double size = 1 / Math.sqrt(xx * yy - xy * yx);
            double angle = Math.toDegrees(Math.atan2(-yx, yy));
            double slant = -(xy * yy + xx * yx) / (yy * yy + yx * yx);
            assertThat(size).isCloseTo(1, within(asked.scale() * 1.05 + 0.05));
            assertThat(angle).isCloseTo(0, within(asked.rotate() + 2));
            assertThat(slant).isCloseTo(0, within(asked.shear() + 0.05));
            double moved = Math.max(Math.abs(here[0] - centre), Math.abs(here[1] - centre));
            assertThat(moved).isLessThan(asked.shift() * 1.5 + 0.2);
            double strength = Math.abs(size - 1) + Math.abs(angle) + Math.abs(slant) + moved;
            most = Math.max(most, strength);
        }
        assertThat(most).isGreaterThan(0.2);
    }

    @Test
    void elasticBendsSmoothlyAndByNoMoreThanItSays() {
        int side = 41;
        byte[] across = new byte[side * side];
        byte[] down = new byte[side * side];
        for (int i = 0; i < across.length; i++) {
            across[i] = (byte) (i % side * 6);
            down[i] = (byte) (i / side * 6);
        }
        double most = 0;
        double mostTurn = 0;
        for (long key = 0; key < 100; key++) {
            byte[] x = alter("elastic=3", across, 1, side, side, key);
            byte[] y = alter("elastic=3", down, 1, side, side, key);
            for (int row = 4; row < side - 5; row++) {
                for (int column = 4; column < side - 5; column++) {
                    double[] here = place(x, y, row, column, side);
                    double[] right = place(x, y, row, column + 1, side);
                    double[] below = place(x, y, row + 1, column, side);
                    assertThat(here[0] - column).isCloseTo(0, within(3.2));
                    assertThat(here[1] - row).isCloseTo(0, within(3.2));
                    // Neighbours of a net of ten pixels a cell part by at most 6 pixels in 10, and rounding.
                    assertThat(right[0] - here[0]).isCloseTo(1, within(0.95));
                    assertThat(below[1] - here[1]).isCloseTo(1, within(0.95));
                    most = Math.max(most, Math.abs(here[0] - column));
                    mostTurn = Math.max(mostTurn, Math.abs(right[1] - here[1]));
                }
            }
        }
        assertThat(most).isGreaterThan(2);
        assertThat(mostTurn).isGreaterThan(0.3);
    }

    private static double[] place(byte[] x, byte[] y, int row, int column, int side) {
        return new double[] {(x[row * side + column] & 0xFF) / 6.0, (y[row * side + column] & 0xFF) / 6.0};
    }

    @Test
    void anAlterationIsAFunctionOfSeedEpochAndSample() {
        String measures = "shift=2,rotate=15,scale=0.1,shear=0.1,flip";
        byte[] pixels = noise(1, HEIGHT, WIDTH);
        Augmenter augmenter = new Augmenter(Augmentation.parse(measures), 1, HEIGHT, WIDTH);
        byte[] first = new byte[pixels.length];
        augmenter.alter(pixels, 0, Augmenter.key(1, 2, 3), first);
        byte[] other = new byte[pixels.length];
        augmenter.alter(pixels, 0, Augmenter.key(1, 2, 4), other);
        assertThat(other).isNotEqualTo(first);
        augmenter.alter(pixels, 0, Augmenter.key(1, 3, 3), other);
        assertThat(other).isNotEqualTo(first);
        augmenter.alter(pixels, 0, Augmenter.key(2, 2, 3), other);
        assertThat(other).isNotEqualTo(first);
        augmenter.alter(pixels, 0, Augmenter.key(1, 2, 3), other);
        assertThat(other).isEqualTo(first);
    }

    @Test
    void theGreatestMeasuresStayInsideTheFrame() {
        byte[] pixels = new byte[1024 * 1024];
        for (long key = 0; key < 20; key++) {
            assertThat(alter(
                            "shift=64,crop=64,rotate=180,scale=0.9,shear=2,elastic=64,flip",
                            pixels,
                            1,
                            1024,
                            1024,
                            key))
                    .isEqualTo(pixels);
        }
        assertThatThrownBy(() -> new Augmenter(Augmentation.parse("flip"), 1, 1025, 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("1025×3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shift=2",
                "crop=4",
                "flip",
                "shift=0.5,rotate=10,scale=0.1,shear=0.25,elastic=1.5,flip",
                "shift=0"
            })
    void descriptionsAreReadAndWritten(String text) {
        assertThat(Augmentation.parse(text).toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shift",
                "shift=",
                "shift=x",
                "flip=1",
                "wave=3",
                "shift=-1",
                "crop=1.5",
                "scale=1",
                "rotate=NaN"
            })
    void otherDescriptionsAreRefused(String text) {
        assertThatThrownBy(() -> Augmentation.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--augment: ")
                .hasMessageContaining("expected");
    }
}
