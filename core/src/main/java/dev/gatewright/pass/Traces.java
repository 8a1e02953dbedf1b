package dev.gatewright.pass;

import java.util.Arrays;
import java.util.List;

/**
 * What the nodes of a growing {@link Xag} carry under given patterns, and who reads them. Must be told of growth with
 * {@link #grow}.
 */
final class Traces {
    private final Xag xag;
    private final List<long[]> patterns;
    private final int words;
    private long[] traces;
    /** Node → twice its latest reader plus the side it is read on, plus one; 0 where nobody reads it. */
    private int[] reader;

    private int[] nextReader;
    private int known;

    Traces(Xag xag, List<long[]> patterns, int nodesExpected) {
        this.xag = xag;
        this.patterns = patterns;
        words = patterns.size();
        traces = new long[Math.multiplyExact(nodesExpected, words)];
        reader = new int[nodesExpected];
        nextReader = new int[2 * nodesExpected];
    }

    int words() {
        return words;
    }

    /** Word {@code word} of what a literal carries. */
    long word(int literal, int word) {
        return traces[(literal >> 1) * words + word] ^ -(long) (literal & 1);
    }

    /** A reader of a node, or {@link Xag#NONE}: the first step of a walk over all. */
    int firstReader(int node) {
        return reader[node] - 1;
    }

    /** The reader after one that {@link #firstReader} or this gave; the node that reads is half of it. */
    int nextReader(int edge) {
        return nextReader[edge] - 1;
    }

    /** Computes what the nodes added since carry. */
    void grow() {
        int nodes = xag.nodes();
        if (nodes > reader.length) {
            int capacity = nodes + (nodes >> 2);
            traces = Arrays.copyOf(traces, Math.multiplyExact(capacity, words));
            reader = Arrays.copyOf(reader, capacity);
            nextReader = Arrays.copyOf(nextReader, Math.multiplyExact(2, capacity));
        }
        for (; known < nodes; known++) {
            if (xag.isGate(known)) {
                gate(known);
            } else if (known > 0) {
                for (int word = 0; word < words; word++) {
                    traces[known * words + word] = patterns.get(word)[known - 1];
                }
            }
        }
    }

    private void gate(int node) {
        int left = xag.left(node);
        int right = xag.right(node);
        boolean xor = xag.isXor(node);
        for (int word = 0; word < words; word++) {
            long a = word(left, word);
            long b = word(right, word);
            traces[node * words + word] = xor ? a ^ b : a & b;
        }
        link(left >> 1, 2 * node);
        link(right >> 1, 2 * node + 1);
    }

    private void link(int read, int edge) {
        nextReader[edge] = reader[read];
        reader[read] = edge + 1;
    }
}
