package dev.gatewright.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A module of WebAssembly: functions, one memory, its data, what is exported, and a section of text. */
final class WasmModule {
    /** Parameters and results are numbers of 32 bits; there are at most this many parameters. */
    private static final int MOST_PARAMETERS = 3;

    private static final int PAGE = 1 << 16;

    private record Function(int parameters, int[] locals, WasmCode body) {}

    private final List<Function> functions = new ArrayList<>();
    private final Map<String, Integer> exports = new LinkedHashMap<>();
    private final List<WasmCode> data = new ArrayList<>();

    /**
     * Adds a function without a result.
     *
     * @param parameters numbers of 32 bits, at most 3
     * @param locals pairs of a count and a type
     * @return its index, for calls
     */
    int function(int parameters, int[] locals, WasmCode body) {
        functions.add(new Function(parameters, locals, body));
        return functions.size() - 1;
    }

    void export(String name, int function) {
        exports.put(name, function);
    }

    /** Bytes that stand in memory from the start. */
    void data(int address, byte[] bytes) {
        data.add(new WasmCode()
                .raw(0)
                .i32(address)
                .op(WasmCode.Op.END)
                .unsigned(bytes.length)
                .raw(bytes));
    }

    /**
     * Writes the module.
     *
     * @param free the first address that callers may use; exported as {@code free}
     */
    void write(OutputStream out, int free, String section, String text) throws IOException {
        out.write(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(out, 0, new WasmCode().text(section).raw(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        WasmCode types = new WasmCode().unsigned(MOST_PARAMETERS + 1);
        for (int i = 0; i <= MOST_PARAMETERS; i++) {
            types.raw(0x60).unsigned(i);
            for (int parameter = 0; parameter < i; parameter++) {
                types.raw(WasmCode.I32);
            }
            types.unsigned(0);
        }
        section(out, 1, types);
        WasmCode kinds = new WasmCode().unsigned(functions.size());
        functions.forEach(function -> kinds.unsigned(function.parameters()));
        section(out, 3, kinds);
        section(out, 5, new WasmCode().unsigned(1).raw(0).unsigned(free / PAGE + 1));
        section(
                out,
                6,
                new WasmCode().unsigned(1).raw(WasmCode.I32, 0).i32(free).op(WasmCode.Op.END));
        section(out, 7, exported());
        code(out);
        WasmCode segments = new WasmCode().unsigned(data.size());
        data.forEach(segments::append);
        section(out, 11, segments);
    }

    private WasmCode exported() {
        WasmCode all = new WasmCode().unsigned(exports.size() + 2);
        all.text("memory").raw(2).unsigned(0);
        all.text("free").raw(3).unsigned(0);
        exports.forEach((name, function) -> all.text(name).raw(0).unsigned(function));
        return all;
    }

    /** One function after the other, so that their bytes stand in memory once. */
    private void code(OutputStream out) throws IOException {
        List<byte[]> heads = new ArrayList<>();
        long size = new WasmCode().unsigned(functions.size()).size();
        for (Function function : functions) {
            WasmCode locals = new WasmCode().unsigned(function.locals().length / 2);
            for (int i = 0; i < function.locals().length; i += 2) {
                locals.unsigned(function.locals()[i]).raw(function.locals()[i + 1]);
            }
            int inside = locals.size() + function.body().size() + 1;
            byte[] head = new WasmCode().unsigned(inside).append(locals).toArray();
            heads.add(head);
            size += head.length + function.body().size() + 1;
        }
        out.write(
                new WasmCode().raw(10).unsigned(size).unsigned(functions.size()).toArray());
        for (int i = 0; i < heads.size(); i++) {
            out.write(heads.get(i));
            out.write(functions.get(i).body().toArray());
            out.write(0x0b);
        }
    }

    private static void section(OutputStream out, int id, WasmCode content) throws IOException {
        out.write(new WasmCode().raw(id).sized(content).toArray());
    }
}
