package dev.gatewright.foreign;

import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The encoder of a network from elsewhere: bits as they are, or thresholds of columns or pixels in its order. */
final class ForeignEncoder {
    private static final int MAX_BITS = 1 << 24;
    private static final int MAX_COLUMNS = 1 << 17;

    private final ForeignNetwork network;
    private final ImportOptions options;

    private ForeignEncoder(ForeignNetwork network, ImportOptions options) {
        this.network = network;
        this.options = options;
    }

    /** @throws InputException if what is said of the inputs does not fit the network */
    static Encoder of(ForeignNetwork network, ImportOptions options) {
        return new ForeignEncoder(network, options).encoder();
    }

    private Encoder encoder() {
        Optional<Cuts> cuts =
                options.thresholds().isEmpty() ? network.thresholds() : Optional.of(Cuts.of(options.thresholds()));
        if (options.image().isPresent()) {
            Encoder.Inputs.Pixels image = options.image().get();
            Cuts each = cuts.orElseThrow(() -> new InputException("neither the file nor --thresholds says at which"
                    + " brightness a pixel becomes a bit; for images of two colours: --thresholds 0.5"));
            check(
                    (long) image.size() * each.each(),
                    "images of " + image.size() + " values with " + each.each() + " thresholds");
            return pixels(image, each);
        }
        int bits = options.inputs().orElse(network.inputs());
        check(bits, "--inputs");
        if (cuts.isEmpty()) {
            return columns(bits, new Cuts(1, new float[] {0.5f}), Encoder.Kind.BOOLEAN);
        }
        Cuts each = cuts.get();
        int features = each.groups() > 1 ? each.groups() : Math.ceilDiv(bits, each.each());
        check((long) features * each.each(), features + " columns with " + each.each() + " thresholds");
        return columns(features, each, Encoder.Kind.NUMBER);
    }

    private void check(long bits, String what) {
        boolean fits = network.exact() ? bits == network.inputs() : bits >= network.inputs();
        if (!fits || bits < 1 || bits > MAX_BITS) {
            throw new InputException(what + ": " + bits + " bits where the network reads " + network.inputs()
                    + (network.exact() ? "" : " or more") + "; expected at most " + MAX_BITS);
        }
    }

    private Encoder columns(int features, Cuts cuts, Encoder.Kind kind) {
        if (features > MAX_COLUMNS) {
            throw new InputException(
                    "a table of " + features + " columns; up to " + MAX_COLUMNS + " are read, and images with --input");
        }
        List<Encoder.InputColumn> columns = new ArrayList<>();
        for (int i = 0; i < features; i++) {
            columns.add(new Encoder.InputColumn("x" + i, kind, List.of()));
        }
        int[] read = new int[features * cuts.each()];
        float[] values = new float[read.length];
        for (int bit = 0; bit < read.length; bit++) {
            boolean outer = order() == ImportOptions.BitOrder.THRESHOLD;
            read[bit] = outer ? bit % features : bit / cuts.each();
            values[bit] = cuts.value(group(cuts, read[bit], features, 1), outer ? bit / features : bit % cuts.each());
        }
        return new Encoder(new Encoder.Inputs.Columns(columns), read, new byte[read.length], values);
    }

    private Encoder pixels(Encoder.Inputs.Pixels image, Cuts cuts) {
        int plane = image.height() * image.width();
        int each = cuts.each();
        int[] read = new int[image.size() * each];
        float[] values = new float[read.length];
        for (int bit = 0; bit < read.length; bit++) {
            int t = switch (order()) {
                case PIXEL -> bit % each;
                case CHANNEL -> bit / plane % each;
                case THRESHOLD -> bit / image.size();
            };
            read[bit] = switch (order()) {
                case PIXEL -> bit / each;
                case CHANNEL -> bit / plane / each * plane + bit % plane;
                case THRESHOLD -> bit % image.size();
            };
            values[bit] = brightness(cuts.value(group(cuts, read[bit], image.size(), plane), t));
        }
        return new Encoder(image, read, new byte[read.length], values);
    }

    private ImportOptions.BitOrder order() {
        return options.order().orElse(network.usual());
    }

    /** Which thresholds hold for a feature: the only ones, those of its channel, or its own. */
    private static int group(Cuts cuts, int feature, int features, int plane) {
        if (cuts.groups() == 1) {
            return 0;
        }
        if (cuts.groups() == features) {
            return feature;
        }
        if (cuts.groups() == features / plane) {
            return feature / plane;
        }
        throw new InputException("the file has thresholds for " + cuts.groups()
                + " columns or channels where there are " + features / plane);
    }

    /** The largest brightness of 0 to 255 that does not exceed a threshold of 0 to 1, compared as 32-bit floats. */
    private static float brightness(float threshold) {
        int most = -1;
        while (most < 255 && !((most + 1) / 255f > threshold)) {
            most++;
        }
        return most;
    }
}
