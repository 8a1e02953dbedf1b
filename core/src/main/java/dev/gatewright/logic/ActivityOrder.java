package dev.gatewright.logic;

/** Variables by how active they were, the most active first and the lowest at a tie: a binary heap that finds its members. */
final class ActivityOrder {
    private static final int OUT = -1;

    private final double[] activity;
    private final int[] heap;
    /** Variable → its place in the heap, or {@link #OUT}. */
    private final int[] place;

    private int size;

    /** An order of all variables, over activities that the owner changes and tells of. */
    ActivityOrder(double[] activity) {
        this.activity = activity;
        heap = new int[activity.length];
        place = new int[activity.length];
        for (int variable = 0; variable < heap.length; variable++) {
            heap[variable] = variable;
            place[variable] = variable;
        }
        size = heap.length;
    }

    /** Takes the first variable out; negative where there is none. */
    int poll() {
        if (size == 0) {
            return -1;
        }
        int first = heap[0];
        place[first] = OUT;
        int last = heap[--size];
        if (size > 0) {
            heap[0] = last;
            place[last] = 0;
            sink(0);
        }
        return first;
    }

    /** Puts a variable in, where it is not. */
    void add(int variable) {
        if (place[variable] == OUT) {
            heap[size] = variable;
            place[variable] = size;
            rise(size++);
        }
    }

    /** To be told after the activity of a variable grew. */
    void grew(int variable) {
        if (place[variable] != OUT) {
            rise(place[variable]);
        }
    }

    private boolean before(int one, int other) {
        return activity[one] > activity[other] || activity[one] == activity[other] && one < other;
    }

    private void rise(int from) {
        int at = from;
        int variable = heap[at];
        while (at > 0 && before(variable, heap[at - 1 >> 1])) {
            put(heap[at - 1 >> 1], at);
            at = at - 1 >> 1;
        }
        put(variable, at);
    }

    private void sink(int from) {
        int at = from;
        int variable = heap[at];
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], variable)) {
                break;
            }
            put(heap[child], at);
            at = child;
        }
        put(variable, at);
    }

    private void put(int variable, int at) {
        heap[at] = variable;
        place[variable] = at;
    }
}
