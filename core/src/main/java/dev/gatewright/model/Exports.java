package dev.gatewright.model;

import dev.gatewright.encode.InputException;
import dev.gatewright.format.Aiger;
import dev.gatewright.format.Blif;
import dev.gatewright.format.CSource;
import dev.gatewright.format.Design;
import dev.gatewright.format.Dot;
import dev.gatewright.format.Eqn;
import dev.gatewright.format.Format;
import dev.gatewright.format.FormatOptions;
import dev.gatewright.format.IscasBench;
import dev.gatewright.format.JavaSource;
import dev.gatewright.format.JsonFormat;
import dev.gatewright.format.Onnx;
import dev.gatewright.format.Svg;
import dev.gatewright.format.Verilog;
import dev.gatewright.format.Vhdl;
import dev.gatewright.format.Wasm;
import java.util.List;

/** The formats that models are written in for others to use; not the model file itself. */
public final class Exports {
    /** Every format, in the order of lists. */
    public static final List<Format> FORMATS = List.of(
            new Verilog(),
            new Vhdl(),
            new Blif(),
            Aiger.binary(),
            Aiger.ascii(),
            new Eqn(),
            new IscasBench(),
            new JsonFormat(),
            new Dot(),
            new Svg(),
            new CSource(),
            new JavaSource(),
            new JarFormat(),
            new Wasm(),
            new Onnx());

    private Exports() {}

    /**
     * The format of a text such as {@code blif} or {@code verilog:levels=4}, with its options.
     *
     * @throws InputException if there is none, or an option does not fit
     */
    public static Format parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        for (Format format : FORMATS) {
            if (format.name().equals(name)) {
                return format.with(new FormatOptions(name, colon < 0 ? "" : text.substring(colon + 1)));
            }
        }
        throw new InputException("no format is named " + name + "; there are "
                + String.join(", ", FORMATS.stream().map(Format::name).toList()));
    }

    /** A model as formats see it, under a name. */
    public static Design design(Model model, String name) {
        return new Design(
                name,
                model.circuit(),
                model.form(),
                model.encoder(),
                switch (model.readout()) {
                    case Readout.GroupSum sum -> new Design.Score.Votes(sum.classes(), sum.tau());
                    case Readout.Regression number -> new Design.Score.Tally(number.scale(), number.offset());
                    case Readout.Bits ignored -> new Design.Score.Bits();
                },
                model.target(),
                model.labels(),
                model.provenance().facts());
    }
}
