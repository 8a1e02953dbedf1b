package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.Extent;
import dev.gatewright.circuit.RandomCircuits;
import dev.gatewright.circuit.RandomStages;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Stencil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final List<Stencil> STENCILS = List.of(
            new Stencil(List.of(-1, 0, 1, -2, 0, 2, -1, 0, 1)), new Stencil(List.of(0, -1, 3, 127, -127, 0, 0, 0, 5)));

    @TempDir
    Path folder;

    /** A model of {@code columns} with random gates of up to {@code arity} wires. */
    static Model random(long seed, int gates, int arity, Readout readout) {
        Encoder encoder = encoder(seed);
        int classes = readout instanceof Readout.GroupSum sum ? sum.classes() : 0;
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            labels.add("class \"" + i + "\" ☃");
        }
        return new Model(
                encoder,
                RandomCircuits.random(seed, encoder.bits(), gates, 12, arity),
                readout,
                "what we\nwant",
                labels,
                new Provenance(new TreeMap<>()).with("seed", "" + seed).with("data", "é\u0001"));
    }

    private static Encoder encoder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int bits = 20;
        List<Stencil> stencils = seed % 4 == 2 ? STENCILS : List.of();
        int[] columns = new int[bits];
        byte[] tests = new byte[bits];
        float[] values = new float[bits];
        for (int bit = 0; bit < bits; bit++) {
            columns[bit] = seed % 2 == 0 ? random.nextInt(12 * (1 + stencils.size())) : random.nextInt(3);
            boolean category = seed % 2 != 0 && columns[bit] == 1;
            tests[bit] = (category ? Encoder.Test.EQUALS : Encoder.Test.GREATER).code();
            values[bit] = category ? random.nextInt(3) : (float) random.nextGaussian();
        }
        if (seed % 2 == 0) {
            return new Encoder(new Encoder.Inputs.Pixels(3, 2, 2, stencils), columns, tests, values);
        }
        return new Encoder(
                new Encoder.Inputs.Columns(List.of(
                        new Encoder.InputColumn("age", Encoder.Kind.NUMBER, List.of()),
                        new Encoder.InputColumn("kind \"of\", work", Encoder.Kind.CATEGORY, List.of("", "b", "ç")),
                        new Encoder.InputColumn("yes", Encoder.Kind.BOOLEAN, List.of()))),
                columns,
                tests,
                values);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        List<Readout> readouts =
                List.of(new Readout.GroupSum(3, 0.1f), new Readout.Regression(1e-20f, -7.3f), new Readout.Bits());
        for (int seed = 0; seed < 36; seed++) {
            Model model = random(seed, seed == 0 ? 0 : 50, 1 + seed % 6, readouts.get(seed % 3));
            Path file = folder.resolve("a.gate");
            ModelFile.write(model, file);
            Model read = ModelFile.read(file);
            assertThat(read).as("seed %d", seed).isEqualTo(model);
            Path again = folder.resolve("b.gate");
            ModelFile.write(read, again);
            assertThat(again).hasSameBinaryContentAs(file);
        }
    }

    /** The kernel of a convolution is stored once. */
    @Test
    void circuitsInStagesAreReadAsSuch() throws IOException {
        for (int seed = 0; seed < 36; seed++) {
            Model model = staged(seed, 1 + seed % 6, new Readout.GroupSum(3, 0.1f));
            Path file = folder.resolve("a.gate");
            ModelFile.write(model, file);
            assertThat(ModelFile.read(file)).as("seed %d", seed).isEqualTo(model);
        }
    }

    /** A model of {@code random} whose circuit has stages, over bits as planes of 2 × 2. */
    static Model staged(long seed, int arity, Readout readout) {
        return random(seed, 1, arity, readout).withCircuit(RandomStages.over(seed, 5, new Extent(2, 2), 12, arity));
    }

    @Test
    void stagesThatAreNoneAreRefused() throws IOException {
        String stage = "{'planes':[5,2,2],'window':[1,1],'stride':[1,1],'pad':[0,0],'positions':[2,2]}";
        assertStagesRefused("is not a list", "{}");
        assertStagesRefused("is not a list", "[]");
        assertStagesRefused("is not a list", "[" + (stage + ",").repeat(1000) + stage + "]");
        assertStagesRefused("character", "[");
        assertStagesRefused("there is no tensor circuit.0.wires", "[" + stage + "]");
        assertStagesRefused("stage 0: no list of 2 numbers is called pad", "[" + stage.replace("pad", "path") + "]");
        assertStagesRefused("stage 0: no list of 3 numbers", "[" + stage.replace("5,2,2", "5,2,2,2") + "]");
        assertStagesRefused("stage 0: found -1", "[" + stage.replace("0,0", "-1,0") + "]");
        assertStagesRefused("stage 0: a grid with a stride", "[" + stage.replace("'stride':[1", "'stride':[0") + "]");
        assertStagesRefused("the last of 3 positions", "[" + stage.replace("'positions':[2", "'positions':[3") + "]");
        assertStagesRefused("expected at most", "[" + stage.replace("5,2,2", "2147483647,2,2") + "]");
        assertStagesRefused("expected at most", "[" + stage.replace("0,0", "2000000,2000000") + "]");
        assertStagesRefused("expected 0 to", "[" + stage.replace("0,0", "2147483647,2147483647") + "]");
    }

    private void assertStagesRefused(String message, String stages) throws IOException {
        assertRefused(message, b -> b.metadata("stages", stages.replace('\'', '"')));
    }

    @Test
    void partsThatDoNotFitAreNamed() {
        Model model = random(1, 20, 2, new Readout.GroupSum(3, 1));
        Circuit narrow = new CircuitBuilder(2).build(2, 3, 2);
        assertThatThrownBy(() -> model.withCircuit(narrow))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the encoder makes 20 bits where the circuit has 2 inputs");
        Circuit four = new CircuitBuilder(20).build(2, 3, 2, 3);
        assertThatThrownBy(() -> model.withCircuit(four)).hasMessage("4 outputs do not divide into 3 groups");
        Circuit none = new CircuitBuilder(20).build();
        assertThatThrownBy(() -> model.withCircuit(none)).hasMessage("0 outputs do not divide into 3 groups");
        assertThatThrownBy(() -> new Readout.GroupSum(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Readout.GroupSum(2, Float.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Readout.Regression(Float.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void otherKindsOfFilesAreNoModels() throws IOException {
        Path file = folder.resolve("a.gate");
        TensorFile.builder().metadata("kind", "checkpoint").build().write(file);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessage(file + ": is not a sound model: it holds a checkpoint");
        TensorFile.builder().build().write(file);
        assertThatThrownBy(() -> ModelFile.read(file)).hasMessageContaining("it has no metadata kind");
    }

    @Test
    void soundFilesOfUnsoundModelsAreRefused() throws IOException {
        assertRefused("reads wire 22", b -> b.ints("circuit.wires", new int[] {1, 2}, new int[] {2, 22}));
        assertRefused("gap among the wires", b -> b.ints("circuit.wires", new int[] {1, 2}, new int[] {-1, 2}));
        assertRefused("has shape [2]", b -> b.ints("circuit.wires", new int[] {2}, new int[] {2, 3}));
        assertRefused("has shape [2, 1]", b -> b.ints("circuit.wires", new int[] {2, 1}, new int[] {2, 3}));
        assertRefused("gates of up to 0 wires", b -> b.ints("circuit.wires", new int[] {1, 0}, new int[0]));
        assertRefused("where I64 was expected", b -> b.ints("circuit.wires", new int[] {1, 7}, new int[7]));
        assertRefused("output 1 is wire 23", b -> b.ints("circuit.outputs", new int[] {2}, new int[] {2, 23}));
        assertRefused("3 outputs do not divide", b -> b.ints("circuit.outputs", new int[] {3}, new int[3]));
        assertRefused("has table 6f", b -> b.bytes("circuit.tables", new int[] {1}, new byte[] {0x6F}));
        assertRefused("encoder bit 0 reads input 12", b -> b.ints("encoder.columns", new int[] {20}, filled(12)));
        assertRefused("19 values", b -> b.floats("encoder.values", new int[] {19}, new float[19]));
        assertRefused("there is no tensor encoder.tests", b -> b.ints("encoder.tests2", new int[] {0}, new int[0]));
        assertRefused("metadata inputs: character 17", b -> b.metadata("inputs", "{\"pixels\":[3,2,2"));
        assertRefused("neither pixels nor columns", b -> b.metadata("inputs", "{}"));
        assertRefused("where a size was expected", b -> b.metadata("inputs", "{\"pixels\":[3,2,-2]}"));
        assertRefused("images of 3×2×2147483647", b -> b.metadata("inputs", "{\"pixels\":[3,2,2147483647]}"));
        for (String stencils : List.of("[]", "3", "{}")) {
            assertRefused("stencils are not a list", b -> b.metadata("inputs", stencilled(stencils)));
        }
        for (String weights : List.of("[0,0,0,0,0,0,0,0,0]", "[1]", "7", "[1,1,1,1,-128,1,1,1,1]")) {
            assertRefused("expected nine from −127 to 127", b -> b.metadata("inputs", stencilled("[" + weights + "]")));
        }
        for (String weight : List.of("128", "0.5", "\"1\"", "4294967297")) {
            assertRefused("a weight of a stencil", b -> b.metadata("inputs", stencilled("[[" + weight + "]]")));
        }
        assertRefused("pixels nor columns", b -> b.metadata("inputs", "{\"pixels\":[3,2,2],\"more\":[]}"));
        assertRefused("is unknown", b -> b.metadata("readout", "{\"kind\":\"x\"}"));
        assertRefused("tau 0.0", b -> b.metadata("readout", "{\"kind\":\"group-sum\",\"classes\":2,\"tau\":0}"));
        assertRefused("found null", b -> b.metadata("readout", "{\"kind\":\"group-sum\",\"classes\":2}"));
        assertRefused("1 labels where", b -> b.metadata("labels", "[\"a\"]"));
        assertRefused("not all strings", b -> b.metadata("labels", "[\"a\",1]"));
        assertRefused("is not a string", b -> b.metadata("provenance", "{\"a\":1}"));
    }

    private static String stencilled(String stencils) {
        return "{\"pixels\":[3,2,2],\"stencils\":" + stencils + "}";
    }

    private static int[] filled(int value) {
        int[] filled = new int[20];
        java.util.Arrays.fill(filled, value);
        return filled;
    }

    /** Writes a sound model of one gate with one part replaced, and expects its reading to fail. */
    private void assertRefused(String message, UnaryOperator<TensorFile.Builder> change) throws IOException {
        TensorFile changed = change.apply(TensorFile.builder()).build();
        Encoder encoder = encoder(0);
        CircuitBuilder gates = new CircuitBuilder(20);
        Model model = new Model(
                encoder,
                gates.build(gates.gate(8, 2, 3), 2),
                new Readout.GroupSum(2, 1),
                "t",
                List.of("a", "b"),
                new Provenance(new TreeMap<>()));
        Path file = folder.resolve("a.gate");
        ModelFile.write(model, file);
        TensorFile sound = TensorFile.read(file);
        TensorFile.Builder builder = change.apply(TensorFile.builder());
        for (var entry : sound.metadata().entrySet()) {
            if (!changed.metadata().containsKey(entry.getKey())) {
                builder.metadata(entry.getKey(), entry.getValue());
            }
        }
        for (String name : sound.names()) {
            if (!changed.names().contains(name) && !changed.names().contains(name + "2")) {
                switch (sound.type(name)) {
                    case U8 -> builder.bytes(name, sound.shape(name), sound.bytes(name));
                    case I32 -> builder.ints(name, sound.shape(name), sound.ints(name));
                    case F32 -> builder.floats(name, sound.shape(name), sound.floats(name));
                    case I64 -> builder.longs(name, sound.shape(name), sound.longs(name));
                }
            }
        }
        builder.build().write(file);
        assertThatThrownBy(() -> ModelFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(file + ": is not a sound model: ")
                .hasMessageContaining(message);
        Files.delete(file);
    }
}
