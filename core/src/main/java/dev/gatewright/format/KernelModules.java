package dev.gatewright.format;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.CircuitForm;
import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.Kernels;
import dev.gatewright.circuit.Stage;
import dev.gatewright.encode.InputException;
import dev.gatewright.format.HardwareLanguage.Port;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The kernels of a circuit as modules of Verilog, and their instances at every position, where they read zeros of the border.
 * The planes after stage {@code i} are the vector {@code planes_i}, in the order of {@link Kernels}.
 *
 * @param module the name of the module that they stand in
 * @param input the name of what the first stage reads
 */
record KernelModules(Kernels kernels, String module, String input) {
    /** Constants of more bits are not read back. */
    private static final int MOST_ZEROS = 999;

    private static final VerilogLanguage VERILOG = new VerilogLanguage();

    /** @throws InputException if a kernel has no inputs or no outputs */
    static KernelModules of(CircuitForm form, String module, String input) {
        Kernels kernels = Kernels.of(form);
        for (Stage stage : kernels.stages()) {
            if (stage.kernel().inputs() == 0 || stage.kernel().outputs() == 0) {
                throw new InputException(
                        "format verilog: a kernel of " + stage.kernel().inputs() + " inputs and "
                                + stage.kernel().outputs() + " outputs where a module has one of each at least");
            }
        }
        return new KernelModules(kernels, module, input);
    }

    /** The vector that the rest of the circuit reads. */
    String last() {
        return planes(kernels.stages().size());
    }

    private String planes(int stage) {
        return stage == 0 ? input : "planes_" + stage;
    }

    private String name(int stage) {
        return module + "_k" + stage;
    }

    /** What stands where, in a sentence. */
    String sentence() {
        StringBuilder sentence = new StringBuilder("kernels:");
        for (int i = 0; i < kernels.stages().size(); i++) {
            Stage stage = kernels.stages().get(i);
            sentence.append(i == 0 ? " " : ", then ").append(name(i)).append(" at ");
            sentence.append(stage.grid().positions().toString().replace('×', 'x'))
                    .append(" positions, which gives ");
            sentence.append(planes(i + 1))
                    .append(", ")
                    .append(stage.kernel().outputs())
                    .append(" bits a position");
        }
        return kernels.stages().isEmpty() ? "" : sentence.append("; row by row").toString();
    }

    /** A module for each kernel. */
    void modules(TextOut out) throws IOException {
        for (int i = 0; i < kernels.stages().size(); i++) {
            Circuit kernel = kernels.stages().get(i).kernel();
            int[] order = kernels.order(i);
            CircuitBuilder builder = new CircuitBuilder(order.length, kernel.maxArity());
            int[] wires = new int[order.length];
            for (int input = 0; input < order.length; input++) {
                wires[order[input]] = builder.input(input);
            }
            Circuit ordered = builder.build(kernel.addTo(builder, wires));
            VERILOG.head(
                    out,
                    name(i),
                    List.of(new Port("x", ordered.inputs(), true), new Port("y", ordered.outputs(), false)));
            HardwareWalk walk = new HardwareWalk(ordered, "x", VERILOG, 0, HardwareWalk.Part.STATEMENTS, out);
            walk.gates();
            walk.outputs();
            VERILOG.tail(out);
        }
    }

    /** An instance of each kernel at each position. */
    void instances(TextOut out) throws IOException {
        for (int i = 0; i < kernels.stages().size(); i++) {
            Stage stage = kernels.stages().get(i);
            int[] order = kernels.order(i);
            int outputs = stage.kernel().outputs();
            VERILOG.wire(out, planes(i + 1), stage.outputs());
            for (int position = 0; position < stage.grid().positions().size(); position++) {
                out.text(name(i)).text(" k").number(i).raw('_').number(position);
                out.text(" (.x(").text(read(i, order, position)).text("), .y(");
                int from = position * outputs;
                out.text(range(planes(i + 1), from, from + outputs - 1, stage.outputs()))
                        .text("));\n");
            }
        }
    }

    /** What an instance reads, neighbours as one range. */
    private String read(int stage, int[] order, int position) {
        int[] places = IntStream.of(order)
                .map(input -> kernels.source(stage, input, position))
                .toArray();
        int width = kernels.stages().get(stage).inputs();
        List<String> parts = new ArrayList<>();
        int to;
        for (int from = 0; from < places.length; from = to) {
            boolean border = places[from] == Grid.BORDER;
            to = from + 1;
            while (to < places.length
                    && places[to] == (border ? Grid.BORDER : places[to - 1] + 1)
                    && to - from < (border ? MOST_ZEROS : places.length)) {
                to++;
            }
            parts.add(border ? to - from + "'d0" : range(planes(stage), places[from], places[to - 1], width));
        }
        return parts.size() == 1 ? parts.getFirst() : "{" + String.join(", ", parts.reversed()) + "}";
    }

    private static String range(String vector, int from, int to, int width) {
        if (to - from + 1 == width) {
            return vector;
        }
        return vector + "[" + (from == to ? "" : to + ":") + from + "]";
    }
}
