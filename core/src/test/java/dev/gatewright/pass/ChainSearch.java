package dev.gatewright.pass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds the shortest chains of two-input gates for every class of functions of four inputs, by trying them all: the
 * source of {@code chains4.txt}, which its main method prints.
 *
 * <p>After Knuth, The Art of Computer Programming 7.1.2: only normal functions (false where all inputs are) need be
 * tried, with five operations; the first gate is one of two up to symmetry, and a chain is cut off as soon as the gates
 * that nothing reads yet can no longer all be used.
 */
final class ChainSearch {
    private static final int[] INPUT_TABLES = {0xAAAA, 0xCCCC, 0xF0F0, 0xFF00};
    private static final int AND = 0;
    private static final int LEFT_ONLY = 1;
    private static final int RIGHT_ONLY = 2;
    private static final int OR = 3;
    private static final int XOR = 4;

    private final int perClass;
    private final int[] tables = new int[16];
    private final int[] left = new int[16];
    private final int[] right = new int[16];
    private final int[] operation = new int[16];
    private final int[] uses = new int[16];
    private final Map<Integer, Integer> shortest = new TreeMap<>();
    /** Class → the sorted functions of the chain's gates → the chain in text. */
    private final Map<Integer, Map<List<Integer>, String>> chains = new TreeMap<>();

    private ChainSearch(int perClass) {
        this.perClass = perClass;
        System.arraycopy(INPUT_TABLES, 0, tables, 0, FourInputs.INPUTS);
    }

    /** A line a class: its table in hexadecimal and its chains. */
    static List<String> search(int longest, int perClass) {
        ChainSearch search = new ChainSearch(perClass);
        search.shortest.put(FourInputs.representative(0), 0);
        search.shortest.put(FourInputs.representative(0xAAAA), 0);
        for (int length = 1; length <= longest; length++) {
            search.first(AND, length);
            search.first(XOR, length);
        }
        return search.lines();
    }

    public static void main(String[] args) {
        search(7, 24).forEach(System.out::println);
    }

    private void first(int kind, int length) {
        push(FourInputs.INPUTS, kind, 0, 1);
        extend(FourInputs.INPUTS + 1, length - 1, 1, (0 * 16 + 1) * 8 + kind);
        pop(FourInputs.INPUTS);
    }

    /** Adds gates in ascending order where they do not read the one before. */
    private void extend(int count, int remaining, int unused, int previous) {
        if (remaining == 0) {
            record(count);
            return;
        }
        for (int b = 1; b < count; b++) {
            for (int a = 0; a < b; a++) {
                int freed = (unusedGate(a) ? 1 : 0) + (unusedGate(b) ? 1 : 0);
                if (unused - freed + 1 - (remaining - 1) > 1) {
                    continue;
                }
                for (int kind = AND; kind <= XOR; kind++) {
                    int code = (a * 16 + b) * 8 + kind;
                    if (b != count - 1 && code < previous && count > FourInputs.INPUTS + 1) {
                        continue;
                    }
                    push(count, kind, a, b);
                    if (isNew(count)) {
                        extend(count + 1, remaining - 1, unused - freed + 1, code);
                    }
                    pop(count);
                }
            }
        }
    }

    private boolean unusedGate(int node) {
        return node >= FourInputs.INPUTS && uses[node] == 0;
    }

    private void push(int node, int kind, int a, int b) {
        left[node] = a;
        right[node] = b;
        operation[node] = kind;
        tables[node] = switch (kind) {
            case AND -> tables[a] & tables[b];
            case LEFT_ONLY -> tables[a] & ~tables[b];
            case RIGHT_ONLY -> ~tables[a] & tables[b];
            case OR -> tables[a] | tables[b];
            default -> tables[a] ^ tables[b];
        };
        uses[a]++;
        uses[b]++;
        uses[node] = 0;
    }

    private void pop(int node) {
        uses[left[node]]--;
        uses[right[node]]--;
    }

    private boolean isNew(int node) {
        for (int i = 0; i < node; i++) {
            if (tables[i] == tables[node]) {
                return false;
            }
        }
        return tables[node] != 0;
    }

    private void record(int count) {
        int table = tables[count - 1];
        int length = count - FourInputs.INPUTS;
        int representative = FourInputs.representative(table);
        Integer known = shortest.putIfAbsent(representative, length);
        if (known != null && known < length) {
            return;
        }
        Map<List<Integer>, String> found = chains.computeIfAbsent(representative, r -> new LinkedHashMap<>());
        if (found.size() < 500) {
            String chain = text(count, FourInputs.transform(table));
            List<Integer> functions = functions(chain);
            found.putIfAbsent(functions, chain);
        }
    }

