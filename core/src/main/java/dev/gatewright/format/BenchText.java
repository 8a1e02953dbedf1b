package dev.gatewright.format;

/** Test benches of programs, but for names and sizes. */
final class BenchText {
    /** Of classes with a method {@code run} for 64 samples, as a source file that {@code java} runs. */
    static final String JAVA = """
            // Applies VECTOR_COUNT vectors to the class NAME: BENCH_COMMAND
            FOLDERfinal class NAMETest {
                public static void main(String[] args) throws java.io.IOException {
                    NAME net = new NAME();
                    long[] in = new long[INPUT_COUNT];
                    long[] out = new long[OUTPUT_COUNT];
                    int errors = 0;
                    int block = 0;
                    for (String line : java.nio.file.Files.readAllLines(java.nio.file.Paths.get("STEM_test.txt"))) {
                        String[] words = line.split(" ");
                        for (int i = 0; i < in.length; i++) {
                            in[i] = Long.parseUnsignedLong(words[1 + i], 16);
                        }
                        net.run(in, out);
                        for (int i = 0; i < out.length; i++) {
                            long different = out[i] ^ Long.parseUnsignedLong(words[1 + in.length + i], 16);
                            for (int s = 0; s < Integer.parseInt(words[0]); s++) {
                                if ((different >>> s & 1) != 0 && ++errors <= 10) {
                                    System.out.println("vector " + (64 * block + s) + ": output " + i + " is " + (out[i] >>> s & 1));
                                }
                            }
                        }
                        block++;
                    }
                    System.out.println(errors == 0 ? "PASS: VECTOR_COUNT vectors" : "FAIL");
                    System.exit(errors == 0 ? 0 : 1);
                }
            }
            """;

    /** Of our JSON, read without any code of ours. */
    static final String JSON = """
            # Applies VECTOR_COUNT vectors to STEM.json: BENCH_COMMAND
            import json, sys

            model = json.load(open("STEM.json"))
            inputs, lines = len(model["inputs"]), [line.split() for line in open("STEM_test.txt")]

            def column(i):
                return sum(int(line[1 + i], 16) << 64 * block for block, line in enumerate(lines))

            every = (1 << VECTOR_COUNT) - 1
            wires = [0, every] + [column(i) & every for i in range(inputs)]
            for table, *reads in model["gates"]:
                table, out = int(table, 16), 0
                for row in range(1 << len(reads)):
                    if table >> row & 1:
                        term = every
                        for j, wire in enumerate(reads):
                            term &= wires[wire] if row >> j & 1 else ~wires[wire]
                        out |= term
                wires.append(out)
            errors = 0
            for i, wire in enumerate(model["outputs"]):
                different = (wires[wire] ^ column(inputs + i)) & every
                errors += bin(different).count("1")
                if different and errors <= 10:
                    print("vector %d: output %d is %d" % (
                        (different & -different).bit_length() - 1, i, bool(wires[wire] & different & -different)))
            print("FAIL" if errors else "PASS: VECTOR_COUNT vectors")
            sys.exit(errors > 0)
            """;

    /** Of a module of WebAssembly through its wrapper. */
    static final String WASM = """
            // Applies VECTOR_COUNT rows to STEM.wasm: BENCH_COMMAND
            import { load } from "./STEM.mjs";
            import { readFileSync } from "node:fs";

            const read = (name, type) => {
              const bytes = readFileSync(new URL(name, import.meta.url));
              return new type(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
            };
            const rows = read("./STEM_test.rows", PIXELS ? Uint8Array : Float32Array), expected = read("./STEM_test.expected", Float32Array);
            const model = await load();
            const found = ["scores", "classes", "numbers", "bits"].flatMap(name => model[name] ? [...model[name](rows)] : []);
            let errors = found.length === expected.length ? 0 : 1;
            for (let i = 0; i < expected.length; i++) {
              if (found[i] !== expected[i] && ++errors <= 10) console.log(`result ${i}: ${found[i]}, expected ${expected[i]}`);
            }
            console.log(errors === 0 ? "PASS: VECTOR_COUNT vectors" : "FAIL");
            process.exitCode = errors === 0 ? 0 : 1;
            """;

    /** Of a model for ONNX Runtime. */
    static final String ONNX = """
            # Applies VECTOR_COUNT rows to STEM.onnx: BENCH_COMMAND
            import sys
            import numpy
            import onnxruntime

            rows = numpy.fromfile("STEM_test.rows", numpy.uint8 if PIXELS else numpy.float32).reshape(VECTOR_COUNT, VALUE_COUNT)
            expected = numpy.fromfile("STEM_test.expected", numpy.float32)
            session = onnxruntime.InferenceSession("STEM.onnx", providers=["CPUExecutionProvider"])
            names = [output.name for output in session.get_outputs()]
            results = dict(zip(names, session.run(names, {"rows": rows})))
            found = numpy.concatenate([results[name].astype(numpy.float32).ravel()
                                       for name in ("scores", "class", "numbers", "bits") if name in results])
            wrong = numpy.flatnonzero(found != expected) if found.shape == expected.shape else numpy.arange(1)
            for i in wrong[:10]:
                print("result %d: %s, expected %s" % (i, found[i], expected[i]))
            print("FAIL" if len(wrong) else "PASS: VECTOR_COUNT vectors")
            sys.exit(len(wrong) > 0)
            """;

    private BenchText() {}
}
