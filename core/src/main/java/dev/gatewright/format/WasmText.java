package dev.gatewright.format;

/** The wrapper of modules in JavaScript, and its types. */
final class WasmText {
    static final String SCRIPT = """

            /** Where the module is: beside this file. */
            export const module = new URL(FILE, import.meta.url);

            /** The names of the classes, in order; none where no classes are predicted. */
            export const labels = LABELS;

            /** Values of a row: pixels from 0 to 255; or columns in the model's order: numbers, truth values as 1 and 0,
             *  categories as their index in the model's list, NaN where a value is missing. */
            export const values = VALUES;

            const ROWS_A_CALL = 4096;
            const ROW_BYTES = VALUES * ROW_TYPE.BYTES_PER_ELEMENT;

            /** Loads the model from a URL, a Response or bytes. */
            export async function load(source = module) {
              let bytes = source;
              if (source instanceof URL) {
                bytes = source.protocol === "file:"
                  ? await (await import("node:fs/promises")).readFile(source)
                  : await (await fetch(source)).arrayBuffer();
              } else if (typeof Response !== "undefined" && source instanceof Response) {
                bytes = await source.arrayBuffer();
              }
              return new Model((await WebAssembly.instantiate(bytes)).instance.exports);
            }

            export class Model {
              #exports;

              constructor(exports) {
                this.#exports = exports;
              }

              /** Calls the function for some thousand rows at a time, which lie back to back; results have `size` bytes a row. */
              #run(name, rows, count, size, results) {
                if (!(rows instanceof ROW_TYPE) || !(count >= 0) || rows.length < count * VALUES) {
                  throw new RangeError(`${count} rows of ${VALUES} values were expected in a ROW_TYPE`);
                }
                const { memory, free } = this.#exports;
                const start = (free.value + 15) & ~15;
                const room = Math.ceil(Math.min(count, ROWS_A_CALL) / 128) * 128;
                const out = (start + room * ROW_BYTES + 16 + 15) & ~15;
                const missing = out + room * size - memory.buffer.byteLength;
                if (missing > 0) {
                  memory.grow(Math.ceil(missing / 65536));
                }
                const into = new Uint8Array(results.buffer);
                for (let from = 0; from < count; from += room) {
                  const some = Math.min(room, count - from);
                  new ROW_TYPE(memory.buffer, start, some * VALUES).set(rows.subarray(from * VALUES, (from + some) * VALUES));
                  this.#exports[name](start, some, out);
                  into.set(new Uint8Array(memory.buffer, out, some * size), from * size);
                }
                return results;
              }
            """;

    static final String CLASSES = """

              /** The index of each row's class. */
              classes(rows, count = rows.length / VALUES) {
                return this.#run("classes", rows, count, 4, new Int32Array(count));
              }

              /** The score of each class for each row, row after row. */
              scores(rows, count = rows.length / VALUES) {
                return this.#run("scores", rows, count, 4 * GROUPS, new Float32Array(count * GROUPS));
              }
            """;

    static final String NUMBERS = """

              /** The number predicted for each row. */
              numbers(rows, count = rows.length / VALUES) {
                return this.#run("numbers", rows, count, 4, new Float32Array(count));
              }
            """;

    static final String BITS = """

              /** The outputs for each row, 0 or 1, row after row. */
              bits(rows, count = rows.length / VALUES) {
                return this.#run("bits", rows, count, OUTPUTS, new Uint8Array(count * OUTPUTS));
              }
            """;

    static final String TYPES = """
            /** Where the module is: beside this file. */
            export const module: URL;
            /** The names of the classes, in order. */
            export const labels: readonly string[];
            /** Values of a row. */
            export const values: number;
            /** Loads the model from a URL, a Response or bytes. */
            export function load(source?: URL | Response | BufferSource): Promise<Model>;
            export class Model {
            """;

    static final String CLASSES_TYPES = """
              /** The index of each row's class; rows lie back to back. */
              classes(rows: ROW_TYPE, count?: number): Int32Array;
              /** The score of each class for each row, row after row. */
              scores(rows: ROW_TYPE, count?: number): Float32Array;
            """;

    static final String NUMBERS_TYPES = """
              /** The number predicted for each row; rows lie back to back. */
              numbers(rows: ROW_TYPE, count?: number): Float32Array;
            """;

    static final String BITS_TYPES = """
              /** The outputs for each row, 0 or 1, row after row. */
              bits(rows: ROW_TYPE, count?: number): Uint8Array;
            """;

    private WasmText() {}
}