    /** The chain as one of the representative. */
    private String text(int count, int transform) {
        int[] literals = new int[count];
        for (int j = 0; j < FourInputs.INPUTS; j++) {
            literals[FourInputs.input(transform, j)] = j << 1 | FourInputs.inverted(transform, j);
        }
        StringBuilder text = new StringBuilder();
        for (int node = FourInputs.INPUTS; node < count; node++) {
            int a = literals[left[node]];
            int b = literals[right[node]];
            int out = node << 1;
            if (operation[node] == XOR) {
                out |= (a ^ b) & 1;
                a &= ~1;
                b &= ~1;
            } else {
                a ^= operation[node] == RIGHT_ONLY || operation[node] == OR ? 1 : 0;
                b ^= operation[node] == LEFT_ONLY || operation[node] == OR ? 1 : 0;
                out ^= operation[node] == OR ? 1 : 0;
            }
            boolean ascending = operation[node] != XOR;
            text.append(letter(ascending ? Math.min(a, b) : Math.max(a, b)));
            text.append(letter(ascending ? Math.max(a, b) : Math.min(a, b)));
            literals[node] = out;
        }
        return text.append(letter(literals[count - 1] ^ FourInputs.invertedOutput(transform)))
                .toString();
    }

    private static char letter(int literal) {
        return (char) ('a' + literal);
    }

    /** The functions of the gates of a chain in text, up to complement, sorted. */
    private static List<Integer> functions(String chain) {
        int[] tables = Arrays.copyOf(INPUT_TABLES, 16);
        List<Integer> functions = new ArrayList<>();
        for (int gate = 0; gate < chain.length() / 2; gate++) {
            int a = chain.charAt(2 * gate) - 'a';
            int b = chain.charAt(2 * gate + 1) - 'a';
            int x = tables[a >> 1] ^ -(a & 1);
            int y = tables[b >> 1] ^ -(b & 1);
            int table = (a < b ? x & y : x ^ y) & 0xFFFF;
            tables[FourInputs.INPUTS + gate] = table;
            functions.add(Math.min(table, ~table & 0xFFFF));
        }
        functions.sort(null);
        return functions;
    }

    /** The chains found, and what the symmetries of the class make of them. */
    private Map<List<Integer>, String> symmetric(int representative) {
        Map<List<Integer>, String> all = new LinkedHashMap<>(chains.getOrDefault(representative, Map.of()));
        List<String> found = List.copyOf(all.values());
        for (int transform = 0; transform < 1 << 13; transform++) {
            if (FourInputs.isPermutation(transform >> 5)
                    && FourInputs.apply(representative, transform) == representative) {
                for (String chain : found) {
                    String other = transformed(chain, transform);
                    all.putIfAbsent(functions(other), other);
                }
            }
        }
        return all;
    }

    private static String transformed(String chain, int transform) {
        int gates = chain.length() / 2;
        int[] literals = new int[FourInputs.INPUTS + gates];
        for (int j = 0; j < FourInputs.INPUTS; j++) {
            literals[j] = FourInputs.input(transform, j) << 1 | FourInputs.inverted(transform, j);
        }
        StringBuilder text = new StringBuilder();
        for (int gate = 0; gate < gates; gate++) {
            int one = chain.charAt(2 * gate) - 'a';
            int other = chain.charAt(2 * gate + 1) - 'a';
            int a = literals[one >> 1] ^ one & 1;
            int b = literals[other >> 1] ^ other & 1;
            int out = FourInputs.INPUTS + gate << 1;
            boolean xor = one > other;
            if (xor) {
                out |= (a ^ b) & 1;
                a &= ~1;
                b &= ~1;
            }
            text.append(letter(xor ? Math.max(a, b) : Math.min(a, b)));
            text.append(letter(xor ? Math.min(a, b) : Math.max(a, b)));
            literals[FourInputs.INPUTS + gate] = out;
        }
        int end = chain.charAt(chain.length() - 1) - 'a';
        return text.append(letter(literals[end >> 1] ^ end & 1 ^ FourInputs.invertedOutput(transform)))
                .toString();
    }

    /** Of each class, chains that have as many different gates as possible. */
    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int representative : shortest.keySet()) {
            StringBuilder line = new StringBuilder(String.format("%04x", representative));
            Map<List<Integer>, String> found = symmetric(representative);
            Set<Integer> covered = new HashSet<>();
            Set<List<Integer>> left = new java.util.LinkedHashSet<>(found.keySet());
            for (int i = 0; i < perClass && !left.isEmpty(); i++) {
                List<Integer> best = List.of();
                long gain = -1;
                for (List<Integer> functions : left) {
                    long fresh =
                            functions.stream().filter(f -> !covered.contains(f)).count();
                    if (fresh > gain) {
                        gain = fresh;
                        best = functions;
                    }
                }
                covered.addAll(best);
                left.remove(best);
                line.append(' ').append(found.get(best));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
