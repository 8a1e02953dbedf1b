package dev.gatewright.train;

import dev.gatewright.data.Dataset;
import dev.gatewright.discretise.Discretiser;
import dev.gatewright.model.FormatException;
import dev.gatewright.model.TensorFile;
import dev.gatewright.network.Layer;
import dev.gatewright.network.LearnedWires;
import dev.gatewright.network.LogicNetwork;
import dev.gatewright.network.NetworkSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The state of a training run as a file in the tensor container: what was asked for as metadata, progress, parameters
 * and moments as tensors. Fixed wires and candidates are not kept: the seed gives them again.
 *
 * <p>Tensors {@code layer.N.parameters}, {@code layer.N.first} and {@code layer.N.second} are gates × parameters in the
 * order of the network; {@code best.tables} is one truth table a gate, of one byte up to three inputs, of 2, 4 or 8 for
 * four, five or six, the lowest first. Where wires are learnt, {@code layer.N.logits},
 * {@code layer.N.logits.first} and {@code layer.N.logits.second} are in the order that {@link LearnedWires} describes, as
 * is {@code layer.N.logits.wires}, the candidates where these are drawn anew, and {@code best.wires} holds the wires of the gates, gate after gate. Where parameters and logits are averaged,
 * {@code average.N} holds the averages, layer after layer, in the order of the kernels.
 */
