package dev.gatewright.foreign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values that a pickle may hold here. Nothing among them can do anything. */
sealed interface Pickled {
    /** Nothing, and whatever is of no interest. */
    record None() implements Pickled {}

    /** Where a sequence of arguments begins on the stack. */
    record Mark() implements Pickled {}

    record Truth(boolean value) implements Pickled {}

    record Whole(long value) implements Pickled {}

    record Real(double value) implements Pickled {}

    record Text(String value) implements Pickled {}

    /** A class or function by its name. */
    record Named(String module, String name) implements Pickled {
        @Override
        public String toString() {
            return module + "." + name;
        }
    }

    /** A tensor's numbers, by the name of their place in the archive. */
    record Storage(ElementType type, String key, long elements) implements Pickled {}

    record Numbers(Tensor tensor) implements Pickled {}

    /** A list, a tuple or a set. */
    record Sequence(List<Pickled> items) implements Pickled {
        Sequence() {
            this(new ArrayList<>());
        }
    }

    /** A dictionary, or an object as the dictionary of its fields. */
    record Dictionary(Map<Pickled, Pickled> entries) implements Pickled {
        Dictionary() {
            this(new LinkedHashMap<>());
        }
    }
}
