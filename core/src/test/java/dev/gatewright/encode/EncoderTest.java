package dev.gatewright.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.bits.BitMatrix;
import dev.gatewright.encode.Encoder.InputColumn;
import dev.gatewright.encode.Encoder.Inputs;
import dev.gatewright.encode.Encoder.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EncoderTest {
    private static final float NAN = Float.NaN;

    private static NumberColumn numbers(String name, float... values) {
        return new NumberColumn(name, false, values);
    }

    private static CategoryColumn categories(String name, List<String> categories, int... codes) {
        return new CategoryColumn(name, categories, codes);
    }

    private static Table table(Column... columns) {
        return new Table(columns[0].rows(), List.of(columns));
    }

    private static List<String> descriptions(Encoder encoder) {
        List<String> all = new ArrayList<>();
        for (int bit = 0; bit < encoder.bits(); bit++) {
            all.add(encoder.describe(bit));
        }
        return all;
    }

    private static String row(BitMatrix bits, int row) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < bits.bits(); bit++) {
            text.append(bits.get(row, bit) ? '1' : '0');
        }
        return text.toString();
    }

    private static Encoder mixed() {
        return EncoderSpec.parse("auto")
                .fit(table(
                        numbers("age", 20, 30, NAN, 45),
                        categories("work", List.of("Private", "State"), 0, 1, -1, 0),
                        new NumberColumn("smoker", true, new float[] {1, 0, 0, 1}),
                        numbers("constant", 7, 7, 7, 7)));
    }

    @Test
    void fitsATableOfMixedColumns() {
        assertThat(descriptions(mixed()))
                .containsExactly(
                        "age > 25",
                        "age > 37.5",
                        "age is missing",
                        "work = Private",
                        "work = State",
                        "work is missing",
                        "smoker is true");
        assertThat(mixed().summary()).isEqualTo("7 bits from 3 columns: 3 comparisons, 2 categories, 2 missing");
    }

    @Test
    void readsColumnsByNameInAnyOrderAndIgnoresOthers() {
        BitMatrix bits = mixed().encode(table(
                new NumberColumn("smoker", true, new float[] {1, 0, NAN}),
                numbers("other", 1, 2, 3),
                categories("work", List.of("Unknown", "State"), 0, 1, -1),
                numbers("age", 26, NAN, Float.POSITIVE_INFINITY)));
        assertThat(row(bits, 0)).isEqualTo("1000001");
        assertThat(row(bits, 1)).isEqualTo("0010100");
        assertThat(row(bits, 2)).isEqualTo("1100010");
    }

    @Test
    void namesAbsentColumnsAndWhatMayHaveBeenMeant() {
        assertThatThrownBy(() -> mixed().encode(
                                table(numbers("Age", 1), categories("job", List.of(), -1), numbers("smoker", 1))))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "the data lack 2 columns that the model reads: " + "\"age\" (did you mean \"Age\"?), \"work\"");
    }

    @Test
    void refusesValuesOfAnotherKind() {
        Column work = categories("work", List.of("Private"), 0, 0);
        assertThatThrownBy(() -> mixed().encode(
                                table(work, numbers("smoker", 1, 0), categories("age", List.of("3", "old"), 0, 1))))
                .isInstanceOf(InputException.class)
                .hasMessage("row 2, column \"age\" holds \"old\" where a number is expected");
        assertThatThrownBy(() -> mixed().encode(table(work, numbers("smoker", 1, 2), numbers("age", 1, 2))))
                .isInstanceOf(InputException.class)
                .hasMessage("row 2, column \"smoker\" holds \"2\" where true, false, 1 or 0 is expected");
    }

    @Test
    void categoriesThatLookLikeNumbersAreReadByTheirNumber() {
        Encoder encoder =
                EncoderSpec.parse("auto").fit(table(categories("grade", List.of("1", "2", "3", "none"), 0, 1, 2, 3)));
        BitMatrix fromNumbers = encoder.encode(table(numbers("grade", 3, 1.0f, 4, NAN)));
        assertThat(row(fromNumbers, 0)).isEqualTo("0010");
        assertThat(row(fromNumbers, 1)).isEqualTo("1000");
        assertThat(row(fromNumbers, 2)).isEqualTo("0000");
        assertThat(row(fromNumbers, 3)).isEqualTo("0000");
        BitMatrix fromText = encoder.encode(table(categories("grade", List.of("3.0", "none", "2"), 0, 1, 2)));
        assertThat(row(fromText, 0)).isEqualTo("0010");
        assertThat(row(fromText, 1)).isEqualTo("0001");
        assertThat(row(fromText, 2)).isEqualTo("0100");
    }

    @Test
    void categoriesThatMeanOneNumberStayApart() {
        Encoder encoder = EncoderSpec.parse("auto").fit(table(categories("code", List.of("3.0", "3", "03"), 0, 1, 2)));
        BitMatrix text = encoder.encode(table(categories("code", List.of("3", "03", "3.0"), 0, 1, 2)));
        assertThat(row(text, 0)).isEqualTo("010");
        assertThat(row(text, 1)).isEqualTo("001");
        assertThat(row(text, 2)).isEqualTo("100");
        assertThat(row(encoder.encode(table(numbers("code", 3))), 0)).isEqualTo("010");
    }

    @Test
    void truthsAndCategoriesOfTruthsAgree() {
        Encoder encoder =
                EncoderSpec.parse("auto").fit(table(categories("flag", List.of("True", "False", "?!"), 0, 1, 2)));
        BitMatrix bits = encoder.encode(table(new NumberColumn("flag", true, new float[] {1, 0})));
        assertThat(row(bits, 0)).isEqualTo("100");
        assertThat(row(bits, 1)).isEqualTo("010");
        BitMatrix back = mixed().encode(table(
                categories("smoker", List.of("TRUE", "false", "1"), 0, 1, 2),
                numbers("age", 0, 0, 0),
                categories("work", List.of(), -1, -1, -1)));
        assertThat(row(back, 0)).endsWith("1");
        assertThat(row(back, 1)).endsWith("0");
        assertThat(row(back, 2)).endsWith("1");
    }

    @Test
    void imagesAreEncodedLikeTheirDefinition() {
        long seed = 42;
        Random random = new Random(seed);
        for (int rows : new int[] {0, 1, 63, 64, 65, 200}) {
            byte[] pixels = new byte[rows * 12];
            random.nextBytes(pixels);
            Images images = new Images(rows, 1, 3, 4, pixels);
            Encoder encoder = EncoderSpec.parse("thermometer:3").fit(new Images(1, 1, 3, 4, new byte[12]));
            BitMatrix bits = encoder.encode(images);
            assertThat(bits.bits()).isEqualTo(36);
            for (int row = 0; row < rows; row++) {
                for (int bit = 0; bit < 36; bit++) {
                    boolean expected = images.pixel(row, bit % 12) > 255 * (bit / 12 + 1) / 4.0;
                    assertThat(bits.get(row, bit))
                            .as("row %d bit %d seed %d", row, bit, seed)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void describesPixels() {
        Encoder grey = EncoderSpec.parse("threshold:0.5").fit(new Images(1, 1, 20, 10, new byte[200]));
        assertThat(grey.describe(123)).isEqualTo("pixel (12,3) > 127.5");
        Encoder colour = EncoderSpec.parse("auto").fit(new Images(1, 3, 2, 2, new byte[12]));
        assertThat(colour.bits()).isEqualTo(36);
        assertThat(colour.describe(13)).isEqualTo("pixel (0,0,1) > 127.5");
    }

    @Test
    void aTableOfPixelsStandsForImages() {
        Encoder encoder = EncoderSpec.parse("threshold:0.5").fit(new Images(1, 1, 1, 2, new byte[2]));
        assertThat(row(encoder.encode(table(numbers("a", 200), numbers("b", 3))), 0))
                .isEqualTo("10");
        assertThatThrownBy(() -> encoder.encode(table(numbers("a", 200), numbers("b", 256))))
                .isInstanceOf(InputException.class)
                .hasMessage("row 1, column \"b\" holds \"256\" where a pixel from 0 to 255 is expected"
                        .replace("\"256\"", "256"));
        assertThatThrownBy(() -> encoder.encode(table(numbers("a", 200)))).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> encoder.encode(new Images(1, 1, 2, 1, new byte[2])))
                .isInstanceOf(InputException.class)
                .hasMessage("the model reads images of 1×1×2, these are 1×2×1");
        assertThatThrownBy(() -> mixed().encode(new Images(1, 1, 2, 1, new byte[2])))
                .isInstanceOf(InputException.class);
    }

    @Test
    void refusesBitsThatMakeNoSense() {
        Inputs pixels = new Inputs.Pixels(1, 2, 2);
        Inputs columns = new Inputs.Columns(List.of(
                new InputColumn("age", Kind.NUMBER, List.of()),
                new InputColumn("work", Kind.CATEGORY, List.of("a", "b"))));
        refused(pixels, 4, 0, 1f);
        refused(pixels, -1, 0, 1f);
        refused(pixels, 0, 1, 1f);
        refused(pixels, 0, 2, 0f);
        refused(pixels, 0, 3, 0f);
        refused(pixels, 0, -1, 0f);
        refused(pixels, 0, 0, NAN);
        refused(columns, 0, 0, Float.POSITIVE_INFINITY);
        refused(columns, 0, 1, 0f);
        refused(columns, 1, 0, 0f);
        refused(columns, 1, 1, 2f);
        refused(columns, 1, 1, 0.5f);
        refused(columns, 2, 2, 0f);
        assertThatThrownBy(() -> new Encoder(pixels, new int[0], new byte[0], new float[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Encoder(pixels, new int[2], new byte[1], new float[2]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Inputs.Pixels(1 << 20, 1 << 20, 1 << 20))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refused(Inputs inputs, int column, int test, float value) {
        assertThatThrownBy(() -> new Encoder(inputs, new int[] {column}, new byte[] {(byte) test}, new float[] {value}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("encoder bit 0 ");
    }
}
