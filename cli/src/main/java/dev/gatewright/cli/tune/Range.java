package dev.gatewright.cli.tune;

import dev.gatewright.encode.InputException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Numbers from {@code low} to {@code high}, both included.
 *
 * @param logarithmic whether each ratio is as likely as the others, rather than each difference
 * @param step between numbers, counted from {@code low}; 0 for any number, of four digits
 */
record Range(double low, double high, boolean logarithmic, double step) implements Values {
    /** Longer ranges are not listed. */
    private static final int LISTED = 10_000;

    private static final String NUMBER = "[-+]?(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][-+]?\\d+)?";
    private static final Pattern FORM =
            Pattern.compile("(" + NUMBER + ")\\.\\.(" + NUMBER + ")(:log)?(?::step=(" + NUMBER + "))?");
    private static final Pattern BEGINNING = Pattern.compile("[-+]?\\.?\\d[^,]*\\.\\.[^,]*");

    static boolean looksLikeOne(String text) {
        return BEGINNING.matcher(text.strip()).matches();
    }

    /** Reads a range; numbers are whole where both ends are written as whole numbers and no step is given. */
    static Range parse(String name, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw wrong(name, text, "expected LOW..HIGH, LOW..HIGH:log or LOW..HIGH:step=NUMBER");
        }
        double low = Double.parseDouble(form.group(1));
        double high = Double.parseDouble(form.group(2));
        boolean logarithmic = form.group(3) != null;
        boolean whole = (form.group(1) + form.group(2)).matches("[-+\\d]+");
        double step = form.group(4) == null ? (whole ? 1 : 0) : Double.parseDouble(form.group(4));
        if (!(low < high) || Double.isInfinite(high) || Double.isInfinite(low)) {
            throw wrong(name, text, "expected the lower number first");
        }
        if (logarithmic && low <= 0) {
            throw wrong(name, text, "expected numbers above 0 before :log");
        }
        if (step < 0 || (form.group(4) != null && step == 0) || step > high - low) {
            throw wrong(name, text, "expected a step above 0 that fits between the numbers");
        }
        return new Range(low, high, logarithmic, step);
    }

    private static InputException wrong(String name, String text, String expected) {
        return new InputException("--vary " + name + ": " + text + "; " + expected);
    }

    private long steps() {
        return (long) Math.floor((high - low) / step + 1e-9);
    }

    @Override
    public String draw(RandomGenerator random) {
        if (step > 0 && !logarithmic) {
            return at(random.nextLong(steps() + 1));
        }
        double part = random.nextDouble();
        double value = logarithmic ? low * StrictMath.pow(high / low, part) : low + part * (high - low);
        return step > 0
                ? at(Math.clamp(Math.round((value - low) / step), 0, steps()))
                : text(Math.clamp(
                        new BigDecimal(value).round(new MathContext(4)).doubleValue(), low, high));
    }

    private String at(long steps) {
        return text(low + steps * step);
    }

    private static String text(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(12)).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }

    @Override
    public Optional<List<String>> all() {
        return step > 0 && steps() < LISTED
                ? Optional.of(
                        LongStream.rangeClosed(0, steps()).mapToObj(this::at).toList())
                : Optional.empty();
    }
}
