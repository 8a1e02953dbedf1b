package dev.gatewright.foreign;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.logic.TruthTable;
import dev.gatewright.model.FormatException;
import dev.gatewright.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads the circuits that torchlogix writes as JSON: gates with ids in topological order, then sums over gates. */
final class TorchlogixJson {
    private static final long MAX_FILE = 1 << 28;
    private static final int MAX_INPUTS = 1 << 24;

    private static final Map<String, Integer> TABLES = Map.ofEntries(
            Map.entry("CONST_FALSE", TruthTable.FALSE),
            Map.entry("CONST_TRUE", TruthTable.TRUE),
            Map.entry("WIRE", TruthTable.A),
            Map.entry("NOT", TruthTable.NOT_A),
            Map.entry("AND", TruthTable.AND),
            Map.entry("OR", TruthTable.OR),
            Map.entry("XOR", TruthTable.XOR),
            Map.entry("NAND", TruthTable.NAND),
            Map.entry("NOR", TruthTable.NOR),
            Map.entry("XNOR", TruthTable.XNOR),
            Map.entry("AND_NOT_B", TruthTable.A_AND_NOT_B),
            Map.entry("AND_NOT_A", TruthTable.B_AND_NOT_A),
            Map.entry("OR_NOT_B", TruthTable.A_OR_NOT_B),
            Map.entry("OR_NOT_A", TruthTable.B_OR_NOT_A),
            Map.entry("NOT_A", TruthTable.NOT_A),
            Map.entry("NOT_B", TruthTable.NOT_B));

    /** What is summed for a class; the constant {@code beta} counts as so many true outputs. */
    private record Sum(int[] wires, double tau, double beta) {}

    private final Map<?, ?> json;
    private final int inputs;
    private final CircuitBuilder builder;
    private final Map<Long, Integer> wires = new HashMap<>();

    private TorchlogixJson(Map<?, ?> json, int inputs) {
        this.json = json;
        this.inputs = inputs;
        this.builder = new CircuitBuilder(inputs);
    }

