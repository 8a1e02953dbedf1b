package dev.gatewright.format;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Verilog (IEEE 1364-2001): one module with the ports {@code x}, the encoder's bits, {@code counts}, the number of true
 * outputs of each class, and {@code prediction}, the index of the class. With the option {@code outputs}, and where there is
 * nothing to count, the ports are {@code x} and {@code y}. Combinational, or with {@code levels} a pipeline.
 *
 * <p>There are no vectors inside: simulators that go from event to event wake all readers of a vector with any of its bits.
 */
public final class Verilog implements Format {
    private final HardwareOptions options;

    public Verilog() {
        this(HardwareOptions.DEFAULT);
    }

    private Verilog(HardwareOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "verilog";
    }

    @Override
    public String suffix() {
        return ".v";
    }

    @Override
    public String about() {
        return "Verilog with the read-out; " + HardwareOptions.ABOUT;
    }

    @Override
    public Verilog with(FormatOptions given) {
        return new Verilog(HardwareOptions.of(name(), given));
    }

    private HardwareModule module(Design design) {
        return new HardwareModule(design, options, new VerilogLanguage());
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        module(design).write(stream);
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        return HardwareBench.VERILOG.of(module(design), options, vectors, stem);
    }
}
