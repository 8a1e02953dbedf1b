package dev.gatewright.foreign;

import java.util.Arrays;
import java.util.Optional;

/** What a stored number is, with its name in safetensors files and in PyTorch's. */
enum ElementType {
    F64("F64", "DoubleStorage", 8),
    F32("F32", "FloatStorage", 4),
    F16("F16", "HalfStorage", 2),
    BF16("BF16", "BFloat16Storage", 2),
    I64("I64", "LongStorage", 8),
    I32("I32", "IntStorage", 4),
    I16("I16", "ShortStorage", 2),
    I8("I8", "CharStorage", 1),
    U8("U8", "ByteStorage", 1),
    BOOL("BOOL", "BoolStorage", 1);

    private final String dtype;
    private final String storage;
    private final int bytes;

    ElementType(String dtype, String storage, int bytes) {
        this.dtype = dtype;
        this.storage = storage;
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    boolean whole() {
        return switch (this) {
            case F64, F32, F16, BF16 -> false;
            case I64, I32, I16, I8, U8, BOOL -> true;
        };
    }

    static Optional<ElementType> ofDtype(String name) {
        return Arrays.stream(values()).filter(type -> type.dtype.equals(name)).findFirst();
    }

    static Optional<ElementType> ofStorage(String name) {
        return Arrays.stream(values()).filter(type -> type.storage.equals(name)).findFirst();
    }
}
