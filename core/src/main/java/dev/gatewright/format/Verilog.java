package dev.gatewright.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Verilog (IEEE 1364-2001): one module with the ports {@code x}, the encoder's bits, {@code counts}, the number of true
 * outputs of each class, and {@code prediction}, the index of the class. With the option {@code outputs}, and where there is
 * nothing to count, the ports are {@code x} and {@code y}. Combinational, or with {@code levels} a pipeline, which
 * {@code board} puts behind a stream or a serial line.
 *
 * <p>There are no vectors inside: simulators that go from event to event wake all readers of a vector with any of its bits.
 */
public final class Verilog implements Format {
    private final HardwareOptions options;
    private final Optional<Board> board;

    public Verilog() {
        this(HardwareOptions.DEFAULT, Optional.empty());
    }

    private Verilog(HardwareOptions options, Optional<Board> board) {
        this.options = options;
        this.board = board;
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
        return "Verilog with the read-out; " + HardwareOptions.ABOUT
                + "; kernels: a module for each kernel of a convolution; board=axi-stream (beat=BITS), arty-a7, ulx3s or icebreaker (baud=N), scores: with what connects it";
    }

    @Override
    public Verilog with(FormatOptions given) {
        Optional<Board> chosen = Board.of(name(), given);
        int levels = chosen.isPresent() ? Board.LEVELS : 0;
        boolean kernels = given.flag("kernels");
        HardwareOptions module = HardwareOptions.of(name(), given, levels).withKernels(name(), kernels);
        return new Verilog(chosen.isPresent() ? module.withValid() : module, chosen);
    }

    private HardwareModule module(Design design) {
        return new HardwareModule(design, options, new VerilogLanguage());
    }

    @Override
    public void write(Design design, OutputStream stream) throws IOException {
        module(design).write(stream);
    }

    @Override
    public boolean isRead() {
        return options.levels() == 0;
    }

    @Override
    public List<String> sentences(Design design) {
        return module(design).sentences();
    }

    @Override
    public Bench bench(Design design, Vectors vectors, String stem) {
        return board.map(each -> new BoardFiles(each, module(design)).bench(vectors, stem))
                .orElseGet(() -> HardwareBench.VERILOG.of(module(design), options, vectors, stem));
    }

    @Override
    public List<Companion> companions(Design design, String file) {
        return board.map(each -> new BoardFiles(each, module(design)).files()).orElse(List.of());
    }
}
