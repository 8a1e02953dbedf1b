package dev.gatewright.model;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Named tensors and named strings in one file: the container of models and of training checkpoints.
 *
 * <p>The file is a safetensors file, so its ordinary package reads it; the header carries a version and a SHA-256 of
 * everything, checked on reading. The same content always gives the same bytes. {@code docs/model-format.md} has every
 * byte.
 */
public final class TensorFile {
    /** Type of a tensor's elements, named as safetensors names it. */
    public enum Type {
        U8(1),
        I32(4),
        F32(4),
        I64(8);

        final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }
    }

    /** Elements in row-major order, in {@code data}, whose byte order is little-endian or that of a Java array. */
    record Tensor(Type type, int[] shape, MemorySegment data, boolean littleEndian) {
        int elements() {
            return (int) (data.byteSize() / type.bytes);
        }
    }

    /** A tensor has at most this many elements, so that a Java array holds it. */
    public static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    private final NavigableMap<String, String> metadata;
    private final NavigableMap<String, Tensor> tensors;

    TensorFile(NavigableMap<String, String> metadata, NavigableMap<String, Tensor> tensors) {
        this.metadata = Collections.unmodifiableNavigableMap(metadata);
        this.tensors = Collections.unmodifiableNavigableMap(tensors);
    }

    /**
     * Reads a file, which stays memory-mapped for as long as this object lives. Takes one pass over it, for the
     * checksum.
     *
     * @throws FormatException if it is missing, truncated, damaged, foreign or of a later version
     */
    public static TensorFile read(Path file) throws IOException {
        return TensorFileReader.read(file);
    }

    /**
     * Writes this file atomically: {@code file} holds either all of it or what it held before.
     *
     * @throws IOException with one sentence that names the file and the reason
     */
    public void write(Path file) throws IOException {
        TensorFileWriter.write(file, metadata, tensors);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The strings, by name. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The names of the tensors, sorted. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** @throws FormatException if there is no tensor of this name */
    public Type type(String name) throws FormatException {
        return tensor(name).type;
    }

    /** @throws FormatException if there is no tensor of this name */
    public int[] shape(String name) throws FormatException {
        return tensor(name).shape.clone();
    }

    /** A copy of the elements. @throws FormatException if there is no tensor of this name and type I32 */
    public int[] ints(String name) throws FormatException {
        Tensor tensor = tensor(name, Type.I32);
        int[] elements = new int[tensor.elements()];
        MemorySegment.copy(tensor.data, TensorFileWriter.layout(tensor), 0, elements, 0, elements.length);
        return elements;
    }

    /** A copy of the elements. @throws FormatException if there is no tensor of this name and type F32 */
    public float[] floats(String name) throws FormatException {
        Tensor tensor = tensor(name, Type.F32);
        float[] elements = new float[tensor.elements()];
        MemorySegment.copy(tensor.data, TensorFileWriter.layout(tensor), 0, elements, 0, elements.length);
        return elements;
    }

    /** A copy of the elements. @throws FormatException if there is no tensor of this name and type U8 */
    public byte[] bytes(String name) throws FormatException {
        return tensor(name, Type.U8).data.toArray(ValueLayout.JAVA_BYTE);
    }

    /** A copy of the elements. @throws FormatException if there is no tensor of this name and type I64 */
    public long[] longs(String name) throws FormatException {
        Tensor tensor = tensor(name, Type.I64);
        long[] elements = new long[tensor.elements()];
        MemorySegment.copy(tensor.data, TensorFileWriter.layout(tensor), 0, elements, 0, elements.length);
        return elements;
    }

    private Tensor tensor(String name) throws FormatException {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new FormatException("there is no tensor " + name + " among " + tensors.keySet());
        }
        return tensor;
    }

    private Tensor tensor(String name, Type type) throws FormatException {
        Tensor tensor = tensor(name);
        if (tensor.type != type) {
            throw new FormatException("tensor " + name + " holds " + tensor.type + " where " + type + " was expected");
        }
        return tensor;
    }

    @Override
    public String toString() {
        return "TensorFile" + tensors.keySet();
    }

    /** Collects the content of a file. Arrays are kept, not copied: leave them unchanged until the file is written. */
    public static final class Builder {
        private final NavigableMap<String, String> metadata = new TreeMap<>();
        private final NavigableMap<String, Tensor> tensors = new TreeMap<>();

        private Builder() {}

        /** @throws IllegalArgumentException if the name is in use, or kept for the container itself */
        public Builder metadata(String name, String value) {
            if (TensorFileWriter.RESERVED.contains(name)) {
                throw new IllegalArgumentException("metadata " + name + " belongs to the container");
            }
            if (metadata.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException("metadata " + name + " is given twice");
            }
            return this;
        }

        /** @throws IllegalArgumentException if the name is in use or the shape does not fit the array */
        public Builder ints(String name, int[] shape, int[] elements) {
            return tensor(name, Type.I32, shape, MemorySegment.ofArray(elements));
        }

        /** @throws IllegalArgumentException if the name is in use or the shape does not fit the array */
        public Builder floats(String name, int[] shape, float[] elements) {
            return tensor(name, Type.F32, shape, MemorySegment.ofArray(elements));
        }

        /** @throws IllegalArgumentException if the name is in use or the shape does not fit the array */
        public Builder bytes(String name, int[] shape, byte[] elements) {
            return tensor(name, Type.U8, shape, MemorySegment.ofArray(elements));
        }

        /** @throws IllegalArgumentException if the name is in use or the shape does not fit the array */
        public Builder longs(String name, int[] shape, long[] elements) {
            return tensor(name, Type.I64, shape, MemorySegment.ofArray(elements));
        }

        /**
         * A tensor whose elements lie in a segment over a Java array of the type's elements.
         *
         * @throws IllegalArgumentException if the name is in use or the shape does not fit the segment
         */
        public Builder tensor(String name, Type type, int[] shape, MemorySegment data) {
            long elements = 1;
            for (int size : shape) {
                elements = size < 0 || elements > MAX_ELEMENTS ? -1 : elements * size;
            }
            if (elements < 0 || elements * type.bytes != data.byteSize()) {
                throw new IllegalArgumentException("tensor " + name + " of shape " + Arrays.toString(shape) + " has "
                        + data.byteSize() / type.bytes + " elements");
            }
            if (name.equals(TensorFileWriter.METADATA)) {
                throw new IllegalArgumentException("a tensor cannot be named " + name);
            }
            Tensor tensor = new Tensor(type, shape.clone(), data, false);
            if (tensors.putIfAbsent(name, tensor) != null) {
                throw new IllegalArgumentException("tensor " + name + " is given twice");
            }
            return this;
        }

        public TensorFile build() {
            return new TensorFile(new TreeMap<>(metadata), new TreeMap<>(tensors));
        }
    }
}
