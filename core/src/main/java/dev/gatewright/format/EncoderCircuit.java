package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.Fanout;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.RawBits;
import dev.gatewright.encode.RawField;
import dev.gatewright.logic.TruthTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** An encoder as gates of two inputs: from the bits of {@link RawBits} to the bits of the encoder. */
public final class EncoderCircuit {
    private final Encoder encoder;
    private final CircuitBuilder builder;
    private final Map<Integer, RawField> fields = new HashMap<>();

    private EncoderCircuit(Encoder encoder, RawBits raw, CircuitBuilder builder) {
        this.encoder = encoder;
        this.builder = builder;
        raw.fields().forEach(field -> fields.put(field.column(), field));
    }

    /**
     * The circuit whose inputs are raw bits and whose outputs are the encoder's.
     *
     * @throws dev.gatewright.encode.InputException as {@link RawBits}
     */
    public static Circuit of(Encoder encoder) {
        RawBits raw = new RawBits(encoder);
        CircuitBuilder builder = new CircuitBuilder(raw.width());
        return builder.build(new EncoderCircuit(encoder, raw, builder).bits(bit -> true));
    }

    /**
     * A circuit that reads the encoder's bits, with those of them that it reads before it: its inputs are raw bits.
     *
     * @throws dev.gatewright.encode.InputException as {@link RawBits}
     */
    public static Circuit before(Circuit circuit, Encoder encoder) {
        RawBits raw = new RawBits(encoder);
        CircuitBuilder builder = new CircuitBuilder(raw.width(), Math.max(2, circuit.maxArity()));
        Fanout fanout = Fanout.of(circuit);
        int[] bits = new EncoderCircuit(encoder, raw, builder).bits(bit -> fanout.readers(circuit.inputWire(bit)) > 0);
        return builder.build(circuit.addTo(builder, bits));
    }

    /**
     * A form that reads the encoder's bits, with all of them before it as a stage of one position: its inputs are raw bits.
     *
     * @throws dev.gatewright.encode.InputException as {@link RawBits}
     */
    public static CircuitForm before(CircuitForm form, Encoder encoder) {
        List<Stage> stages = new ArrayList<>(List.of(Stage.flat(of(encoder))));
        stages.addAll(form.stages());
        return new StagedCircuit(stages);
    }

    /** The wires of the encoder's bits; false for those that nobody wants. */
    private int[] bits(IntPredicate wanted) {
        int[] bits = new int[encoder.bits()];
        for (int bit = 0; bit < bits.length; bit++) {
            bits[bit] = wanted.test(bit) ? bit(bit) : 0;
        }
        return bits;
    }

    private int bit(int bit) {
        return switch (fields.get(encoder.column(bit))) {
            case RawField.Numeric number -> number(number, bit);
            case RawField.Category category -> equal(category, category(category, bit));
        };
    }

    private int category(RawField.Category field, int bit) {
        return encoder.test(bit) == Encoder.Test.MISSING ? field.missing() : (int) encoder.value(bit);
    }

    private int number(RawField.Numeric field, int bit) {
        if (encoder.test(bit) == Encoder.Test.MISSING) {
            return builder.input(field.offset() + field.width());
        }
        return greater(field, field.threshold(encoder.value(bit)));
    }

    /** From the lowest bit on: a bit where the threshold has none decides alone, one where it has one together with those below. */
    private int greater(RawField.Numeric field, long threshold) {
        if (threshold < field.lowest() || threshold >= field.largest()) {
            return threshold < field.lowest() ? 1 : 0;
        }
        int greater = 0;
        for (int i = 0; i < field.width(); i++) {
            // The sign counts the other way round.
            boolean sign = field.signed() && i == field.width() - 1;
            boolean set = (threshold >> i & 1) != 0 ^ sign;
            int wire = builder.input(field.offset() + i);
            int table = set
                    ? (sign ? TruthTable.B_AND_NOT_A : TruthTable.AND)
                    : (sign ? TruthTable.B_OR_NOT_A : TruthTable.OR);
            greater = builder.gate(table, wire, greater);
        }
        return greater;
    }

    private int equal(RawField.Category field, int value) {
        int equal = 1;
        for (int i = 0; i < field.width(); i++) {
            int table = (value >> i & 1) != 0 ? TruthTable.AND : TruthTable.B_AND_NOT_A;
            equal = builder.gate(table, builder.input(field.offset() + i), equal);
        }
        return equal;
    }
}
