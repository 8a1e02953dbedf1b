package dev.gatewright.foreign;

import dev.gatewright.model.FormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the part of pickle, protocols 2 to 5, that PyTorch writes for tensors. It runs nothing: a name outside
 * {@link Allowed} is refused, those inside only make values of {@link Pickled}. Time and memory are linear in the bytes.
 */
final class Unpickler {
    /** Makes the tensors, whose numbers lie outside the pickle. */
    interface Tensors {
        Tensor tensor(Pickled.Storage storage, long offset, int[] shape, long[] strides) throws FormatException;
    }

    private static final Pickled NONE = new Pickled.None();

    private final PickleBytes in;
    private final Tensors tensors;
    private final List<Pickled> stack = new ArrayList<>();
    private final Map<Integer, Pickled> memo = new HashMap<>();

    private Unpickler(byte[] bytes, Tensors tensors) {
        this.in = new PickleBytes(bytes);
        this.tensors = tensors;
    }

    /**
     * The value that a pickle describes.
     *
     * @throws FormatException if it names anything that is not allowed, or is not such a pickle
     */
    static Pickled read(byte[] bytes, Tensors tensors) throws FormatException {
        return new Unpickler(bytes, tensors).run();
    }

    private Pickled run() throws FormatException {
        while (true) {
            int code = in.instruction();
            if (code == '.') {
                Pickled result = pop();
                if (!stack.isEmpty()) {
                    throw wrong("ends with values left over");
                }
                return result;
            }
            if (!literal(code) && !memory(code) && !collection(code)) {
                make(code);
            }
        }
    }

