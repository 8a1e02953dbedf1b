package dev.gatewright.foreign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes states as {@code torch.save} and safetensors do, by their documented formats. */
final class TorchWriter {
    /** A tensor on its way into a file: floats, or whole numbers of 64 bits. */
    private record Numbers(int[] shape, byte[] bytes, String storage, String dtype) {
        int elements() {
            return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        }
    }

    private final Map<String, Numbers> tensors = new LinkedHashMap<>();
    private final Map<String, Double> numbers = new LinkedHashMap<>();
    private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();

    TorchWriter floats(String name, float[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        tensors.put(name, new Numbers(shape, bytes.array(), "FloatStorage", "F32"));
        return this;
    }

    TorchWriter longs(String name, int[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(bytes::putLong);
        tensors.put(name, new Numbers(shape, bytes.array(), "LongStorage", "I64"));
        return this;
    }

    TorchWriter ints(String name, int[] values, int... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        tensors.put(name, new Numbers(shape, bytes.array(), "IntStorage", "I32"));
        return this;
    }

    TorchWriter number(String name, double value) {
        numbers.put(name, value);
        return this;
    }

    Path pt(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            zip(out, pickle(), tensors.values().stream().map(Numbers::bytes).toList());
        }
        return file;
    }

    /** A file of {@code torch.save} with this pickle and these storages. */
    static void zip(OutputStream out, byte[] pickle, List<byte[]> storages) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            stored(zip, "net/data.pkl", pickle);
            stored(zip, "net/byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < storages.size(); i++) {
                stored(zip, "net/data/" + i, storages.get(i));
            }
            stored(zip, "net/version", "3\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void stored(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
    }

    private byte[] pickle() {
        op(0x80, 2);
        global("collections", "OrderedDict");
        op(')', 'R', '(');
        int key = 0;
        for (Map.Entry<String, Numbers> tensor : tensors.entrySet()) {
            text(tensor.getKey());
            tensor(tensor.getValue(), key++);
        }
        numbers.forEach((name, value) -> {
            text(name);
            if (value == Math.rint(value)) {
                whole(value.intValue());
            } else {
                op('G');
                pickle.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
            }
        });
        op('u', '.');
        return pickle.toByteArray();
    }

    private void tensor(Numbers numbers, int key) {
        global("torch._utils", "_rebuild_tensor_v2");
        op('(', '(');
        text("storage");
        global("torch", numbers.storage());
        text(Integer.toString(key));
        text("cpu");
        whole(numbers.elements());
        op('t', 'Q');
        whole(0);
        op('(');
        Arrays.stream(numbers.shape()).forEach(this::whole);
        op('t', '(');
        int stride = numbers.elements();
        for (int size : numbers.shape()) {
            stride /= size;
            whole(stride);
        }
        op('t', 0x89);
        global("collections", "OrderedDict");
        op(')', 'R', 't', 'R');
    }

    private void op(int... codes) {
        Arrays.stream(codes).forEach(pickle::write);
    }

    private void global(String module, String name) {
        op('c');
        pickle.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void text(String text) {
        op('X');
        little(text.length());
        pickle.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void whole(int value) {
        op('J');
        little(value);
    }

    private void little(int value) {
        pickle.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    Path safetensors(Path file) throws IOException {
        List<String> entries = new ArrayList<>();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        tensors.forEach((name, tensor) -> {
            int from = data.size();
            data.writeBytes(tensor.bytes());
            entries.add("\"" + name + "\":{\"dtype\":\"" + tensor.dtype() + "\",\"shape\":"
                    + Arrays.toString(tensor.shape()) + ",\"data_offsets\":[" + from + "," + data.size() + "]}");
        });
        byte[] header = ("{" + String.join(",", entries) + "}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(8 + header.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(header.length).put(header).put(data.toByteArray());
        return Files.write(file, all.array());
    }
}
