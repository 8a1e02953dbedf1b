package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.InputException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

final class SettingsTest {
    private static Settings given(String... words) {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new RecipeOptions());
        spec.addOption(OptionSpec.builder("--other").type(String.class).build());
        CommandLine line = new CommandLine(spec).setCaseInsensitiveEnumValuesAllowed(true);
        line.parseArgs(words);
        return Settings.given(spec);
    }

    @Test
    void whatWasGivenComesBackInTheOrderOfTheHelp() {
        Settings settings = given(
                "--epochs=3", "--other=x", "--no-header", "--type", "a=number", "--type=b=ignore", "--data", "my data");

        assertThat(settings.arguments())
                .containsExactly("--data=my data", "--type=a=number", "--type=b=ignore", "--no-header", "--epochs=3");
        assertThat(settings.shell())
                .isEqualTo("--data 'my data' --type a=number --type b=ignore --no-header --epochs 3");
        assertThat(given(settings.arguments().toArray(String[]::new))).isEqualTo(settings);
        assertThat(given("--header").arguments()).containsExactly("--header");
    }

    @Test
    void valuesAboveHideThoseBelow() {
        Settings both = given("--epochs=3", "--augment=flip").over(given("--epochs=9", "--batch=64"));

        assertThat(both.arguments()).containsExactly("--epochs=3", "--batch=64", "--augment=flip");
        assertThat(both.without("batch")
                        .map(text -> text.toUpperCase(Locale.ROOT))
                        .arguments())
                .containsExactly("--epochs=3", "--augment=FLIP");
    }

    @Test
    void wordsAreQuotedForAShell() {
        assertThat(Settings.quoted("it's | a $word")).isEqualTo("'it'\\''s | a $word'");
        assertThat(Settings.quoted("shift=1,rotate=6")).isEqualTo("shift=1,rotate=6");
    }

    @Test
    void whatCannotBeReadIsNamed() {
        Settings settings = Settings.NONE.with("epochs", "many");

        assertThatThrownBy(() -> RecipeOptions.parse(settings))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("--epochs", "many");
    }
}
