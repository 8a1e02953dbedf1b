package dev.gatewright.model;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitArrays;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.Extent;
import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.Stage;
import dev.gatewright.circuit.StagedCircuit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Circuits as tensors of a file. One that is written out has three; one in stages has three for the kernel of each
 * stage, and the grids in the metadata.
 */
final class CircuitTensors {
    private static final String STAGES = "stages";
    private static final String FLAT = "circuit";
    /** No network comes near it. */
    private static final int MOST_STAGES = 1000;

    private CircuitTensors() {}

    static void write(CircuitForm form, TensorFile.Builder file) {
        switch (form) {
            case Circuit circuit -> write(circuit, FLAT, file);
            case StagedCircuit staged -> {
                List<Object> grids = new ArrayList<>();
                for (Stage stage : staged.stages()) {
                    write(stage.kernel(), name(grids.size()), file);
                    grids.add(json(stage.grid()));
                }
                file.metadata(STAGES, Json.write(grids));
            }
        }
    }

    private static String name(int stage) {
        return FLAT + "." + stage;
    }

    private static void write(Circuit circuit, String name, TensorFile.Builder file) {
        int[] outputs = new int[circuit.outputs()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = circuit.output(i);
        }
        TensorFile.Type tables =
                circuit.maxArity() <= CircuitArrays.SMALL_ARITY ? TensorFile.Type.U8 : TensorFile.Type.I64;
        int[] gates = {circuit.gates()};
        int[] room = {circuit.gates(), circuit.maxArity()};
        file.tensor(name + ".wires", TensorFile.Type.I32, room, CircuitArrays.wires(circuit))
                .tensor(name + ".tables", tables, gates, CircuitArrays.tables(circuit))
                .ints(name + ".outputs", new int[] {outputs.length}, outputs);
    }

    /** @param inputs what the circuit must have */
    static CircuitForm read(TensorFile file, int inputs) throws FormatException {
        String text = file.metadata().get(STAGES);
        if (text == null) {
            return circuit(file, FLAT, inputs);
        }
        if (!(Json.parse(text) instanceof List<?> grids) || grids.isEmpty() || grids.size() > MOST_STAGES) {
            throw new FormatException("metadata " + STAGES + " is not a list of 1 to " + MOST_STAGES + " stages");
        }
        List<Stage> stages = new ArrayList<>();
        for (Object json : grids) {
            Grid grid = grid(json, stages.size());
            stages.add(new Stage(circuit(file, name(stages.size()), grid.kernelInputs()), grid));
        }
        return new StagedCircuit(stages);
    }

    private static Circuit circuit(TensorFile file, String name, int inputs) throws FormatException {
        String wires = name + ".wires";
        String tables = name + ".tables";
        String outputs = name + ".outputs";
        int[] shape = file.shape(wires);
        if (shape.length != 2 || !Arrays.equals(file.shape(tables), new int[] {shape[0]})) {
            throw new FormatException("tensor " + wires + " has shape " + Arrays.toString(shape) + " where " + tables
                    + " has shape " + Arrays.toString(file.shape(tables)));
        }
        int arity = shape[1];
        return arity <= CircuitArrays.SMALL_ARITY
                ? CircuitArrays.restore(inputs, arity, file.ints(wires), file.bytes(tables), file.ints(outputs))
                : CircuitArrays.restore(inputs, arity, file.ints(wires), file.longs(tables), file.ints(outputs));
    }

    private static Map<String, Object> json(Grid grid) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "planes",
                List.of(grid.channels(), grid.plane().rows(), grid.plane().columns()));
        json.put("window", json(grid.window()));
        json.put("stride", json(grid.stride()));
        json.put("pad", json(grid.pad()));
        json.put("positions", json(grid.positions()));
        return json;
    }

    private static List<Integer> json(Extent extent) {
        return List.of(extent.rows(), extent.columns());
    }

    private static Grid grid(Object json, int stage) throws FormatException {
        try {
            int[] planes = sizes(json, "planes", 3);
            return new Grid(
                    planes[0],
                    new Extent(planes[1], planes[2]),
                    extent(json, "window"),
                    extent(json, "stride"),
                    extent(json, "pad"),
                    extent(json, "positions"));
        } catch (FormatException | IllegalArgumentException e) {
            throw new FormatException("stage " + stage + ": " + e.getMessage());
        }
    }

    private static Extent extent(Object json, String name) throws FormatException {
        int[] sizes = sizes(json, name, 2);
        return new Extent(sizes[0], sizes[1]);
    }

    private static int[] sizes(Object json, String name, int count) throws FormatException {
        if (!(json instanceof Map<?, ?> object)
                || !(object.get(name) instanceof List<?> list)
                || list.size() != count) {
            throw new FormatException("no list of " + count + " numbers is called " + name);
        }
        int[] sizes = new int[count];
        for (int i = 0; i < count; i++) {
            sizes[i] = ModelJson.size(list.get(i));
        }
        return sizes;
    }
}
