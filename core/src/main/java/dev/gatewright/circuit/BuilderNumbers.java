package dev.gatewright.circuit;

import dev.gatewright.logic.TruthTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers as wires of a builder, computed with gates of two inputs. */
public record BuilderNumbers(CircuitBuilder builder) implements BitNumbers<Integer> {
    @Override
    public Integer constant(boolean value) {
        return value ? 1 : 0;
    }

    @Override
    public Integer and(Integer a, Integer b) {
        return builder.gate(TruthTable.AND, a, b);
    }

    @Override
    public Integer or(Integer a, Integer b) {
        return builder.gate(TruthTable.OR, a, b);
    }

    @Override
    public Integer xor(Integer a, Integer b) {
        return builder.gate(TruthTable.XOR, a, b);
    }

    @Override
    public List<Integer> add(List<Integer> a, List<Integer> b, int width) {
        return chain(a, b, 0, width);
    }

    @Override
    public List<Integer> chain(List<Integer> a, List<Integer> b, Integer carry, int width) {
        return list(Arithmetic.add(builder, wires(a, width), wires(b, width), carry));
    }

    @Override
    public Integer less(List<Integer> a, List<Integer> b) {
        int width = a.size() + 1;
        return Arithmetic.subtract(builder, wires(a, width), wires(b, width))[width - 1];
    }

    @Override
    public List<Integer> choose(Integer condition, List<Integer> yes, List<Integer> no) {
        return list(Arithmetic.choose(builder, condition, wires(yes, yes.size()), wires(no, no.size())));
    }

    /** The number in {@code width} wires. */
    private static int[] wires(List<Integer> number, int width) {
        int[] wires = number.stream().mapToInt(Integer::intValue).toArray();
        return Arrays.copyOf(wires, width);
    }

    private static List<Integer> list(int[] wires) {
        List<Integer> number = new ArrayList<>(wires.length);
        for (int wire : wires) {
            number.add(wire);
        }
        return number;
    }
}
