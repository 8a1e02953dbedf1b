package dev.gatewright.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.EncoderSpec;
import dev.gatewright.encode.Images;
import dev.gatewright.encode.InputException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvTest {
    private static LogicNetwork network(String description, Planes images, int groups) {
        return NetworkSpec.parse(description)
                .network(images.size(), Optional.of(images), groups, new SplittableRandom(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "threshold | conv:kernels=32,field=3,depth=3,pad=1 | orpool:2 | dense:40960,20480,10240"
                        + " | groupsum:tau=20",
                "conv:kernels=8,field=1x5,depth=4,pad=0x2,stride=1x2,channels=3,groups=2,wiring=random | orpool:1x2",
                "conv3d:kernels=8,field=1x3x3,pad=1,stride=2x1x1 | orpool:2 | conv3d:kernels=4,field=2 | orpool:1x2x2",
                "conv:kernels=8,wiring=learned:candidates=16:rate=0.5 | conv:kernels=4,channels=3,wiring=learned",
                "conv:kernels=8,relaxation=light,estimator=straight-through,init=gaussian | conv:kernels=4 | lut:20"
            })
    void whatItPrintsReadsAsTheSame(String text) {
        NetworkSpec spec = NetworkSpec.parse(text);
        assertThat(NetworkSpec.parse(spec.toString())).isEqualTo(spec);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conv:",
                "conv:32",
                "conv:field=3",
                "conv:kernels=0",
                "conv:kernels=8,depth=5",
                "conv:kernels=8,depth=0",
                "conv:kernels=8,field=0",
                "conv:kernels=8,field=3x",
                "conv:kernels=8,pad=-1",
                "conv:kernels=8,stride=0",
                "conv:kernels=8,channels=7",
                "conv:kernels=8,groups=3",
                "conv:kernels=8,wiring=butterfly",
                "conv:kernels=8,wiring=learned:candidates=1",
                "conv:kernels=8,wiring=learned:colour=red",
                "conv:kernels=8,wiring=learnt",
                "conv:kernels=8,channels=all",
                "conv:kernels=8,field=3x3x3",
                "conv3d:kernels=8,field=3x3",
                "conv3d:kernels=8 | orpool:2x2",
                "conv3d:",
                "conv:kernels=8,colour=red",
                "conv:kernels=8,estimator=gumbel,relaxation=light-sine",
                "orpool:2",
                "dense:8 | orpool:2",
                "conv:kernels=8 | orpool:2 | orpool:2",
                "conv:kernels=8 | orpool:9",
                "conv:kernels=8 | orpool:"
            })
    void whatCannotBeReadIsRefusedInOneSentence(String text) {
        assertThatThrownBy(() -> NetworkSpec.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--network: ")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "conv:kernels=4,field=7;a field of 7×7 over images of 6×5 with a border of 0; expected at most 6×5",
                "conv:kernels=4,field=9x3,pad=1;a field of 9×3",
                "conv:kernels=4,field=5 | orpool:2;orpool:2 over 2×1 positions leaves nothing; expected at most 2×1",
                "conv:kernels=4,groups=2;3 channels do not divide into 2 groups; expected a divisor of 3",
                "conv3d:kernels=4;a field of 3×3×3 over volumes of 1×6×5 with a border of 0; expected at most 1×6×5",
                "conv3d:kernels=4,pad=1x0x0 | orpool:2;orpool:2 over 1×4×3 positions leaves nothing; expected at most"
                        + " 1×4×3",
                "conv:kernels=4,field=2,wiring=learned:candidates=13;asks for 13 candidates in a layer over 12 wires",
                "conv:kernels=4,field=1,groups=3,wiring=learned;4 kernels do not divide into 3 groups",
                "conv:kernels=6,field=1,groups=3,wiring=learned;learned wires over 1 wire",
                "conv:kernels=1048576,depth=1,pad=1;training 31457280 outputs of convolutions in one thread takes 3840"
                        + " MiB",
                "conv:kernels=1048576,wiring=learned;learning the leaves of 1048576 trees among 27 places takes",
                "dense:60 | conv:kernels=4;slides over images; expected it before any dense",
                "conv:kernels=5,field=5;the last layer has 10 gates, which do not divide among 4 classes",
                "conv:kernels=1048576,depth=4;training 251658240 parameters takes 3840 MiB, the heap at most"
            })
    void whatDoesNotFitTheImagesIsRefusedWithTheNumbers(String description, String found) {
        assertThatThrownBy(() -> network(description, new Planes(3, 6, 5), 4))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--network: ")
                .hasMessageContaining(found);
    }

    @Test
    void wiresThatFormNoImagesAreRefused() {
        assertThatThrownBy(() -> NetworkSpec.parse("conv:kernels=4").network(90, 2, new SplittableRandom(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("expected")
                .hasMessageContaining("a data set of images");
    }

    /** Every tree reads as many planes as it may, of its own group, and no place twice while there are others. */
    @ParameterizedTest
    @CsvSource({"unique,1,2", "random,1,2", "unique,2,2", "unique,2,3", "random,4,1"})
    void leavesLieInTheFieldOfTheirGroupsPlanes(String wiring, int groups, int channels) {
        ConvLayer layer = (ConvLayer) network(
                        "conv:kernels=24,field=3,depth=3,channels=" + channels + ",groups=" + groups + ",wiring="
                                + wiring,
                        new Planes(8, 6, 6),
                        4)
                .layers()
                .getFirst();
        for (int kernel = 0; kernel < 24; kernel++) {
            Set<Integer> planes = new HashSet<>();
            Set<Integer> places = new HashSet<>();
            for (int leaf = 0; leaf < 8; leaf++) {
                int place = layer.place(kernel, leaf);
                planes.add(place / 9);
                places.add(place);
                assertThat(place / 9 / (8 / groups)).isEqualTo(kernel / (24 / groups));
            }
            assertThat(planes).hasSizeLessThanOrEqualTo(channels);
            assertThat(places).as("kernel %d", kernel).hasSize(8);
        }
    }

    /** Candidates are distinct places in the planes of the kernel's group, or in as many of them as a tree reads. */
    @ParameterizedTest
    @CsvSource({"1,all,72", "2,all,36", "2,2,18", "1,3,27", "4,1,9"})
    void learnedLeavesChooseInTheFieldOfTheirPlanes(int groups, String channels, int places) {
        for (int candidates : new int[] {0, 7}) {
            ConvLayer layer = (ConvLayer) network(
                            "conv:kernels=24,field=3,depth=2,groups=" + groups + ",channels=" + channels
                                    + ",wiring=learned:candidates=" + (candidates == 0 ? "all" : candidates),
                            new Planes(8, 6, 6),
                            4)
                    .layers()
                    .getFirst();
            LearnedLeaves leaves = layer.learnedLeaves().orElseThrow();
            assertThat(leaves.wires().candidates()).isEqualTo(candidates == 0 ? places : candidates);
            for (int slot = 0; slot < 24 * 4; slot++) {
                Set<Integer> found = new HashSet<>();
                Set<Integer> planes = new HashSet<>();
                for (int k = 0; k < leaves.wires().candidates(); k++) {
                    int place = leaves.place(slot, leaves.wires().candidate(slot, k));
                    found.add(place);
                    planes.add(place / 9);
                    assertThat(place / 9 / (8 / groups)).isEqualTo(slot / 4 / (24 / groups));
                }
                assertThat(found).hasSize(leaves.wires().candidates());
                assertThat(planes).hasSizeLessThanOrEqualTo(places / 9);
                assertThat(found).contains(layer.place(slot / 4, slot % 4));
            }
        }
    }

    /** More leaves than places: each place once, then again. */
    @Test
    void aSmallFieldIsReadMoreThanOnce() {
        ConvLayer layer = (ConvLayer) network("conv:kernels=4,field=1,depth=2", new Planes(1, 4, 4), 4)
                .layers()
                .getFirst();
        assertThat(layer.input(3, 3, new Window(0, 2, 1))).isEqualTo(9);
    }

    @Test
    void theBorderIsNoInput() {
        ConvLayer layer = (ConvLayer) network("conv:kernels=4,field=1,depth=1,pad=1,stride=2", new Planes(1, 3, 3), 4)
                .layers()
                .getFirst();
        assertThat(layer.shape().output()).isEqualTo(new Planes(4, 3, 3));
        assertThat(layer.input(0, 0, new Window(0, 0, 0))).isEqualTo(ConvLayer.BORDER);
        assertThat(layer.input(0, 0, new Window(0, 1, 1))).isEqualTo(4);
        assertThat(layer.input(0, 0, new Window(0, 2, 2))).isEqualTo(ConvLayer.BORDER);
    }

    /** Gates before any simplification, as published or counted from what is published (Petersen et al., NeurIPS 2024). */
    @ParameterizedTest
    @CsvSource({
        "mnist,16,2,236848",
        "mnist,64,2,947392",
        "mnist,256,1,3216128",
        "cifar,32,1,960512",
        "cifar,256,1,7684096"
    })
    void thePublishedNetworksHaveTheirPublishedSize(String data, int k, int factor, long gates) {
        String head = " | dense:" + 1280 * k * factor + "," + 640 * k * factor + "," + 320 * k * factor;
        boolean mnist = data.equals("mnist");
        String description = mnist
                ? conv(k, 5, 0) + conv(3 * k, 3, 1) + conv(9 * k, 3, 1)
                : conv(k, 3, 1) + conv(4 * k, 3, 1) + conv(16 * k, 3, 1) + conv(32 * k, 3, 1);
        Planes images = mnist ? new Planes(1, 28, 28) : new Planes(9, 32, 32);
        NetworkSpec spec = NetworkSpec.parse(description.substring(3) + head);
        assertThat(spec.unrolledGates(Optional.of(images))).isEqualTo(gates);
        if (k <= 32) {
            LogicNetwork network = spec.network(images.size(), Optional.of(images), 10, new SplittableRandom(1));
            assertThat(network.unrolledGates()).isEqualTo(gates);
            assertThat(network.gates()).isEqualTo(mnist ? 73_136 : 83_552);
        }
    }

    private static String conv(int kernels, int field, int pad) {
        return " | conv:kernels=" + kernels + ",field=" + field + ",depth=3,pad=" + pad + " | orpool:2";
    }

    @Test
    void encodersOfImagesFormPlanes() {
        SplittableRandom random = new SplittableRandom(3);
        byte[] pixels = new byte[20 * 3 * 4 * 5];
        random.nextBytes(pixels);
        pixels[0] = 7;
        Images images = new Images(20, 3, 4, 5, pixels);
        assertThat(planes("thermometer:3", images)).contains(new Planes(3, 3, 4, 5));
        assertThat(planes("threshold", images)).contains(new Planes(1, 3, 4, 5));
        assertThat(planes("thermometer:3+edges:0.2+laplace", images)).contains(new Planes(3 + 4 + 2, 3, 4, 5));
        assertThat(new Planes(2, 3, 4, 5).images()).isEqualTo(new Planes(6, 4, 5));
        Images constant = new Images(2, 1, 2, 2, new byte[] {0, 1, 2, 3, 0, 1, 3, 4});
        assertThat(planes("thermometer:2,quantile", constant)).isEmpty();
        assertThat(planes("thermometer:2,quantile+edges", constant)).isEmpty();
    }

    private static Optional<Planes> planes(String encoder, Images images) {
        Encoder fitted = EncoderSpec.parse(encoder).fit(images);
        return Planes.of(fitted);
    }
}
