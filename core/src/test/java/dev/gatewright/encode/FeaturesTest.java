package dev.gatewright.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.bits.BitMatrix;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Features of images: values by hand, planes in their order, descriptions. */
final class FeaturesTest {
    /** What a stencil makes of one image of three rows. */
    private static int[] made(Stencil stencil, int... pixels) {
        int width = pixels.length / 3;
        byte[] bytes = new byte[2 * pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            bytes[i] = (byte) pixels[i];
        }
        new Encoder.Inputs.Pixels(1, 3, width, List.of(stencil)).derive(bytes, 0);
        return IntStream.range(pixels.length, bytes.length)
                .map(i -> bytes[i] & 0xFF)
                .toArray();
    }

    private static Stencil edge(int side) {
        return Features.EDGES.stencils().get(side);
    }

    @Test
    void edgesPointToTheLighterSide() {
        int[] step = {0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255};
        assertThat(made(edge(0), step)).containsExactly(0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0);
        for (int side = 1; side < 4; side++) {
            assertThat(made(edge(side), step)).containsOnly(0);
        }
        int[] mirrored = {255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0};
        assertThat(made(edge(1), mirrored)).containsExactly(0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0);
        int[] darker = {0, 0, 0, 100, 100, 100, 100, 100, 100};
        assertThat(made(edge(2), darker)).containsExactly(100, 100, 100, 100, 100, 100, 0, 0, 0);
        int[] lighter = {7, 7, 7, 7, 7, 7, 0, 0, 0};
        assertThat(made(edge(3), lighter)).containsExactly(0, 0, 0, 7, 7, 7, 7, 7, 7);
    }

    @Test
    void weighsCornersOnceAndSidesTwice() {
        // In the middle: (1·30 + 2·0 + 1·20 − 1·0 − 2·10 − 1·3) / 4 = 6.75; at the right edge itself 30·3 − 3·0 … by
        // hand.
        int[] pixels = {0, 9, 30, 10, 9, 0, 3, 9, 20};
        assertThat(made(edge(0), pixels)[4]).isEqualTo(6);
        // Top left: the pixel above is itself, the one to the left too: (3·9 + 1·9 − 3·0 − 1·10) / 4 = 6.5.
        assertThat(made(edge(0), pixels)[0]).isEqualTo(6);
        // Bottom right: (1·0 + 3·20 − 1·9 − 3·9) / 4 = 6.
        assertThat(made(edge(0), pixels)[8]).isEqualTo(6);
    }

    @Test
    void curvatureFindsLinesAndGaps() {
        List<Stencil> bank = Features.CURVATURE.stencils();
        int[] line = {0, 200, 0, 0, 200, 0, 0, 200, 0};
        int[] gap = {200, 0, 200, 200, 0, 200, 200, 0, 200};
        int[] level = {0, 0, 0, 80, 80, 80, 0, 0, 0};
        assertThat(made(bank.get(0), line)).containsExactly(0, 200, 0, 0, 200, 0, 0, 200, 0);
        // At the border the nearest pixel stands for those outside: (0 − 2·0 + 200)·4 / 8 = 100.
        assertThat(made(bank.get(1), line)).containsExactly(100, 0, 100, 100, 0, 100, 100, 0, 100);
        assertThat(made(bank.get(1), gap)).containsExactly(0, 200, 0, 0, 200, 0, 0, 200, 0);
        assertThat(made(bank.get(2), level)).containsExactly(0, 0, 0, 80, 80, 80, 0, 0, 0);
        assertThat(made(bank.get(3), level)).containsExactly(40, 40, 40, 0, 0, 0, 40, 40, 40);
        assertThat(made(bank.get(2), line)).containsOnly(0);
    }

    @Test
    void laplaceFindsSpotsAndHoles() {
        int[] spot = {10, 10, 10, 10, 110, 10, 10, 10, 10};
        assertThat(made(Features.LAPLACE.stencils().get(0), spot)).containsExactly(0, 0, 0, 0, 100, 0, 0, 0, 0);
        assertThat(made(Features.LAPLACE.stencils().get(1), spot)).containsExactly(0, 25, 0, 25, 0, 25, 0, 25, 0);
    }

    @Test
    void everyImageStaysAByte() {
        int[] all = IntStream.range(0, 9).map(i -> 255).toArray();
        assertThat(made(Stencil.of(127, 127, 127, 127, 127, 127, 127, 127, 127), all))
                .containsOnly(255);
        assertThat(made(Stencil.of(1, -127, -127, -127, -127, -127, -127, -127, -127), all))
                .containsOnly(0);
    }

