package dev.gatewright.circuit;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A circuit cut where it no longer stands at many positions: stages, and the rest written out. The wires between have
 * <em>places</em>: before the first stage their own numbers, after a stage all outputs of its kernel at the first position,
 * then all at the second, and so on.
 *
 * @param rest what comes after the stages; its input {@code i} is the wire with place {@code i}
 */
public record Kernels(List<Stage> stages, Circuit rest) {
    public Kernels {
        stages = List.copyOf(stages);
    }

    /** The stages of a form; its last one, where that stands at one position only, is the rest. */
    public static Kernels of(CircuitForm form) {
        List<Stage> all = form.stages();
        Stage last = all.getLast();
        boolean cut = last.grid().positions().size() == 1;
        List<Stage> stages = cut ? all.subList(0, all.size() - 1) : all;
        Circuit kernel = last.kernel();
        CircuitBuilder builder = new CircuitBuilder(cut ? last.inputs() : last.outputs(), cut ? kernel.maxArity() : 2);
        int[] wires = IntStream.range(0, cut ? kernel.inputs() : form.outputs())
                .map(i -> cut ? last.grid().source(i, 0) : i)
                .map(wire -> wire == Grid.BORDER ? 0 : builder.input(place(stages, stages.size(), wire)))
                .toArray();
        return new Kernels(stages, builder.build(cut ? kernel.addTo(builder, wires) : wires));
    }

    private static int place(List<Stage> stages, int before, int wire) {
        if (before == 0) {
            return wire;
        }
        Stage giver = stages.get(before - 1);
        int positions = giver.grid().positions().size();
        return wire % positions * giver.kernel().outputs() + wire / positions;
    }

    /** Inputs of all. */
    public int inputs() {
        return stages.isEmpty() ? rest.inputs() : stages.getFirst().inputs();
    }

    /** The place, among the wires before a stage, that an input of its kernel reads; or {@link Grid#BORDER}. */
    public int source(int stage, int input, int position) {
        int wire = stages.get(stage).grid().source(input, position);
        return wire == Grid.BORDER ? wire : place(stages, stage, wire);
    }

    /** The inputs of a stage's kernel by the places that they read in the middle of the grid, so that many are neighbours. */
    public int[] order(int stage) {
        Extent positions = stages.get(stage).grid().positions();
        int middle = positions.rows() / 2 * positions.columns() + positions.columns() / 2;
        return IntStream.range(0, stages.get(stage).kernel().inputs())
                .boxed()
                .sorted(java.util.Comparator.comparingInt(input -> source(stage, input, middle)))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