record Checkpoint(
        String data, String dataSha256, String target, NetworkSpec network, TrainOptions options, Trainer.State state) {
    private static final String KIND = "gatewright-checkpoint";
    private static final String VERSION = "1";
    private static final String[] PARTS = {"parameters", "first", "second"};
    private static final String[] WIRE_PARTS = {"logits", "logits.first", "logits.second", "logits.wires"};
    private static final String AVERAGE = "average.";
    private static final String SPLIT_SEED = "split_seed";

    void write(Path file, LogicNetwork layers) throws IOException {
        TensorFile.Builder builder = TensorFile.builder()
                .metadata("kind", KIND)
                .metadata("checkpoint_version", VERSION)
                .metadata("data", data)
                .metadata("data_sha256", dataSha256)
                .metadata("target", target)
                .metadata("network", network.toString())
                .metadata("seed", Long.toString(options.seed()))
                .metadata("epochs", Integer.toString(options.epochs().orElseThrow()))
                .metadata("batch", Integer.toString(options.batch()))
                .metadata("learning_rate", Double.toString(options.learningRate()))
                .metadata("weight_decay", Double.toString(options.weightDecay()))
                .metadata("schedule", options.schedule().name())
                .metadata("validation", Double.toString(options.validation().orElseThrow()))
                .metadata(
                        "checkpoint_seconds",
                        Long.toString(options.checkpointEvery().toSeconds()))
                .metadata("epoch", Integer.toString(state.epoch))
                .metadata("batch_in_epoch", Integer.toString(state.batchInEpoch))
                .metadata("step", Long.toString(state.step))
                .metadata("best_epoch", Integer.toString(state.bestEpoch))
                .metadata("best_score", Double.toString(state.bestScore))
                .metadata("best_soft_score", Double.toString(state.bestSoftScore))
                .metadata("teacher_sha256", state.teacherSha256)
                .bytes("best.tables", new int[] {state.bestTables.length}, state.bestTables);
        if (layers.layers().stream().anyMatch(layer -> layer.learnedWires().isPresent())) {
            builder.ints("best.wires", new int[] {state.bestWires.length}, state.bestWires);
        }
        options.craft().facts().forEach(builder::metadata);
        options.splitSeed().ifPresent(seed -> builder.metadata(SPLIT_SEED, Long.toString(seed)));
        for (int i = 0; i < state.layers.length; i++) {
            Layer layer = layers.layers().get(i);
            int[] shape = {layer.gates(), layer.parametersPerGate()};
            for (int part = 0; part < PARTS.length; part++) {
                builder.floats("layer." + i + "." + PARTS[part], shape, state.layers[i][part]);
            }
            for (int part = PARTS.length; part < state.layers[i].length; part++) {
                float[] values = state.layers[i][part];
                String name = "layer." + i + "." + WIRE_PARTS[part - PARTS.length];
                builder.floats(name, new int[] {values.length}, values);
            }
        }
        for (int i = 0; i < state.averages.length; i++) {
            builder.floats(AVERAGE + i, new int[] {state.averages[i].length}, state.averages[i]);
        }
        builder.build().write(file);
    }

    /** @throws FormatException if the file is damaged or no checkpoint */
    static Checkpoint read(Path file) throws IOException {
        TensorFile tensors = TensorFile.read(file);
        Map<String, String> facts = tensors.metadata();
        if (!KIND.equals(facts.get("kind"))) {
            throw new FormatException(file + " is no training checkpoint but " + facts.getOrDefault("kind", "unknown"));
        }
        if (!VERSION.equals(facts.get("checkpoint_version"))) {
            throw new FormatException(file + " is a checkpoint of version " + facts.get("checkpoint_version")
                    + "; this program reads version " + VERSION);
        }
        try {
            TrainOptions options = new TrainOptions(
                    Long.parseLong(facts.get("seed")),
                    facts.containsKey(SPLIT_SEED)
                            ? OptionalLong.of(Long.parseLong(facts.get(SPLIT_SEED)))
                            : OptionalLong.empty(),
                    1,
                    OptionalInt.of(Integer.parseInt(facts.get("epochs"))),
                    Integer.parseInt(facts.get("batch")),
                    Double.parseDouble(facts.get("learning_rate")),
                    Double.parseDouble(facts.get("weight_decay")),
                    Schedule.valueOf(facts.get("schedule")),
                    OptionalDouble.of(Double.parseDouble(facts.get("validation"))),
                    Optional.of(file),
                    Duration.ofSeconds(Long.parseLong(facts.get("checkpoint_seconds"))),
                    Craft.of(facts));
            return new Checkpoint(
                    facts.get("data"),
                    facts.get("data_sha256"),
                    facts.getOrDefault("target", ""),
                    NetworkSpec.parse(facts.get("network")),
                    options,
                    state(tensors, facts));
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new FormatException(
                    file + ": the checkpoint's metadata is incomplete or wrong (" + e.getMessage() + ")");
        }
    }

    private static Trainer.State state(TensorFile tensors, Map<String, String> facts) throws IOException {
        Trainer.State state = new Trainer.State();
        state.epoch = Integer.parseInt(facts.get("epoch"));
        state.batchInEpoch = Integer.parseInt(facts.get("batch_in_epoch"));
        state.step = Long.parseLong(facts.get("step"));
        state.bestEpoch = Integer.parseInt(facts.get("best_epoch"));
        state.bestScore = Double.parseDouble(facts.get("best_score"));
        state.bestSoftScore = Double.parseDouble(facts.get("best_soft_score"));
        state.teacherSha256 = facts.getOrDefault("teacher_sha256", "");
        state.bestTables = tensors.bytes("best.tables");
        if (tensors.names().contains("best.wires")) {
            state.bestWires = tensors.ints("best.wires");
        }
        int layers = 0;
        while (tensors.names().contains("layer." + layers + "." + PARTS[0])) {
            layers++;
        }
        state.layers = new float[layers][][];
        for (int i = 0; i < layers; i++) {
            List<String> parts = new ArrayList<>(List.of(PARTS));
            for (String part : WIRE_PARTS) {
                if (tensors.names().contains("layer." + i + "." + part)) {
                    parts.add(part);
                }
            }
            state.layers[i] = new float[parts.size()][];
            for (int part = 0; part < parts.size(); part++) {
                state.layers[i][part] = tensors.floats("layer." + i + "." + parts.get(part));
            }
        }
        int averages = 0;
        while (tensors.names().contains(AVERAGE + averages)) {
            averages++;
        }
        state.averages = new float[averages][];
        for (int i = 0; i < averages; i++) {
            state.averages[i] = tensors.floats(AVERAGE + i);
        }
        return state;
    }

    /** @throws FormatException if the state does not fit the network that the seed gives */
    void requireFits(LogicNetwork drawn) throws FormatException {
        boolean fits = state.layers.length == drawn.layers().size()
                && (state.bestTables.length == 0 || state.bestTables.length == Discretiser.length(drawn))
                && (state.bestWires.length == 0 || state.bestWires.length == Discretiser.wiresRead(drawn));
        for (int i = 0; fits && i < state.layers.length; i++) {
            Layer layer = drawn.layers().get(i);
            int logits =
                    layer.learnedWires().map(wires -> wires.logits().length).orElse(0);
            boolean renewed = layer.learnedWires().stream()
                    .anyMatch(wires -> wires.options().renew() > 0);
            int wireParts = renewed ? WIRE_PARTS.length : logits > 0 ? WIRE_PARTS.length - 1 : 0;
            fits = state.layers[i].length == PARTS.length + wireParts;
            fits &= !fits
                    || !renewed
                    || areWires(
                            state.layers[i][PARTS.length + wireParts - 1],
                            layer.learnedWires().get().inputs());
            for (int part = 0; fits && part < state.layers[i].length; part++) {
                int expected = part < PARTS.length ? layer.parameters().length : logits;
                fits = state.layers[i][part].length == expected;
            }
        }
        if (options.craft().average() > 0) {
            int[] lengths = drawn.layers().stream()
                    .flatMapToInt(Trainable::weightLengths)
                    .toArray();
            int[] found = Arrays.stream(state.averages)
                    .mapToInt(average -> average.length)
                    .toArray();
            fits &= Arrays.equals(lengths, found);
        }
        if (!fits) {
            throw new FormatException("the checkpoint's tensors do not fit its network " + network);
        }
    }

    private static boolean areWires(float[] values, int inputs) {
        for (float value : values) {
            if (!(value >= 0 && value < inputs) || value != (int) value) {
                return false;
            }
        }
        return true;
    }

    /** Refuses other data than the run was started on, and another column to predict. */
    void requireData(Dataset dataset) throws FormatException {
        if (!dataSha256.equals(dataset.sha256())) {
            throw new FormatException("the checkpoint was made on data '" + data + "' with SHA-256 " + dataSha256
                    + "; found '" + dataset.name() + "' with " + dataset.sha256());
        }
        String found = dataset.train().target().name();
        if (!target.isEmpty() && !target.equals(found)) {
            throw new FormatException("the checkpoint was made to predict '" + target + "'; found '" + found + "'");
        }
    }
}
