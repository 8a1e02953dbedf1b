package dev.gatewright.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.encode.InputException;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.model.Readout;
import dev.gatewright.pass.DropDeadGates;
import dev.gatewright.verify.ReferenceEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShrinkerTest {
    private static final int INPUTS = 9;
    private static final int CLASSES = 3;
    private static final Readout.GroupSum READOUT = new Readout.GroupSum(CLASSES, 1.7f);

    private static Judged random(long seed, int samples) {
        SplittableRandom random = new SplittableRandom(seed);
        return new Judged(
                RandomCircuits.randomBits(seed, samples, INPUTS),
                random.ints(samples, 0, CLASSES).toArray());
    }

    private static VoteLoss loss(Circuit circuit, Judged judged) {
        return new VoteLoss(READOUT, judged.labels(), judged.votes(circuit, CLASSES, 1), circuit.outputs() / CLASSES);
    }

    /** Sample by sample, from the outputs of the reference evaluator. */
    private static double crossEntropy(Circuit circuit, Judged judged) {
        BitMatrix outputs = ReferenceEvaluator.evaluate(circuit, judged.bits());
        double loss = 0;
        for (int s = 0; s < judged.labels().length; s++) {
            double[] votes = new double[CLASSES];
            for (int o = 0; o < circuit.outputs(); o++) {
                votes[o / (circuit.outputs() / CLASSES)] += outputs.get(s, o) ? 1 : 0;
            }
            double total = 0;
            for (double vote : votes) {
                total += Math.exp(vote / READOUT.tau());
            }
            loss += Math.log(total) - votes[judged.labels()[s]] / READOUT.tau();
        }
        return loss;
    }

    /** What a probe says of a change, before and after others were made, is what the changed circuit gives. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void aRiseIsThatOfTheChangedCircuit(int arity) {
        Judged judged = random(arity, 150);
        Circuit circuit = RandomCircuits.random(arity, INPUTS, 60, 15, arity);
        Netlist net = new Netlist(circuit, judged.bits());
        VoteLoss loss = loss(circuit, judged);
        Probe probe = new Probe(net, loss);
        SplittableRandom random = new SplittableRandom(1);
        assertThat(loss.total()).isCloseTo(crossEntropy(circuit, judged), within(1e-9));
        int risen = 0;
        for (int trial = 0; trial < 60; trial++) {
            int gate = random.nextInt(circuit.gates());
            long table = random.nextLong() & TruthTable.mask(circuit.arity(gate));
            double before = loss.total();
            double rise = probe.rise(gate, table);
            assertThat(loss.total()).isEqualTo(before);
            risen += Math.abs(rise) > 1e-9 ? 1 : 0;
            probe.keep(gate, table);
            assertThat(loss.total()).as("trial %d", trial).isCloseTo(before + rise, within(1e-8));
            assertThat(loss.total()).isCloseTo(crossEntropy(net.build(), judged), within(1e-8));
        }
        assertThat(risen).isGreaterThan(20);
    }

    @Test
    void savingsAreTheGatesThatNobodyNeeds() {
        Circuit circuit = new DropDeadGates().apply(RandomCircuits.random(5, INPUTS, 80, 12, 2));
        Savings savings = new Savings(circuit);
        int most = 0;
        for (int gate = 0; gate < circuit.gates(); gate++) {
            int saved = savings.of(gate, 0);
            assertThat(circuit.gates() - without(circuit, gate).gates())
                    .as("gate %d", gate)
                    .isGreaterThanOrEqualTo(saved);
            assertThat(savings.of(gate, circuit.wire(gate, 0))).isLessThanOrEqualTo(saved);
            most = Math.max(most, saved);
        }
        assertThat(most).isGreaterThan(2);
    }

    private static Circuit without(Circuit circuit, int gate) {
        Netlist net = new Netlist(circuit, RandomCircuits.randomBits(1, 64, INPUTS));
        net.change(gate, 0);
        return net.build();
    }

    /** Two inputs say the class; gates that look at others only disturb. */
    private static Judged task(long seed, int samples) {
        BitMatrix bits = RandomCircuits.randomBits(seed, samples, INPUTS);
        int[] labels = new int[samples];
        for (int s = 0; s < samples; s++) {
            labels[s] = bits.get(s, 0) ? 0 : bits.get(s, 1) ? 1 : 2;
        }
        return new Judged(bits, labels);
    }

    private static Circuit noisy() {
        CircuitBuilder builder = new CircuitBuilder(INPUTS);
        SplittableRandom random = new SplittableRandom(8);
        int[] signs = {
            builder.input(0),
            builder.gate(TruthTable.B_AND_NOT_A, builder.input(0), builder.input(1)),
            builder.gate(TruthTable.NOR, builder.input(0), builder.input(1))
        };
        int[] outputs = new int[3 * 20];
        for (int o = 0; o < outputs.length; o++) {
            int x = builder.input(2 + random.nextInt(INPUTS - 2));
            int y = builder.gate(random.nextInt(1, 15), x, builder.input(2 + random.nextInt(INPUTS - 2)));
            int noise = builder.gate(random.nextInt(1, 15), y, builder.input(random.nextInt(INPUTS)));
            outputs[o] = o % 20 < 3 ? builder.gate(TruthTable.A_OR_NOT_B, signs[o / 20], noise) : noise;
        }
        return builder.build(outputs);
    }

    private static Circuit shrunk(ShrinkOptions options, List<Shrinker.Round> rounds) {
        return new Shrinker(READOUT, task(1, 500), task(2, 400), options, rounds::add, () -> false).shrink(noisy());
    }

    @Test
    void whatOnlyDisturbsIsLeftOut() {
        double before = task(3, 1000).accuracy(noisy(), CLASSES, 1);
        List<Shrinker.Round> rounds = new ArrayList<>();
        Circuit circuit = shrunk(ShrinkOptions.DEFAULT.withTolerance(0), rounds);
        assertThat(circuit.gates()).isLessThan(noisy().gates() / 3);
        assertThat(task(3, 1000).accuracy(circuit, CLASSES, 1)).isGreaterThan(before);
        assertThat(rounds).extracting(Shrinker.Round::number).startsWith(1, 2, 3);
        assertThat(rounds.stream()
                        .filter(Shrinker.Round::kept)
                        .mapToInt(Shrinker.Round::gates)
                        .min())
                .hasValue(circuit.gates());
    }

    @Test
    void aCircuitStaysWhileItIsAsGood() {
        Circuit circuit = shrunk(ShrinkOptions.DEFAULT.withTolerance(0.05).withTune(false), new ArrayList<>());
        double least = task(2, 400).accuracy(noisy(), CLASSES, 1) - 0.05;
        assertThat(task(2, 400).accuracy(circuit, CLASSES, 1)).isGreaterThanOrEqualTo(least);
        assertThat(circuit.gates()).isLessThan(noisy().gates());
    }

    @Test
    void aNumberOfGatesIsReached() {
        Circuit circuit = shrunk(ShrinkOptions.DEFAULT.withGates(10).withTolerance(0), new ArrayList<>());
        assertThat(circuit.gates()).isLessThanOrEqualTo(10);
        assertThat(shrunk(ShrinkOptions.DEFAULT.withGates(1000), new ArrayList<>())
                        .gates())
                .isEqualTo(new DropDeadGates().apply(noisy()).gates());
    }

    @Test
    void theNumberOfThreadsChangesNothing() {
        ShrinkOptions options = ShrinkOptions.DEFAULT.withTolerance(0.02);
        assertThat(shrunk(options.withThreads(3), new ArrayList<>()))
                .isEqualTo(shrunk(options.withThreads(1), new ArrayList<>()));
    }

    @Test
    void whoeverStopsItKeepsWhatWasFound() {
        List<Shrinker.Round> rounds = new ArrayList<>();
        Shrinker shrinker = new Shrinker(
                READOUT, task(1, 500), task(2, 400), ShrinkOptions.DEFAULT, rounds::add, () -> rounds.size() == 2);
        assertThat(shrinker.shrink(noisy()).gates())
                .isEqualTo(rounds.getLast().gates())
                .isLessThan(noisy().gates());
    }

    @Test
    void optionsOutOfRangeAreNamed() {
        assertThatThrownBy(() -> ShrinkOptions.DEFAULT.withTolerance(-0.1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--tolerance");
        assertThatThrownBy(() -> ShrinkOptions.DEFAULT.withGates(0)).hasMessageContaining("--gates");
        assertThatThrownBy(() -> ShrinkOptions.DEFAULT.withShare(0)).hasMessageContaining("--share");
        assertThatThrownBy(() -> ShrinkOptions.DEFAULT.withThreads(0)).hasMessageContaining("--threads");
    }
}
