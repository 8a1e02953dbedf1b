package dev.gatewright.hardware;

/**
 * The best cuts of one wire while they are looked for: at most {@value #MOST}, the best first, none of which contains another.
 * A cut is a set of wires, its leaves, that ascend.
 */
final class CutSet {
    static final int MOST = 8;

    /** What is better of two cuts. */
    enum Order {
        /** The least depth, then the fewest leaves, then the least area. */
        DEPTH,
        /** The least area, then the fewest leaves, then the least depth. */
        AREA
    }

    private final int width;
    /** A row a cut, and one more for the cut at hand. */
    private final int[][] leaves;

    private final int[] sizes = new int[MOST + 1];
    private final long[] signatures = new long[MOST + 1];
    private final int[] depths = new int[MOST + 1];
    private final float[] areas = new float[MOST + 1];
    private int count;

    /** Cuts of at most {@code width} leaves. */
    CutSet(int width) {
        this.width = width;
        leaves = new int[MOST + 1][width];
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    int[] leaves(int cut) {
        return leaves[cut];
    }

    int size(int cut) {
        return sizes[cut];
    }

    int depth(int cut) {
        return depths[cut];
    }

    float area(int cut) {
        return areas[cut];
    }

    /** The leaves of a cut that is to be offered; their number is the caller's to say. */
    int[] room() {
        return leaves[count];
    }

    /** The union of two cuts into {@link #room}: its size, or a negative number where it has too many leaves. */
    int merge(int[] a, int sizeA, int[] b, int sizeB) {
        int[] merged = leaves[count];
        int i = 0;
        int j = 0;
        int size = 0;
        while (i < sizeA || j < sizeB) {
            if (size == width) {
                return -1;
            }
            int x = i < sizeA ? a[i] : Integer.MAX_VALUE;
            int y = j < sizeB ? b[j] : Integer.MAX_VALUE;
            merged[size++] = Math.min(x, y);
            i += x <= y ? 1 : 0;
            j += y <= x ? 1 : 0;
        }
        return size;
    }

    /** Whether the cut in {@link #room} would be dropped at once, because it contains one of the set. */
    boolean isDominated(int size) {
        long signature = signature(leaves[count], size);
        for (int cut = 0; cut < count; cut++) {
            if (sizes[cut] <= size
                    && (signatures[cut] & ~signature) == 0
                    && contains(leaves[count], size, leaves[cut], sizes[cut])) {
                return true;
            }
        }
        return false;
    }

    /** Takes the cut in {@link #room}, which is not dominated, where it is among the best. */
    void offer(int size, int depth, float area, Order order) {
        int at = count;
        sizes[at] = size;
        signatures[at] = signature(leaves[at], size);
        depths[at] = depth;
        areas[at] = area;
        dropWhatContains(at);
        at = count;
        int place = at;
        while (place > 0 && isBetter(at, place - 1, order)) {
            place--;
        }
        if (place == MOST) {
            return;
        }
        int[] row = leaves[at];
        long signature = signatures[at];
        for (int i = at; i > place; i--) {
            copy(i - 1, i);
        }
        leaves[place] = row;
        sizes[place] = size;
        signatures[place] = signature;
        depths[place] = depth;
        areas[place] = area;
        count = Math.min(MOST, count + 1);
    }

    /** Drops cuts that contain the last one, and moves that up. */
    private void dropWhatContains(int last) {
        int kept = 0;
        for (int cut = 0; cut < last; cut++) {
            boolean drop = sizes[cut] >= sizes[last]
                    && (signatures[last] & ~signatures[cut]) == 0
                    && contains(leaves[cut], sizes[cut], leaves[last], sizes[last]);
            if (!drop) {
                swap(kept++, cut);
            }
        }
        swap(kept, last);
        count = kept;
    }

    private void swap(int to, int from) {
        if (to != from) {
            int[] row = leaves[to];
            copy(from, to);
            leaves[from] = row;
        }
    }

    private void copy(int from, int to) {
        leaves[to] = leaves[from];
        sizes[to] = sizes[from];
        signatures[to] = signatures[from];
        depths[to] = depths[from];
        areas[to] = areas[from];
    }

    private boolean isBetter(int cut, int than, Order order) {
        int byDepth = Integer.compare(depths[cut], depths[than]);
        int bySize = Integer.compare(sizes[cut], sizes[than]);
        int byArea = Float.compare(areas[cut], areas[than]);
        int first = order == Order.DEPTH ? byDepth : byArea;
        int last = order == Order.DEPTH ? byArea : byDepth;
        return first != 0 ? first < 0 : bySize != 0 ? bySize < 0 : last < 0;
    }

    private static long signature(int[] leaves, int size) {
        long signature = 0;
        for (int i = 0; i < size; i++) {
            signature |= 1L << leaves[i];
        }
        return signature;
    }

    private static boolean contains(int[] all, int allSize, int[] some, int someSize) {
        int i = 0;
        for (int j = 0; j < someSize; j++) {
            while (i < allSize && all[i] < some[j]) {
                i++;
            }
            if (i == allSize || all[i] != some[j]) {
                return false;
            }
        }
        return true;
    }
}
