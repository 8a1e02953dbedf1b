package dev.gatewright.format;

import dev.gatewright.circuit.Votes;
import dev.gatewright.encode.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What stands around a pipelined module so that samples come to it and results go from it in beats: an AXI-Stream, and on a
 * board a serial line before that, whose beats are bytes.
 *
 * @param place where the module goes
 * @param beat bits a beat
 * @param baud bits a second of the serial line
 * @param scores whether the counts of the classes follow the class
 */
record Board(Place place, int beat, int baud, boolean scores) {
    /** Levels of a stage where none are asked for. */
    static final int LEVELS = 8;

    private static final List<Integer> BEATS = List.of(32, 8, 16, 64, 128, 256, 512, 1024);
    private static final int BYTE = 8;
    /** Clocks a bit, so that its middle is found. */
    private static final int LEAST_DIVIDER = 4;
    /** How wrong a rate may be: half of what moves the last bit by half its length. */
    private static final double TOLERANCE = 0.02;

    /**
     * A place for a module.
     *
     * @param pins those of a board; empty where only the stream is wanted
     */
    record Place(String name, Optional<Pins> pins) {
        static final Place STREAM = new Place("axi-stream", Optional.empty());

        /** All, the one that is none at all first. */
        static final List<Optional<Place>> ALL = List.of(
                Optional.empty(),
                Optional.of(STREAM),
                Optional.of(new Place("arty-a7", Optional.of(Pins.ARTY_A7))),
                Optional.of(new Place("ulx3s", Optional.of(Pins.ULX3S))),
                Optional.of(new Place("icebreaker", Optional.of(Pins.ICEBREAKER))));
    }

    /** A number of a result: a bit range of a port, as Verilog writes it, and its width. */
    record Field(String bits, int width) {}

    /**
     * The board that a user asks for, where one is.
     *
     * @throws InputException if an option of boards has a value that is not allowed
     */
    static Optional<Board> of(String format, FormatOptions options) {
        Optional<Place> place =
                options.choice("board", Place.ALL, each -> each.map(Place::name).orElse("none"));
        if (place.isEmpty()) {
            return Optional.empty();
        }
        boolean scores = options.flag("scores");
        Optional<Pins> pins = place.get().pins();
        int beat = pins.isPresent() ? BYTE : options.choice("beat", BEATS, bits -> Integer.toString(bits));
        int baud = pins.isPresent() ? options.number("baud", 115_200, 1200, 4_000_000) : 0;
        Board board = new Board(place.get(), beat, baud, scores);
        if (pins.isPresent() && !board.isExact()) {
            throw new InputException(
                    "format " + format + ": baud=" + baud + " where a rate was expected that whole clocks of "
                            + pins.get().hertz() + " Hz give within 2 per cent, " + LEAST_DIVIDER + " or more a bit");
        }
        return Optional.of(board);
    }

    private boolean isExact() {
        double given = (double) place.pins().orElseThrow().hertz() / divider();
        return divider() >= LEAST_DIVIDER && Math.abs(given / baud - 1) < TOLERANCE;
    }

    /** Clocks a bit of the serial line. */
    int divider() {
        return Math.round((float) place.pins().orElseThrow().hertz() / baud);
    }

    /** Beats that so many bits take. */
    int beats(int bits) {
        return Math.ceilDiv(bits, beat);
    }

    /** The numbers of a result in their order; each takes whole beats. */
    List<Field> fields(HardwareModule module) {
        List<HardwareLanguage.Port> results = module.results();
        if (results.size() == 1) {
            return List.of(
                    new Field(results.getFirst().name(), results.getFirst().width()));
        }
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(results.get(1).name(), results.get(1).width()));
        int groups = module.design().groups();
        int width = results.getFirst().width() / groups;
        for (int group = 0; scores && group < groups; group++) {
            String bits = "counts[" + ((group + 1) * width - 1) + ":" + group * width + "]";
            fields.add(new Field(bits, width));
        }
        return fields;
    }

    /** Beats of a result. */
    int resultBeats(HardwareModule module) {
        return fields(module).stream().mapToInt(field -> beats(field.width())).sum();
    }

    /** What a result says of a sample, each number in whole beats. */
    BenchVectors.Expected expected(HardwareModule module) {
        Design design = module.design();
        List<Field> fields = fields(module);
        if (fields.getFirst().bits().equals("y")) {
            int whole = resultBeats(module) * beat;
            return (bits, outputs, sample) -> {
                BenchVectors.outputs(bits, outputs, sample);
                bits.add(0, whole - outputs.bits());
            };
        }
        return (bits, outputs, sample) -> {
            int[] counts = BenchVectors.counts(design, outputs, sample);
            int each = beats(Votes.width(outputs.bits() / counts.length)) * beat;
            boolean votes = design.score() instanceof Design.Score.Votes;
            if (votes) {
                bits.add(BenchVectors.best(counts), beats(Votes.width(counts.length - 1)) * beat);
            }
            for (int group = 0; group < counts.length && (scores || !votes); group++) {
                bits.add(counts[group], each);
            }
        };
    }
}
