package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.CategoryColumn;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Encoder.InputColumn;
import dev.gatewright.encode.Encoder.Inputs;
import dev.gatewright.encode.Encoder.Kind;
import dev.gatewright.encode.InputException;
import dev.gatewright.encode.NumberColumn;
import dev.gatewright.encode.Samples;
import dev.gatewright.encode.Table;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EnsembleTest {
    private static final int ROWS = 300;

    /** The columns of {@link RandomModels#columns} in another order, with another list of categories and a new column. */
    private static Encoder otherColumns() {
        List<InputColumn> columns = List.of(
                new InputColumn("member", Kind.BOOLEAN, List.of()),
                new InputColumn("size", Kind.NUMBER, List.of()),
                new InputColumn("job", Kind.CATEGORY, List.of("smith", "baker", "cook")),
                new InputColumn("age", Kind.NUMBER, List.of()));
        return new Encoder(
                new Inputs.Columns(columns),
                new int[] {0, 2, 2, 2, 3, 3, 1},
                new byte[] {0, 1, 1, 1, 0, 0, 0},
                new float[] {0.5f, 0, 1, 2, 0.5f, 0.75f, 3});
    }

    private static Samples table() {
        Random random = new Random(6);
        float[] age = new float[ROWS];
        float[] size = new float[ROWS];
        float[] member = new float[ROWS];
        int[] jobs = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            age[row] = random.nextInt(9) == 0 ? Float.NaN : random.nextFloat() * 3 - 1.5f;
            size[row] = random.nextFloat() * 6;
            member[row] = random.nextInt(2);
            jobs[row] = random.nextInt(4);
        }
        return new Table(
                ROWS,
                List.of(
                        new NumberColumn("size", false, size),
                        new NumberColumn("unread", false, size),
                        new CategoryColumn("job", List.of("baker", "cook", "smith", "tailor"), jobs),
                        new NumberColumn("age", false, age),
                        new NumberColumn("member", true, member)));
    }

    private static Model from(Model model, String... facts) {
        SortedMap<String, String> all = new TreeMap<>();
        for (int i = 0; i < facts.length; i += 2) {
            all.put(facts[i], facts[i + 1]);
        }
        return model.withProvenance(new Provenance(all));
    }

    @Test
    void votesOfAllMembersAddUp() {
        Samples samples = table();
        List<Model> members = List.of(
                RandomModels.classes(RandomModels.columns(), 30, 3),
                RandomModels.classes(otherColumns(), 12, 3),
                RandomModels.classes(RandomModels.columns(), 6, 3));
        Model joined = Ensemble.of(members);
        int[] expected = new int[ROWS * 3];
        for (Model member : members) {
            int[] sums = RandomModels.sums(member, 3, samples);
            for (int i = 0; i < sums.length; i++) {
                expected[i] += sums[i];
            }
        }
        assertThat(RandomModels.sums(joined, 3, samples)).isEqualTo(expected);
        assertThat(IntStream.of(expected).distinct().count()).isGreaterThan(8);
        assertThat(joined.readout()).isEqualTo(new Readout.GroupSum(3, 7.5f));
        // Eleven bits of the first, of the other's seven the four that it has as well.
        assertThat(joined.encoder().bits()).isEqualTo(14);
    }

    /** The same circuit twice costs no more gates than once. */
    @Test
    void membersShareGates() {
        Model one = RandomModels.classes(RandomModels.pixels(), 40, 4);
        Model joined = Ensemble.of(List.of(one, one));
        assertThat(joined.circuit().outputs()).isEqualTo(80);
        assertThat(joined.circuit().gates()).isLessThanOrEqualTo(one.circuit().gates());
        assertThat(joined.encoder().bits()).isLessThanOrEqualTo(one.encoder().bits());
    }

    @Test
    void numbersAreTheMean() {
        Samples samples = table();
        Model one = RandomModels.model(RandomModels.columns(), 8, new Readout.Regression(0.5f, 1), List.of());
        Model two = RandomModels.model(otherColumns(), 10, new Readout.Regression(0.5f, 4), List.of());
        Model joined = Ensemble.of(List.of(one, two));
        try (Predictor first = Predictor.of(one);
                Predictor second = Predictor.of(two);
                Predictor both = Predictor.of(joined)) {
            float[] a = first.values(samples);
            float[] b = second.values(samples);
            float[] mean = both.values(samples);
            for (int row = 0; row < ROWS; row++) {
                assertThat(mean[row]).isEqualTo((a[row] + b[row]) / 2);
            }
        }
        Model coarser = RandomModels.model(otherColumns(), 8, new Readout.Regression(1, 4), List.of());
        assertThatThrownBy(() -> Ensemble.of(List.of(one, coarser)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("different scales");
    }

    @Test
    void factsSayWhatMembersHaveInCommon() {
        Model plain = RandomModels.classes(RandomModels.columns(), 6, 3);
        Model one = from(plain, "seed", "1", "split_seed", "7", "validation", "0.1", "data", "d", "epochs", "3");
        Model two = from(plain, "seed", "7", "validation", "0.1", "data", "d", "epochs", "4");
        assertThat(Ensemble.splitAlike(List.of(one, two))).isTrue();
        assertThat(Ensemble.of(List.of(one, two)).provenance().facts())
                .containsEntry("members", "2")
                .containsEntry("split_seed", "7")
                .containsEntry("validation", "0.1")
                .containsEntry("data", "d")
                .containsEntry("member_1_epochs", "3")
                .containsEntry("member_2_epochs", "4")
                .containsEntry("member_2_seed", "7")
                .doesNotContainKeys("seed", "epochs");
        Model three = from(plain, "seed", "8", "validation", "0.1", "data", "d");
        assertThat(Ensemble.splitAlike(List.of(one, three))).isFalse();
        assertThat(Ensemble.of(List.of(one, three)).provenance().facts())
                .doesNotContainKeys("split_seed", "validation");
    }

    @Test
    void modelsThatDoNotFitAreRefused() {
        Model one = RandomModels.classes(RandomModels.columns(), 6, 3);
        assertRefused("expected 2 or more", one);
        assertRefused("label2", one, RandomModels.classes(RandomModels.columns(), 6, 2));
        assertRefused("images of 2×9×10", one, RandomModels.classes(RandomModels.pixels(), 6, 3));
        Inputs.Columns words = new Inputs.Columns(List.of(new InputColumn("age", Kind.CATEGORY, List.of("old"))));
        Encoder encoder = new Encoder(words, new int[] {0}, new byte[] {1}, new float[] {0});
        assertRefused("column \"age\"", one, RandomModels.classes(encoder, 6, 3));
        Model bits = RandomModels.model(RandomModels.columns(), 6, new Readout.Bits(), List.of());
        assertRefused("no votes", bits, bits);
    }

    private static void assertRefused(String words, Model... members) {
        assertThatThrownBy(() -> Ensemble.of(List.of(members)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining("\n");
    }
}
