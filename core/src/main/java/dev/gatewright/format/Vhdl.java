package dev.gatewright.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** VHDL (IEEE 1076-1993, with numeric_std): an entity with the ports and the options of {@link Verilog}. */
public final class Vhdl implements Format {
    private final HardwareOptions options;

    public Vhdl() {
        this(HardwareOptions.DEFAULT);
    }

    private Vhdl(HardwareOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "vhdl";
    }

    @Override
    public String suffix() {
        return ".vhd";
    }

    @Override
    public String about() {
        return "VHDL with the read-out; options as for verilog";
    }

    @Override
    public Vhdl with(FormatOptions given) {
        return new Vhdl(HardwareOptions.of(name(), given, 0));
    }

    private HardwareModule module(Design design) {
        return new HardwareModule(design, options, new VhdlLanguage());
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        module(design).write(stream);
    }

    @Override
    public List<String> sentences(Design design) {
        return module(design).sentences();
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        return HardwareBench.VHDL.of(module(design), options, vectors, stem);
    }
}
