package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewright.format.Design;
import dev.gatewright.format.Format;
import dev.gatewright.format.Wasm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WebAssembly as Node runs it through the wrapper, against the reference evaluator. */
public class WasmTest {
    /** Reads rows, prints results as floats and then how the wrapper takes what it does not expect. */
    private static final String SCRIPT = """
            import { load, values, labels } from "./net.mjs";
            import { readFileSync, writeSync } from "node:fs";
            const bytes = readFileSync(0);
            const model = await load();
            const pixels = process.argv[2] === "pixels";
            const rows = pixels ? new Uint8Array(bytes)
              : new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
            const results = [];
            if (model.classes) {
              results.push(model.scores(rows), Float32Array.from(model.classes(rows)));
              const one = model.classes(rows.subarray(0, values));
              if (one.length !== 1 || one[0] !== results[1][0] || model.classes(rows, 0).length !== 0) process.exit(3);
              if (labels.length === 0 || typeof labels[0] !== "string") process.exit(4);
            } else {
              results.push(model.numbers ? model.numbers(rows) : Float32Array.from(model.bits(rows)));
            }
            for (const wrong of [[], new Float64Array(values), rows.subarray(0, values - 1)]) {
              try { (model.classes ?? model.numbers ?? model.bits).call(model, wrong, 1); process.exit(5); }
              catch (e) { if (!(e instanceof RangeError)) throw e; }
            }
            for (const result of results) {
              const all = new Uint8Array(result.buffer);
              for (let at = 0; at < all.length;) at += writeSync(1, all, at);
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.gatewright.model.ExportCase#all")
    void nodeGivesWhatTheReferenceGives(ExportCase each) throws IOException, InterruptedException {
        assertAlike(each, folder);
        assertThat(Files.readString(folder.resolve("net.d.mts"), StandardCharsets.UTF_8))
                .contains("export function load(", each.pixels() ? "rows: Uint8Array" : "rows: Float32Array");
    }

    /** Fails unless Node gives what the reference evaluator gives. */
    public static void assertAlike(ExportCase each, Path folder) throws IOException, InterruptedException {
        ExportCase.needs("node");
        Design design = Exports.design(each.model(), each.name());
        try (OutputStream out = Files.newOutputStream(folder.resolve("net.wasm"))) {
            new Wasm().write(design, out);
        }
        for (Format.Companion companion : new Wasm().companions(design, "net.wasm")) {
            try (OutputStream out = Files.newOutputStream(folder.resolve("net" + companion.suffix()))) {
                companion.content().write(out);
            }
        }
        Files.writeString(folder.resolve("run.mjs"), SCRIPT);
        each.assertRuns(folder, "node", "run.mjs", each.pixels() ? "pixels" : "columns");
    }
}
