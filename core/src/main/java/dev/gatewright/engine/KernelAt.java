package dev.gatewright.engine;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.circuit.CircuitBuilder;
import dev.gatewright.circuit.Grid;
import dev.gatewright.circuit.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A kernel as it is at some of its positions: folded where the border, or a plane that is true throughout, makes an
 * input constant. In maps of few positions that is most of them, and a third of the gates.
 *
 * @param kernel with all inputs and outputs, of which it may read fewer
 */
record KernelAt(Circuit kernel, int[] positions) {
    /** Gates of all foldings of a kernel: beyond, compiling them takes longer than they are worth. */
    private static final long MOST_GATES = 1 << 19;

    /**
     * The foldings of a stage's kernel, by how much of its window is in the border.
     *
     * @param isTrue input of the kernel → whether it is true wherever it is not in the border
     */
    static List<KernelAt> of(Stage stage, boolean[] isTrue) {
        Grid grid = stage.grid();
        Map<List<Integer>, List<Integer>> alike = new LinkedHashMap<>();
        for (int position = 0; position < grid.positions().size(); position++) {
            int columns = grid.positions().columns();
            List<Integer> inside = new ArrayList<>();
            inside(
                    position / columns * grid.stride().rows() - grid.pad().rows(),
                    grid.window().rows(),
                    grid.plane().rows(),
                    inside);
            inside(
                    position % columns * grid.stride().columns() - grid.pad().columns(),
                    grid.window().columns(),
                    grid.plane().columns(),
                    inside);
            alike.computeIfAbsent(inside, key -> new ArrayList<>()).add(position);
        }
        if (alike.size() > 1 && alike.size() * (long) stage.kernel().gates() > MOST_GATES) {
            int[] all = IntStream.range(0, grid.positions().size()).toArray();
            return List.of(new KernelAt(stage.kernel(), all));
        }
        return alike.values().stream()
                .map(positions -> new KernelAt(
                        folded(stage, isTrue, positions.getFirst()),
                        positions.stream().mapToInt(position -> position).toArray()))
                .toList();
    }

    /** Adds the first place of a window that is not in the border, and that after the last. */
    private static void inside(int start, int window, int size, List<Integer> places) {
        places.add(Math.clamp(-start, 0, window));
        places.add(Math.clamp(size - start, 0, window));
    }

    private static Circuit folded(Stage stage, boolean[] isTrue, int position) {
        Circuit kernel = stage.kernel();
        CircuitBuilder builder = new CircuitBuilder(kernel.inputs(), kernel.maxArity());
        int[] inputs = new int[kernel.inputs()];
        for (int input = 0; input < inputs.length; input++) {
            boolean border = stage.grid().source(input, position) == Grid.BORDER;
            inputs[input] = border ? 0 : isTrue[input] ? 1 : builder.input(input);
        }
        return builder.build(kernel.addTo(builder, inputs));
    }
}
