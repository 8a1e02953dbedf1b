package dev.gatewright.foreign;

import dev.gatewright.model.FormatException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The tensors and numbers of a file by their dotted names, such as {@code model.1.weights}, in natural order. */
final class Contents {
    /** {@code 10.weights} comes after {@code 9.weights}. */
    static final Comparator<String> NATURAL = Contents::compare;

    private final NavigableMap<String, Tensor> tensors = new TreeMap<>(NATURAL);
    private final NavigableMap<String, Double> numbers = new TreeMap<>(NATURAL);

    void put(String name, Tensor tensor) {
        tensors.put(name, tensor);
    }

    void put(String name, double number) {
        numbers.put(name, number);
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** @throws FormatException if there is no such tensor */
    Tensor tensor(String name) throws FormatException {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new FormatException("has no tensor " + name + "; it has " + names());
        }
        return tensor;
    }

    /** The names that end in {@code suffix}, without it, in natural order. */
    List<String> prefixes(String suffix) {
        List<String> prefixes = new ArrayList<>();
        for (String name : tensors.keySet()) {
            if (name.endsWith(suffix)) {
                prefixes.add(name.substring(0, name.length() - suffix.length()));
            }
        }
        return prefixes;
    }

    /** The tensors whose names end in {@code suffix}, in natural order. */
    List<Tensor> ending(String suffix) {
        return tensors.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(suffix))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The first number whose name is {@code name} or ends in a dot and it. */
    OptionalDouble number(String name) {
        return numbers.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name) || entry.getKey().endsWith("." + name))
                .mapToDouble(Map.Entry::getValue)
                .findFirst();
    }

    /** Some of the names, for messages. */
    String names() {
        List<String> first = tensors.keySet().stream().limit(6).toList();
        String more = tensors.size() > first.size() ? " and " + (tensors.size() - first.size()) + " more" : "";
        return first.isEmpty() ? "no tensors" : String.join(", ", first) + more;
    }

    private static int compare(String one, String other) {
        String[] a = one.split("\\.", -1);
        String[] b = other.split("\\.", -1);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            int order = isNumber(a[i]) && isNumber(b[i])
                    ? Long.compare(Long.parseLong(a[i]), Long.parseLong(b[i]))
                    : a[i].compareTo(b[i]);
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(a.length, b.length);
        return order != 0 ? order : one.compareTo(other);
    }

    private static boolean isNumber(String part) {
        return !part.isEmpty() && part.length() < 10 && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
