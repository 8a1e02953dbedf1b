package dev.gatewright.pass;

import java.util.Arrays;

/**
 * Cuts of up to four leaves of the nodes of an {@link Xag}, with the function of the node over the leaves. A cut's
 * leaves ascend and leaf {@code i} is input {@code i} of its table; the function depends on every leaf. Of each node
 * at most {@value #PER_NODE} cuts are kept, and none that contains another.
 */
final class Cuts {
    static final int PER_NODE = 8;
    private static final int LEAVES = FourInputs.INPUTS;
    private static final int[] LEAF_TABLES = {0xAAAA, 0xCCCC, 0xF0F0, 0xFF00};
    private static final int UNUSED = Integer.MAX_VALUE;

    private final Xag xag;
    private final int most;
    private byte[] counts;
    private int[] leaves;
    private char[] tables;
    /** The cuts of both nodes read, each its own trivial cut last. */
    private final int[][] readLeaves = new int[2][(PER_NODE + 1) * LEAVES];

    private final int[][] readTables = new int[2][PER_NODE + 1];
    private final int[] merged = new int[LEAVES];

    /** Cuts of at most {@code most} leaves, up to four. */
    Cuts(Xag xag, int nodesExpected, int most) {
        this.xag = xag;
        this.most = most;
        counts = new byte[nodesExpected];
        leaves = new int[nodesExpected * PER_NODE * LEAVES];
        tables = new char[nodesExpected * PER_NODE];
    }

    /** How many cuts a node has. */
    int count(int node) {
        return node < counts.length ? counts[node] : 0;
    }

    /** Leaf {@code i} of a cut, or {@link Xag#NONE} where it has fewer. */
    int leaf(int node, int cut, int i) {
        int leaf = leaves[(node * PER_NODE + cut) * LEAVES + i];
        return leaf == UNUSED ? Xag.NONE : leaf;
    }

    int table(int node, int cut) {
        return tables[node * PER_NODE + cut];
    }

    /** Computes the cuts of a gate from those of the nodes it reads, unless it has some. */
    void enumerate(int node) {
        if (node >= counts.length) {
            int capacity = Math.max(node + 1, counts.length + (counts.length >> 1));
            counts = Arrays.copyOf(counts, capacity);
            leaves = Arrays.copyOf(leaves, Math.multiplyExact(capacity, PER_NODE * LEAVES));
            tables = Arrays.copyOf(tables, capacity * PER_NODE);
        }
        if (counts[node] > 0) {
            return;
        }
        int one = gather(0, xag.left(node) >> 1);
        int other = gather(1, xag.right(node) >> 1);
        int flipOne = -(xag.left(node) & 1);
        int flipOther = -(xag.right(node) & 1);
        boolean xor = xag.isXor(node);
        // The trivial cuts are last, and the smallest: begin with them.
        for (int sum = one + other; sum >= 0; sum--) {
            for (int i = Math.min(one, sum); i >= Math.max(0, sum - other); i--) {
                int j = sum - i;
                if (merge(i, j)) {
                    int a = stretch(readTables[0][i], i, 0) ^ flipOne;
                    int b = stretch(readTables[1][j], j, 1) ^ flipOther;
                    keep(node, (xor ? a ^ b : a & b) & 0xFFFF);
                }
            }
        }
    }

    /** Copies the cuts of a node that is read, returns the place of its trivial cut. */
    private int gather(int side, int node) {
        int count = count(node);
        System.arraycopy(leaves, node * PER_NODE * LEAVES, readLeaves[side], 0, count * LEAVES);
        for (int cut = 0; cut < count; cut++) {
            readTables[side][cut] = tables[node * PER_NODE + cut];
        }
        Arrays.fill(readLeaves[side], count * LEAVES, (count + 1) * LEAVES, UNUSED);
        readLeaves[side][count * LEAVES] = node;
        readTables[side][count] = LEAF_TABLES[0];
        return count;
    }

    /** The union of two cuts into {@code merged}; false where it has too many leaves. */
    private boolean merge(int i, int j) {
        int[] a = readLeaves[0];
        int[] b = readLeaves[1];
        int p = i * LEAVES;
        int endA = p + LEAVES;
        int q = j * LEAVES;
        int endB = q + LEAVES;
        int size = 0;
        while (true) {
            int x = p < endA ? a[p] : UNUSED;
            int y = q < endB ? b[q] : UNUSED;
            int next = Math.min(x, y);
            if (next == UNUSED) {
                Arrays.fill(merged, size, LEAVES, UNUSED);
                return true;
            }
            if (size == most) {
                return false;
            }
            merged[size++] = next;
            p += x == next ? 1 : 0;
            q += y == next ? 1 : 0;
        }
    }

    /** The table of cut {@code cut} of a side, over the merged leaves. */
    private int stretch(int table, int cut, int side) {
        int from = cut * LEAVES;
        int stretched = table;
        int place = LEAVES - 1;
        for (int i = LEAVES - 1; i >= 0; i--) {
            int leaf = readLeaves[side][from + i];
            if (leaf != UNUSED) {
                while (merged[place] != leaf) {
                    place--;
                }
                stretched = swap(stretched, i, place);
            }
        }
        return stretched;
    }

    /** The table with inputs {@code i ≤ j} exchanged. */
    private static int swap(int table, int i, int j) {
        if (i == j) {
            return table;
        }
        int shift = (1 << j) - (1 << i);
        int up = LEAF_TABLES[i] & ~LEAF_TABLES[j];
        return table & ~(up | up << shift) | (table & up) << shift | table >>> shift & up;
    }

    private static boolean dependsOn(int table, int input) {
        return ((table >>> (1 << input) ^ table) & ~LEAF_TABLES[input] & 0xFFFF) != 0;
    }

    /** Adds the merged cut without the leaves that do not matter, if it is no superset of one kept. */
    private void keep(int node, int wide) {
        int table = wide;
        int size = 0;
        for (int i = 0; i < LEAVES && merged[i] != UNUSED; i++) {
            if (dependsOn(table, i)) {
                if (size < i) {
                    table = swap(table, size, i);
                    merged[size] = merged[i];
                }
                size++;
            }
        }
        Arrays.fill(merged, size, LEAVES, UNUSED);
        int count = counts[node];
        int base = node * PER_NODE;
        for (int cut = 0; cut < count; cut++) {
            if (contains(merged, 0, leaves, (base + cut) * LEAVES)) {
                return;
            }
        }
        int kept = 0;
        for (int cut = 0; cut < count; cut++) {
            if (!contains(leaves, (base + cut) * LEAVES, merged, 0)) {
                System.arraycopy(leaves, (base + cut) * LEAVES, leaves, (base + kept) * LEAVES, LEAVES);
                tables[base + kept] = tables[base + cut];
                kept++;
            }
        }
        if (kept < PER_NODE) {
            System.arraycopy(merged, 0, leaves, (base + kept) * LEAVES, LEAVES);
            tables[base + kept] = (char) table;
            kept++;
        }
        counts[node] = (byte) kept;
    }

    private static boolean contains(int[] all, int from, int[] some, int start) {
        int p = from;
        for (int q = start; q < start + LEAVES && some[q] != UNUSED; q++) {
            while (p < from + LEAVES && all[p] < some[q]) {
                p++;
            }
            if (p == from + LEAVES || all[p] != some[q]) {
                return false;
            }
        }
        return true;
    }
}
