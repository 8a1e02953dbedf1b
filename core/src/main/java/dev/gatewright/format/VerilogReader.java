package dev.gatewright.format;

import dev.gatewright.encode.InputException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads combinational modules in the part of Verilog that {@link Verilog} writes: ports in the heading, {@code wire} with or
 * without what drives it, {@code assign}, instances of modules above with their ports by name; {@code ~ & ^ | + - > ?:},
 * concatenations, bits and ranges of vectors, and sized constants in binary and decimal. Operands must have equal widths, so no
 * rule of extension is needed. The last module is the circuit.
 */
final class VerilogReader {
    private final VerilogTokens tokens;

    VerilogReader(byte[] bytes) {
        tokens = new VerilogTokens(bytes);
    }

    ReadCircuit read() {
        Map<String, VerilogModule> modules = new HashMap<>();
        VerilogModule last = null;
        do {
            tokens.expect("module");
            int line = tokens.line();
            String name = tokens.name();
            last = new VerilogModule(tokens, modules, last == null ? 0 : last.gates());
            if (modules.put(name, last) != null) {
                throw new InputException("line " + line + ": module " + name + " is there already");
            }
        } while (tokens.is("module"));
        if (!tokens.word().isEmpty()) {
            throw tokens.wrong("a module or the end");
        }
        return last.circuit();
    }
}
