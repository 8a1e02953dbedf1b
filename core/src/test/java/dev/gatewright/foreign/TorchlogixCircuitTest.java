package dev.gatewright.foreign;

import static dev.gatewright.foreign.Published.assertScores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.Samples;
import dev.gatewright.model.FormatException;
import dev.gatewright.model.Json;
import dev.gatewright.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TorchlogixCircuitTest {
    @TempDir
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(9);

    @Test
    void circuitsInJsonPredictAsTheirGatesSay() throws IOException {
        List<String> ops = List.of(
                "CONST_FALSE",
                "AND",
                "AND_NOT_B",
                "WIRE",
                "AND_NOT_A",
                "XOR",
                "OR",
                "NOR",
                "XNOR",
                "NOT_B",
                "OR_NOT_B",
                "NOT",
                "OR_NOT_A",
                "NAND",
                "CONST_TRUE");
        int[] published = {0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        int inputs = 7;
        List<Object> gates = new ArrayList<>();
        int[][] read = new int[40][];
        for (int i = 0; i < 40; i++) {
            int op = i < ops.size() ? i : random.nextInt(ops.size());
            read[i] = new int[] {op, random.nextInt(inputs + i), random.nextInt(inputs + i)};
            Map<String, Object> gate = new LinkedHashMap<>();
            gate.put("gate_id", inputs + i);
            gate.put("op", ops.get(op));
            boolean unary = op == 3 || op == 11;
            gate.put("in0", read[i][1]);
            gate.put("in1", unary ? -1 : read[i][2]);
            gate.put("node_idx", -1);
            gates.add(gate);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("n_inputs", inputs);
        json.put("input_shape", List.of(inputs));
        json.put("outputs", List.of(100, 101));
        json.put("output_shape", List.of(2));
        json.put("gates", gates);
        json.put(
                "sum_nodes",
                List.of(
                        Map.of("node_id", 100, "input_ids", List.of(20, 30, 40, 3), "tau", 2.0, "beta", 2.0),
                        Map.of("node_id", 101, "input_ids", List.of(46, 45, 44, 43, 42, 41), "tau", 2.0, "beta", 0.0)));
        Path file = Files.writeString(folder.resolve("net.json"), Json.write(json));
        Model model = ForeignModel.read(ForeignModel.Origin.TORCHLOGIX, file, ImportOptions.defaults());
        Samples rows = Published.rows(random, 128, inputs, true);
        assertScores(model, rows, row -> {
            double[] values = java.util.Arrays.copyOf(row, inputs + 40);
            for (int i = 0; i < 40; i++) {
                values[inputs + i] = Published.gate(published[read[i][0]], values[read[i][1]], values[read[i][2]]);
            }
            double first = values[20] + values[30] + values[40] + values[3] + 2;
            double second = values[46] + values[45] + values[44] + values[43] + values[42] + values[41];
            return new float[] {(float) (first / 2), (float) (second / 2)};
        });
        assertThat(model.readout().toString()).contains("tau=2.0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | n_inputs",
                "{\"n_inputs\":99999999,\"gates\":[],\"outputs\":[]} | expected 1 to",
                "{\"n_inputs\":2,\"gates\":[{\"gate_id\":2,\"op\":\"AND\",\"in0\":0,\"in1\":3}],\"outputs\":[]} | gate 2 reads gate 3",
                "{\"n_inputs\":2,\"gates\":[{\"gate_id\":1,\"op\":\"AND\",\"in0\":0,\"in1\":1}],\"outputs\":[]} | of number 1",
                "{\"n_inputs\":2,\"gates\":[{\"gate_id\":2,\"op\":\"MUX\",\"in0\":0,\"in1\":1}],\"outputs\":[]} | MUX",
                "{\"n_inputs\":2,\"gates\":[],\"outputs\":[7]} | reads gate 7"
            })
    void wrongCircuitsAreNamed(String json, String said) throws IOException {
        Path file = Files.writeString(folder.resolve("net.json"), json);
        assertThatThrownBy(() -> ForeignModel.read(ForeignModel.Origin.TORCHLOGIX, file, ImportOptions.defaults()))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining(said);
    }
}