    static ForeignNetwork read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MAX_FILE) {
            throw new FormatException("takes " + size + " bytes; circuits of up to " + MAX_FILE + " are read");
        }
        if (!(Json.parse(Files.readString(file)) instanceof Map<?, ?> json)) {
            throw new FormatException("is no circuit of torchlogix: expected an object");
        }
        long inputs = whole(json, "n_inputs", "the circuit");
        if (inputs < 1 || inputs > MAX_INPUTS) {
            throw new FormatException("has " + inputs + " inputs; expected 1 to " + MAX_INPUTS);
        }
        return new TorchlogixJson(json, (int) inputs).network();
    }

    private ForeignNetwork network() throws FormatException {
        List<?> gates = list(json, "gates");
        for (Object gate : gates) {
            gate(gate);
        }
        Map<Long, Sum> sums = new HashMap<>();
        for (Object sum : json.containsKey("sum_nodes") ? list(json, "sum_nodes") : List.of()) {
            sum(sum, sums);
        }
        List<Sum> summed = new ArrayList<>();
        List<Integer> plain = new ArrayList<>();
        for (Object output : list(json, "outputs")) {
            long id = output instanceof Long number ? number : -1;
            if (sums.containsKey(id)) {
                summed.add(sums.get(id));
            } else {
                plain.add(wire(id, "the outputs"));
            }
        }
        if (!summed.isEmpty() && !plain.isEmpty()) {
            throw new FormatException("has " + summed.size() + " sums and " + plain.size()
                    + " plain bits among its outputs; expected one or the other");
        }
        Circuit circuit = builder.build(
                summed.isEmpty() ? plain.stream().mapToInt(wire -> wire).toArray() : groups(summed));
        return new ForeignNetwork(
                "torchlogix circuit",
                inputs,
                true,
                gates.size(),
                !summed.isEmpty(),
                summed.isEmpty() ? OptionalInt.empty() : OptionalInt.of(summed.size()),
                summed.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(summed.getFirst().tau()),
                Optional.empty(),
                ImportOptions.BitOrder.PIXEL,
                (bits, ignored) -> circuit);
    }

    private void gate(Object value) throws FormatException {
        String where = "a gate";
        Map<?, ?> gate = object(value, where);
        long id = whole(gate, "gate_id", where);
        where = "gate " + id;
        Integer table = TABLES.get(String.valueOf(gate.get("op")));
        if (table == null) {
            throw new FormatException(
                    where + " has the operation " + gate.get("op") + "; expected one such as AND_NOT_B");
        }
        int a = TruthTable.dependsOn(table, 2, 0) ? wire(whole(gate, "in0", where), where) : 0;
        int b = TruthTable.dependsOn(table, 2, 1) ? wire(whole(gate, "in1", where), where) : 0;
        if (id < inputs || wires.putIfAbsent(id, builder.gate(table, a, b)) != null) {
            throw new FormatException("has two gates, or a gate and an input, of number " + id);
        }
    }

    private int wire(long id, String where) throws FormatException {
        if (id >= 0 && id < inputs) {
            return builder.input((int) id);
        }
        Integer wire = wires.get(id);
        if (wire == null) {
            throw new FormatException(where + " reads gate " + id + ", which is not there or comes later");
        }
        return wire;
    }

    private void sum(Object value, Map<Long, Sum> sums) throws FormatException {
        Map<?, ?> sum = object(value, "a sum");
        long id = whole(sum, "node_id", "a sum");
        String where = "sum " + id;
        List<?> ids = list(sum, "input_ids");
        int[] read = new int[ids.size()];
        for (int i = 0; i < read.length; i++) {
            read[i] = wire(ids.get(i) instanceof Long number ? number : -1, where);
        }
        sums.put(id, new Sum(read, number(sum, "tau", 1), number(sum, "beta", 0)));
    }

    /** Groups of one size: what is counted anyway becomes true outputs, what is missing false ones. */
    private static int[] groups(List<Sum> sums) throws FormatException {
        double least = sums.stream().mapToDouble(Sum::beta).min().orElse(0);
        double base = least == Math.rint(least) ? Math.min(0, least) : least;
        long most = 1;
        for (Sum sum : sums) {
            double extra = sum.beta() - base;
            if (extra != Math.rint(extra)
                    || extra > 1 << 20
                    || sum.tau() != sums.getFirst().tau()) {
                throw new FormatException("has sums of different tau, or whose beta differ by more or less than whole"
                        + " numbers, which a model cannot hold");
            }
            most = Math.max(most, sum.wires().length + (long) extra);
        }
        if (most * sums.size() > 1 << 28) {
            throw new FormatException("has " + sums.size() + " sums of up to " + most + " gates");
        }
        int[] outputs = new int[(int) most * sums.size()];
        for (int group = 0; group < sums.size(); group++) {
            Sum sum = sums.get(group);
            int from = group * (int) most;
            System.arraycopy(sum.wires(), 0, outputs, from, sum.wires().length);
            int end = from + sum.wires().length;
            java.util.Arrays.fill(outputs, end, end + (int) (sum.beta() - base), 1);
        }
        return outputs;
    }

    private static Map<?, ?> object(Object value, String what) throws FormatException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new FormatException("has " + what + " that is no object");
    }

    private static List<?> list(Map<?, ?> object, String name) throws FormatException {
        if (object.get(name) instanceof List<?> list) {
            return list;
        }
        throw new FormatException("has no list " + name + ", as circuits of torchlogix do");
    }

    private static long whole(Map<?, ?> object, String name, String where) throws FormatException {
        if (object.get(name) instanceof Long number) {
            return number;
        }
        throw new FormatException(where + " has no whole number " + name);
    }

    private static double number(Map<?, ?> object, String name, double otherwise) {
        return object.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }
}