    @Test
    void planesFollowThoseOfThePixelsColourByColour() {
        // Red: a step to the right. Green: a step downwards. Both dark where blue is light.
        byte[] pixels = new byte[3 * 9];
        for (int i = 0; i < 9; i++) {
            pixels[i] = (byte) (i % 3 == 2 ? 200 : 0);
            pixels[9 + i] = (byte) (i / 3 == 2 ? 200 : 0);
            pixels[18 + i] = (byte) 255;
        }
        Images images = new Images(1, 3, 3, 3, pixels);
        Encoder encoder = EncoderSpec.parse("threshold+edges:0.25").fit(images);
        assertThat(encoder.bits()).isEqualTo(27 * 5);
        assertThat(encoder.summary()).isEqualTo("135 bits from images of 3×3×3 and 4 features of them");
        assertThat(encoder.describe(26)).isEqualTo("pixel (2,2,2) > 127.5");
        assertThat(encoder.describe(27 + 5)).isEqualTo("right edge (0,1,2) > 63.75");
        assertThat(encoder.describe(27 * 3 + 9)).isEqualTo("lower edge (1,0,0) > 63.75");
        assertThat(plane(encoder, images, 0)).isEqualTo("001001001" + "000000111" + "111111111");
        assertThat(plane(encoder, images, 1)).isEqualTo("011011011" + "000000000" + "000000000");
        assertThat(plane(encoder, images, 2)).doesNotContain("1");
        assertThat(plane(encoder, images, 3)).isEqualTo("000000000" + "000111111" + "000000000");
        assertThat(plane(encoder, images, 4)).doesNotContain("1");
    }

    /** The bits of all colours of plane {@code plane}. */
    private static String plane(Encoder encoder, Images images, int plane) {
        BitMatrix bits = encoder.encode(images);
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < images.size(); bit++) {
            text.append(bits.get(0, plane * images.size() + bit) ? '1' : '0');
        }
        return text.toString();
    }

    @Test
    void severalThresholdsShareAStencil() {
        Encoder encoder = EncoderSpec.parse("thermometer:2 + laplace:0.1 + edges + laplace:0.3")
                .fit(new Images(1, 1, 2, 2, new byte[4]));
        assertThat(((Encoder.Inputs.Pixels) encoder.inputs()).stencils()).hasSize(6);
        assertThat(encoder.bits()).isEqualTo(4 * (2 + 2 + 4 + 2));
        assertThat(encoder.column(4 * 8)).isEqualTo(4);
        assertThat(encoder.value(4 * 8)).isEqualTo(76.5f);
        assertThat(encoder.value(4 * 4)).isEqualTo(25.5f);
    }

    @Test
    void bitsOfEveryRowOfManyAreThoseOfTheRowAlone() {
        int[] some = IntStream.range(0, 130).toArray();
        byte[] pixels = new byte[130 * 20];
        new java.util.Random(3).nextBytes(pixels);
        Images images = new Images(130, 1, 4, 5, pixels);
        Encoder encoder =
                EncoderSpec.parse("thermometer:3,quantile+curvature:0.2").fit(images);
        BitMatrix bits = encoder.encode(images);
        for (int row : some) {
            BitMatrix alone = encoder.encode(images.select(new int[] {row}));
            for (int bit = 0; bit < encoder.bits(); bit++) {
                assertThat(bits.get(row, bit)).as("row %d, bit %d", row, bit).isEqualTo(alone.get(0, bit));
            }
        }
    }

    @Test
    void readsDescriptions() {
        EncoderSpec expected = new EncoderSpec.Featured(
                new EncoderSpec.Thermometer(3, EncoderSpec.Spacing.DEFAULT),
                List.of(
                        new EncoderSpec.Feature(Features.EDGES, 0.1f),
                        new EncoderSpec.Feature(Features.CURVATURE, 0.25f)));
        assertThat(EncoderSpec.parse("thermometer:3+edges+curvature:0.25")).isEqualTo(expected);
        assertThat(EncoderSpec.parse(" thermometer:3 + Edges + curvature: +0.25 "))
                .isEqualTo(expected);
        assertThat(EncoderSpec.parse("threshold:+0.5")).isEqualTo(EncoderSpec.parse("threshold"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "edges",
                "threshold+",
                "threshold+edge",
                "threshold+edges:",
                "threshold+edges:0",
                "threshold+edges:1",
                "threshold+edges:nan",
                "+edges",
                "threshold++edges",
                "threshold+thermometer:3"
            })
    void refusesWhatItCannotRead(String text) {
        assertThatThrownBy(() -> EncoderSpec.parse(text)).isInstanceOf(InputException.class);
    }

    @Test
    void refusesTablesAndHardware() {
        Table table = new Table(2, List.of(new NumberColumn("x", false, new float[] {0, 1})));
        assertThatThrownBy(() -> EncoderSpec.parse("auto+laplace").fit(table))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("laplace are features of images, and the data are a table");
        Encoder encoder = EncoderSpec.parse("auto+laplace").fit(new Images(1, 1, 2, 2, new byte[4]));
        assertThatThrownBy(() -> new RawBits(encoder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("features of images");
        Encoder plain = EncoderSpec.parse("auto").fit(new Images(1, 1, 2, 2, new byte[4]));
        assertThatThrownBy(() -> EncoderUnion.of(Arrays.asList(plain, encoder)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("with 0 features and another images of 1×2×2 with 2 features");
    }
}