    private boolean literal(int code) throws FormatException {
        switch (code) {
            case 0x80 -> {
                int version = in.oneByte();
                if (version < 2 || version > 5) {
                    throw wrong("is of protocol " + version + "; expected 2 to 5");
                }
            }
            case 0x95 -> in.eightBytes();
            case 'N' -> push(NONE);
            case 0x88, 0x89 -> push(new Pickled.Truth(code == 0x88));
            case 'K' -> push(new Pickled.Whole(in.oneByte()));
            case 'M' -> push(new Pickled.Whole(in.twoBytes()));
            case 'J' -> push(new Pickled.Whole(in.fourBytes()));
            case 0x8a -> push(new Pickled.Whole(in.whole(in.oneByte())));
            case 'G' -> push(new Pickled.Real(Double.longBitsToDouble(Long.reverseBytes(in.eightBytes()))));
            case 'X' -> push(new Pickled.Text(in.text(in.fourBytes())));
            case 0x8c -> push(new Pickled.Text(in.text(in.oneByte())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memory(int code) throws FormatException {
        switch (code) {
            case 'q' -> memo.put(in.oneByte(), top());
            case 'r' -> memo.put(in.fourBytes(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> push(recall(in.oneByte()));
            case 'j' -> push(recall(in.fourBytes()));
            case '0' -> pop();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean collection(int code) throws FormatException {
        switch (code) {
            case '(' -> stack.add(new Pickled.Mark());
            case ')', ']', 0x8f -> push(new Pickled.Sequence());
            case '}' -> push(new Pickled.Dictionary());
            case 't' -> push(new Pickled.Sequence(toMark()));
            case 0x85, 0x86, 0x87 -> push(new Pickled.Sequence(last(code - 0x84)));
            case 'a' -> {
                List<Pickled> one = last(1);
                items().addAll(one);
            }
            case 'e', 0x90 -> {
                List<Pickled> more = toMark();
                items().addAll(more);
            }
            case 's' -> fill(last(2));
            case 'u' -> fill(toMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private List<Pickled> items() throws FormatException {
        if (top() instanceof Pickled.Sequence sequence) {
            return sequence.items();
        }
        throw wrong("adds to something that is no list");
    }

    private void fill(List<Pickled> pairs) throws FormatException {
        if (!(top() instanceof Pickled.Dictionary dictionary) || pairs.size() % 2 != 0) {
            throw wrong("sets entries of something that is no dictionary");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            dictionary.entries().put(key(pairs.get(i)), pairs.get(i + 1));
        }
    }

    /** Only these have a hash that costs the same whatever the file says. */
    private Pickled key(Pickled key) throws FormatException {
        return switch (key) {
            case Pickled.Text text -> text;
            case Pickled.Whole whole -> whole;
            case Pickled.None none -> none;
            case Pickled.Mark mark -> mark;
            case Pickled.Truth truth -> truth;
            case Pickled.Real real -> real;
            case Pickled.Named named -> named;
            case Pickled.Storage storage -> throw wrong("has a dictionary by " + storage);
            case Pickled.Numbers ignored -> throw wrong("has a dictionary by tensors");
            case Pickled.Sequence ignored -> throw wrong("has a dictionary by lists");
            case Pickled.Dictionary ignored -> throw wrong("has a dictionary by dictionaries");
        };
    }

    private void make(int code) throws FormatException {
        switch (code) {
            case 'c' -> {
                String module = in.line();
                push(named(module, in.line()));
            }
            case 0x93 -> {
                List<Pickled> words = last(2);
                push(named(string(words.get(0)), string(words.get(1))));
            }
            case 'Q' -> push(storage(sequence(pop())));
            case 'R' -> {
                List<Pickled> arguments = sequence(pop());
                push(call(pop(), arguments));
            }
            case 0x81 -> {
                pop();
                push(object(pop()));
            }
            case 'b' -> build(pop());
            default -> throw wrong("has opcode 0x" + Integer.toHexString(code) + ", which no file of tensors needs");
        }
    }

    private Pickled named(String module, String name) throws FormatException {
        Pickled.Named named = new Pickled.Named(module, name);
        if (!Allowed.names(named.toString())) {
            throw wrong("asks for " + named + ", which is not among what a network may be made of;"
                    + " save the state_dict instead, or use the exporter (--help-export)");
        }
        return named;
    }

    private Pickled call(Pickled callee, List<Pickled> arguments) throws FormatException {
        String name = callee instanceof Pickled.Named named ? named.toString() : "something that is no function";
        return switch (name) {
            case "torch._utils._rebuild_tensor_v2" -> tensor(arguments);
            case "torch._utils._rebuild_parameter" -> arguments.isEmpty() ? NONE : arguments.getFirst();
            case "collections.OrderedDict" -> dictionary(arguments);
            case "torch.Size", "builtins.set", "__builtin__.set" ->
                arguments.isEmpty() ? new Pickled.Sequence() : arguments.getFirst();
            case "torch.device" -> NONE;
            default -> throw wrong("calls " + name);
        };
    }

    private Pickled dictionary(List<Pickled> arguments) throws FormatException {
        Pickled.Dictionary dictionary = new Pickled.Dictionary();
        for (Pickled pair : arguments.isEmpty() ? arguments : sequence(arguments.getFirst())) {
            List<Pickled> two = sequence(pair);
            if (two.size() != 2) {
                throw wrong("makes a dictionary of something other than pairs");
            }
            dictionary.entries().put(key(two.get(0)), two.get(1));
        }
        return dictionary;
    }

    private Pickled tensor(List<Pickled> arguments) throws FormatException {
        if (arguments.size() < 4 || !(arguments.get(0) instanceof Pickled.Storage storage)) {
            throw wrong("makes a tensor of something other than storage, offset, sizes and strides");
        }
        List<Pickled> sizes = sequence(arguments.get(2));
        List<Pickled> steps = sequence(arguments.get(3));
        int[] shape = new int[sizes.size()];
        long[] strides = new long[steps.size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Math.clamp(whole(sizes.get(i)), -1, Integer.MAX_VALUE);
        }
        for (int i = 0; i < strides.length; i++) {
            strides[i] = whole(steps.get(i));
        }
        return new Pickled.Numbers(tensors.tensor(storage, whole(arguments.get(1)), shape, strides));
    }

    private Pickled object(Pickled callee) throws FormatException {
        if (callee instanceof Pickled.Named named && Allowed.OBJECTS.contains(named.toString())) {
            return new Pickled.Dictionary();
        }
        throw wrong("makes an object of " + callee);
    }

    /** Gives an object its fields. A dictionary's own attributes, such as the versions of modules, are left out. */
    private void build(Pickled state) throws FormatException {
        if (!(top() instanceof Pickled.Dictionary object) || !(state instanceof Pickled.Dictionary fields)) {
            throw wrong("gives fields to something that is no object");
        }
        if (!fields.entries().containsKey(new Pickled.Text("_metadata"))) {
            object.entries().putAll(fields.entries());
        }
    }

    private Pickled.Storage storage(List<Pickled> id) throws FormatException {
        if (id.size() == 5
                && id.get(0).equals(new Pickled.Text("storage"))
                && id.get(1) instanceof Pickled.Named named
                && Allowed.storage(named.toString())
                && id.get(2) instanceof Pickled.Text key) {
            return new Pickled.Storage(
                    ElementType.ofStorage(named.name()).orElseThrow(), key.value(), whole(id.get(4)));
        }
        throw wrong("refers to something other than a tensor's storage");
    }

    private long whole(Pickled value) throws FormatException {
        if (value instanceof Pickled.Whole number) {
            return number.value();
        }
        throw wrong("has something else where a whole number was expected");
    }

    private String string(Pickled value) throws FormatException {
        if (value instanceof Pickled.Text text) {
            return text.value();
        }
        throw wrong("has something else where a name was expected");
    }

    private List<Pickled> sequence(Pickled value) throws FormatException {
        if (value instanceof Pickled.Sequence sequence) {
            return sequence.items();
        }
        throw wrong("has something else where a tuple was expected");
    }

    private void push(Pickled value) {
        stack.add(value);
    }

    private Pickled top() throws FormatException {
        if (stack.isEmpty() || stack.getLast() instanceof Pickled.Mark) {
            throw wrong("takes a value where there is none");
        }
        return stack.getLast();
    }

    private Pickled pop() throws FormatException {
        Pickled top = top();
        stack.removeLast();
        return top;
    }

    private List<Pickled> last(int count) throws FormatException {
        List<Pickled> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.addFirst(pop());
        }
        return values;
    }

    private List<Pickled> toMark() throws FormatException {
        List<Pickled> values = new ArrayList<>();
        while (!stack.isEmpty()) {
            Pickled value = stack.removeLast();
            if (value instanceof Pickled.Mark) {
                return values.reversed();
            }
            values.add(value);
        }
        throw wrong("takes values back to a mark where there is none");
    }

    private Pickled recall(int index) throws FormatException {
        Pickled value = memo.get(index);
        if (value == null) {
            throw wrong("recalls value " + index + ", which was not kept");
        }
        return value;
    }

    private FormatException wrong(String what) {
        return in.wrong(what);
    }
}
