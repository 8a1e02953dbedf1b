package dev.gatewright.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.InputException;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkSpecTest {
    @Test
    void readsTheDescriptionOfTheReadme() {
        NetworkSpec spec = NetworkSpec.parse("threshold:0.5 | dense:8000x6 | groupsum:tau=10");
        assertThat(spec.encoder()).isEqualTo("threshold:0.5");
        assertThat(spec.blocks()).hasSize(1);
        assertThat(((NetworkSpec.Wide) spec.blocks().getFirst()).widths())
                .isEqualTo(List.of(8000, 8000, 8000, 8000, 8000, 8000));
        assertThat(spec.tau()).hasValue(10);
        assertThat(spec.outputs(Optional.empty())).isEqualTo(8000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thermometer:3 | dense:40960,20480,10240,wiring=random | groupsum:tau=20",
                "dense:24x6",
                "dense:24x6,wiring=learned",
                "dense:24x6,wiring=learned:candidates=32:rate=0.5 | dense:12,wiring=learned:temperature=2.0",
                "dense:24x2,relaxation=light,init=gaussian | dense:12 | groupsum",
                "dense:24x2,estimator=straight-through,relaxation=light-sine",
                "dense:24x2,estimator=gumbel:temperature=0.5 | dense:12,estimator=soft:temperature=3..0.25",
                "dense:24x2,estimator=straight-through:temperature=cage",
                "dense:24x2,estimator=hardening:end=0.5:temperature=3.0..0.25",
                "dense:24x2,estimator=hardening:end=1.0,relaxation=light-sine",
                "dense:24x2,relaxation=covariance,estimator=soft:temperature=2,init=residual",
                "auto|dense:100x1 , 50 | groupsum:tau=auto",
                "lut:2000x2",
                "thermometer:3 | lut:1000,inputs=6,wiring=learned,relaxation=finite-difference | groupsum:tau=3",
                "lut:100,inputs=3,wiring=learned:candidates=32:rate=0.5",
                "dense:20,wiring=learned:candidates=2:temperature=0.5:renew=100",
                "dense:20,wiring=learned:candidates=2:window=5 | dense:20",
                "lut:2000,1000,inputs=4,wiring=random,relaxation=light-sine,init=residual | dense:200 | groupsum:tau=5"
            })
    void whatItPrintsReadsAsTheSame(String text) {
        NetworkSpec spec = NetworkSpec.parse(text);
        assertThat(NetworkSpec.parse(spec.toString())).isEqualTo(spec);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "|",
                "threshold",
                "dense:",
                "dense:0",
                "dense:-5x2",
                "dense:8000x0",
                "dense:99999999999",
                "dense:8xx2",
                "dense:8,colour=red",
                "dense:8,wiring=moth",
                "dense:8,wiring=local:window=1",
                "dense:8,wiring=local:window=wide",
                "dense:8,wiring=local:width=9",
                "dense:8,wiring=learnedly",
                "dense:8,wiring=learned:",
                "dense:8,wiring=learned:candidates=1",
                "dense:8,wiring=learned:candidates=0",
                "dense:8,wiring=learned:candidates=some",
                "dense:8,wiring=learned:rate=0",
                "dense:8,wiring=learned:renew=100",
                "dense:8,wiring=learned:candidates=4:renew=-1",
                "dense:8,wiring=learned:candidates=4:renew=often",
                "dense:8,wiring=learned:window=-1",
                "dense:8,wiring=learned:window=wide",
                "dense:8,wiring=learned:candidates=4:renew=5:window=5",
                "dense:8,wiring=learned:temperature=NaN",
                "dense:8,wiring=learned:colour=3",
                "dense:8,estimator=hard",
                "dense:8,estimator=gumbel:",
                "dense:8,estimator=gumbel:colour=3",
                "dense:8,estimator=gumbel:end=1",
                "dense:8,estimator=hardening:end=0",
                "dense:8,estimator=hardening:end=late",
                "dense:8,estimator=hardening:end=2.5",
                "dense:8,estimator=hardening:end=NaN",
                "dense:8,estimator=gumbel:temperature=0",
                "dense:8,estimator=soft:temperature=1..NaN",
                "dense:8,estimator=soft:temperature=1..2..3",
                "dense:8,estimator=soft:temperature=..",
                "dense:8,estimator=soft:temperature=cage",
                "dense:8,estimator=straight-through:temperature=cage,relaxation=light",
                "dense:8,estimator=gumbel,relaxation=light-sine",
                "dense:8,estimator=soft:temperature=2,relaxation=light-sine",
                "dense:8,estimator=gumbel,relaxation=covariance",
                "dense:8 | groupsum:tau=0",
                "lut:",
                "lut:8,inputs=1",
                "lut:8,inputs=7",
                "lut:8,inputs=two",
                "lut:8,wiring=learned:candidates=1",
                "lut:8,wiring=moth",
                "lut:8,relaxation=softmax16",
                "lut:8,colour=red",
                "dense:8 | groupsum:tau=NaN",
                "groupsum | dense:8",
                "dense:8 | threshold",
                "dense:10x999999999"
            })
    void whatCannotBeReadIsRefusedInOneSentence(String text) {
        assertThatThrownBy(() -> NetworkSpec.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--network: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void largerGatesHaveSixInputsWhereNoneAreAskedFor() {
        LogicNetwork network = NetworkSpec.parse("lut:20x2").network(30, 10, new SplittableRandom(0));
        assertThat(network.layers()).allMatch(layer -> layer.arity() == 6 && layer.parametersPerGate() == 64);
        assertThat(network.gates()).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"butterfly", "local:window=8", "unique", "random"})
    void everyClassReadsFromAllInputs(String wiring) {
        LogicNetwork network =
                NetworkSpec.parse("dense:1000x2,wiring=" + wiring).network(1000, 10, new SplittableRandom(1));
        WiredLayer last = (WiredLayer) network.layers().getLast();
        for (int group = 0; group < 10; group++) {
            IntSummaryStatistics read = IntStream.range(group * 100, group * 100 + 100)
                    .map(gate -> last.wire(gate, 0))
                    .summaryStatistics();
            assertThat(read.getMax() - read.getMin()).as("group %d", group).isGreaterThan(800);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense:20", "lut:20,inputs=3", "conv:kernels=4,pad=1 | dense:200"})
    void aWindowIsOfTheFirstWideLayerOverImages(String layers) {
        String windowed = layers + ",wiring=learned:candidates=4:window=3";
        Optional<Planes> planes = Optional.of(new Planes(2, 8, 8));
        SplittableRandom random = new SplittableRandom(2);
        WiredLayer first = (WiredLayer)
                NetworkSpec.parse(windowed + " | dense:100").network(128, planes, 10, random).layers().stream()
                        .filter(WiredLayer.class::isInstance)
                        .findFirst()
                        .orElseThrow();
        for (int gate = 0; gate < first.gates(); gate++) {
            int one = first.wire(gate, 0) % 64;
            int other = first.wire(gate, 1) % 64;
            assertThat(Math.abs(one % 8 - other % 8))
                    .as("columns of gate %d", gate)
                    .isLessThan(3);
            assertThat(Math.abs(one / 8 - other / 8))
                    .as("rows of gate %d", gate)
                    .isLessThan(3);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dense:70 | dense:20,wiring=learned:candidates=4:window=3",
                "conv:kernels=5,wiring=learned:window=3"
            })
    void aWindowElsewhereIsRefused(String text) {
        NetworkSpec spec = NetworkSpec.parse(text);
        assertThatThrownBy(() -> spec.network(128, Optional.of(new Planes(2, 8, 8)), 10, new SplittableRandom(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("as the first layer over images");
    }

    @Test
    void largerGatesAreNotWiredByRulesForPairs() {
        for (String wiring : List.of("butterfly", "local:window=8")) {
            NetworkSpec spec = NetworkSpec.parse("lut:20,wiring=" + wiring);
            assertThatThrownBy(() -> spec.network(20, 10, new SplittableRandom(0)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("wiring=" + wiring)
                    .hasMessageContaining("or wiring=unique, wiring=random or wiring=learned");
        }
    }

    @Test
    void aWidthThatDoesNotDivideAmongTheClassesIsRefusedWithOneThatDoes() {
        NetworkSpec spec = NetworkSpec.parse("dense:64x2");
        assertThatThrownBy(() -> spec.network(20, 10, new SplittableRandom(0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("64")
                .hasMessageContaining("such as 60");
    }
}
