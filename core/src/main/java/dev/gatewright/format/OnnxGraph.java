package dev.gatewright.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The nodes and constants of an ONNX graph; field numbers are those of onnx.proto. */
final class OnnxGraph {
    static final int FLOAT = 1;
    static final int UINT8 = 2;
    static final int INT32 = 6;
    static final int INT64 = 7;
    static final int BOOL = 9;

    private final Protobuf graph = new Protobuf();
    private int names;

    /** Adds a node, given its attributes as pairs of a name and a whole number or a list of them; its result's name. */
    String node(String type, List<String> inputs, Object... attributes) {
        return named("v" + names++, type, inputs, attributes);
    }

    /** As {@link #node}, with a name for the result. */
    String named(String result, String type, List<String> inputs, Object... attributes) {
        Protobuf node = new Protobuf();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, result).text(4, type);
        for (int i = 0; i < attributes.length; i += 2) {
            Protobuf attribute = new Protobuf().text(1, (String) attributes[i]);
            switch (attributes[i + 1]) {
                case Integer number -> attribute.number(3, number).number(20, 2);
                case int[] list -> {
                    for (int number : list) {
                        attribute.number(8, number);
                    }
                    attribute.number(20, 7);
                }
                default -> throw new IllegalArgumentException("attributes are numbers or lists");
            }
            node.message(5, attribute);
        }
        graph.message(1, node);
        return result;
    }

    String ints(int[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return constant(INT32, bytes.array(), shape);
    }

    String longs(long[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return constant(INT64, bytes.array(), shape);
    }

    String floats(float[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return constant(FLOAT, bytes.array(), shape);
    }

    private String constant(int type, byte[] raw, int... shape) {
        String name = "c" + names++;
        Protobuf tensor = new Protobuf();
        for (int size : shape) {
            tensor.number(1, size);
        }
        graph.message(5, tensor.number(2, type).text(8, name).bytes(9, raw));
        return name;
    }

    /** Declares an input of rows times {@code width}, or of rows alone where {@code width} is 0. */
    void input(String name, int type, int width) {
        graph.message(11, value(name, type, width));
    }

    void output(String name, int type, int width) {
        graph.message(12, value(name, type, width));
    }

    private static Protobuf value(String name, int type, int width) {
        Protobuf shape = new Protobuf().message(1, new Protobuf().text(2, "rows"));
        if (width > 0) {
            shape.message(1, new Protobuf().number(1, width));
        }
        Protobuf tensor = new Protobuf().number(1, type).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }

    /** The whole model. */
    byte[] model(String name, String about, int opset) {
        graph.text(2, name);
        return new Protobuf()
                .number(1, 8)
                .text(2, "gatewright")
                .text(6, about)
                .message(7, graph)
                .message(8, new Protobuf().text(1, "").number(2, opset))
                .toByteArray();
    }
}
