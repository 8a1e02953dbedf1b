package dev.gatewright.engine.x86;

/** How many samples a slot holds, a bit each. Slots narrower than a register are for few samples at low latency. */
public enum Width {
    BITS_64(8),
    BITS_128(16),
    BITS_256(32),
    BITS_512(64);

    private final int bytes;

    Width(int bytes) {
        this.bytes = bytes;
    }

    /** Samples of a slot. */
    public int bits() {
        return bytes * Byte.SIZE;
    }

    /** Bytes of a slot. */
    public int bytes() {
        return bytes;
    }

    /** Vector registers that the instruction form for this width reaches. */
    public int registers() {
        return this == BITS_512 ? 32 : 16;
    }

    /** Whether operations can read a slot in memory. */
    public boolean fillsRegister() {
        return bytes >= 16;
    }
}
