package dev.gatewright.model;

import dev.gatewright.circuit.BuilderNumbers;
import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.CounterTree;
import dev.gatewright.circuit.Fanout;
import dev.gatewright.circuit.Popcount;
import dev.gatewright.circuit.Tournament;
import dev.gatewright.circuit.Votes;
import dev.gatewright.encode.InputException;
import dev.gatewright.format.EncoderCircuit;
import dev.gatewright.hardware.LutMapper;
import dev.gatewright.pass.DecomposeGates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a model takes in look-up tables of so many inputs, by {@link LutMapper}: its parts, each mapped alone, and together.
 * Parts do not add up to the whole, in which tables may hold gates of two of them. Votes are counted by {@link CounterTree}:
 * there are tables only, and no chains of carries.
 */
public final class LutCosts {
    /** Tables, and how many of them lie on the longest way. */
    public record Cost(int tables, int levels) {
        static Cost of(Circuit circuit, int inputs) {
            Circuit mapped = LutMapper.map(new DecomposeGates().apply(circuit), inputs);
            return new Cost(mapped.gates(), LutMapper.levels(mapped));
        }
    }

    private static final Popcount POPCOUNT = new CounterTree();

    private final Model model;
    private final int inputs;
    private final Map<String, Cost> costs = new LinkedHashMap<>();
    private String encoderRefused = "";

    private LutCosts(Model model, int inputs) {
        this.model = model;
        this.inputs = inputs;
    }

    /** Maps a model to tables of 2 to 6 inputs. */
    public static LutCosts of(Model model, int inputs) {
        LutCosts costs = new LutCosts(model, inputs);
        costs.map();
        return costs;
    }

    /**
     * The costs in this order, as far as the model has these parts: {@code encoder} (of the bits that are read),
     * {@code gates}, {@code popcount}, {@code argmax}, {@code without_encoder} and {@code all}.
     */
    public Map<String, Cost> costs() {
        return new LinkedHashMap<>(costs);
    }

    /** Why there is no cost of the encoder; empty where there is one. */
    public String encoderRefused() {
        return encoderRefused;
    }

    private void map() {
        Circuit circuit = model.circuit();
        try {
            costs.put("encoder", Cost.of(EncoderCircuit.before(read(circuit), model.encoder()), inputs));
        } catch (InputException e) {
            encoderRefused = e.getMessage();
        }
        costs.put("gates", Cost.of(circuit, inputs));
        Circuit whole = circuit;
        int groups = groups();
        if (groups > 0) {
            boolean predicts = model.readout() instanceof Readout.GroupSum;
            Circuit wires = wires(circuit.outputs());
            costs.put("popcount", Cost.of(Votes.counted(wires, groups, false, POPCOUNT), inputs));
            if (predicts) {
                costs.put("argmax", Cost.of(argmax(groups, Votes.width(circuit.outputs() / groups)), inputs));
            }
            whole = Votes.counted(circuit, groups, predicts, POPCOUNT);
        }
        costs.put("without_encoder", Cost.of(whole, inputs));
        if (encoderRefused.isEmpty()) {
            costs.put("all", Cost.of(EncoderCircuit.before(whole, model.encoder()), inputs));
        }
    }

    private int groups() {
        return switch (model.readout()) {
            case Readout.GroupSum sum -> sum.classes();
            case Readout.Regression ignored -> 1;
            case Readout.Bits ignored -> 0;
        };
    }

    /** A circuit of as many inputs whose outputs are those inputs that the given one reads. */
    private static Circuit read(Circuit circuit) {
        Fanout fanout = Fanout.of(circuit);
        CircuitBuilder builder = new CircuitBuilder(circuit.inputs());
        return builder.build(IntStream.range(0, circuit.inputs())
                .filter(i -> fanout.readers(circuit.inputWire(i)) > 0)
                .map(builder::input)
                .toArray());
    }

    private static Circuit wires(int count) {
        CircuitBuilder builder = new CircuitBuilder(count);
        return builder.build(IntStream.range(0, count).map(builder::input).toArray());
    }

    /** The index of the largest of some numbers that are the inputs. */
    private static Circuit argmax(int numbers, int width) {
        CircuitBuilder builder = new CircuitBuilder(numbers * width);
        List<List<Integer>> values = new ArrayList<>();
        for (int i = 0; i < numbers; i++) {
            int from = i * width;
            values.add(
                    IntStream.range(from, from + width).mapToObj(builder::input).toList());
        }
        List<Integer> index = Tournament.winner(values, new BuilderNumbers(builder));
        return builder.build(index.stream().mapToInt(Integer::intValue).toArray());
    }
}
