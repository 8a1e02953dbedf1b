package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportTest {
    /** Class 1 where both bits are true, as a circuit of torchlogix. */
    private static final String CIRCUIT = """
            {"n_inputs": 2, "input_shape": [2], "outputs": [4, 5], "output_shape": [2],
             "gates": [{"gate_id": 2, "op": "AND", "in0": 0, "in1": 1, "node_idx": 0},
                       {"gate_id": 3, "op": "NOT", "in0": 2, "in1": -1, "node_idx": 0}],
             "sum_nodes": [{"node_id": 4, "input_ids": [3], "tau": 1.0, "beta": 0.0},
                           {"node_id": 5, "input_ids": [2], "tau": 1.0, "beta": 0.0}]}
            """;

    @TempDir
    private Path folder;

    private Path circuit;

    @BeforeEach
    void write() throws IOException {
        circuit = Files.writeString(folder.resolve("and.json"), CIRCUIT);
    }

    private String out() {
        return folder.resolve("and.gate").toString();
    }

    @Test
    void anImportedModelPredictsAndSaysWhereItIsFrom() throws IOException {
        Run run = Run.of(
                        "import",
                        "--from",
                        "torchlogix",
                        circuit.toString(),
                        "--labels",
                        "no,yes",
                        "--out",
                        out(),
                        "--json")
                .succeeded();
        assertThat(run.object()).containsEntry("gates_there", 2L).containsEntry("classes", 2L);
        Path rows = Files.writeString(folder.resolve("rows.csv"), "x0,x1\n1,1\n1,0\n0,1\n0,0\n");
        Run predicted =
                Run.of("predict", "--model", out(), "--in", rows.toString()).succeeded();
        assertThat(predicted.out().lines()).containsExactly("prediction", "yes", "no", "no", "no");
        assertThat(Run.of("inspect", "--model", out()).succeeded().out())
                .contains("imported from: torchlogix circuit", "imported file: and.json");
    }

    @Test
    void mistakesAreOneSentence() {
        Run.of("import", "--from", "torchlogix").refused("--from, a file and --out");
        Run.of("import", "--from", "onnx", circuit.toString(), "--out", out()).refused("--from", "onnx");
        Run.of("import", "--from", "torchlogix", circuit + "x", "--out", out()).refused("no such file");
        Run.of("import", "--from", "dwn", circuit.toString(), "--out", out()).refused("and.json: ", "safetensors");
        Run.of("import", "--from", "torchlogix", circuit.toString(), "--classes", "3", "--out", out())
                .refused("has 2 classes");
        Run.of("import", "--from", "torchlogix", circuit.toString(), "--input", "28x28", "--out", out())
                .refused("--input 28x28", "1x28x28");
        Run.of(
                        "import",
                        "--from",
                        "torchlogix",
                        circuit.toString(),
                        "--input",
                        "1x2x2",
                        "--thresholds",
                        "0.5",
                        "--out",
                        out())
                .refused("4 bits where the network reads 2");
        assertThat(Path.of(out())).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"difflogic", "torchlogix", "dwn"})
    void exportersArePrinted(String system) {
        String python = Run.of("import", "--help-export", system).succeeded().out();
        assertThat(python).contains("def export(model, path", "torch.save(");
    }
}
