package dev.gatewright.model;

import dev.gatewright.encode.Encoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Models as files: a {@link TensorFile} of kind {@value #KIND}. Reading checks everything that is read, so that a file
 * gives either the model that was written or a clear error. {@code docs/model-format.md} has every byte.
 */
public final class ModelFile {
    /** The value of the metadata {@code kind}. */
    public static final String KIND = "model";

    private static final String COLUMNS = "encoder.columns";
    private static final String TESTS = "encoder.tests";
    private static final String VALUES = "encoder.values";

    private ModelFile() {}

    /** @throws FormatException if the file is missing, truncated, damaged, foreign, of a later version or no model */
    public static Model read(Path file) throws IOException {
        TensorFile tensors = TensorFile.read(file);
        try {
            return model(tensors);
        } catch (FormatException | IllegalArgumentException e) {
            throw new FormatException(file + ": is not a sound model: " + e.getMessage());
        }
    }

    /**
     * Writes a model atomically; the same model always gives the same bytes.
     *
     * @throws IOException with one sentence that names the file and the reason
     */
    public static void write(Model model, Path file) throws IOException {
        tensors(model).write(file);
    }

    private static TensorFile tensors(Model model) {
        Encoder encoder = model.encoder();
        int bits = encoder.bits();
        int[] columns = new int[bits];
        byte[] tests = new byte[bits];
        float[] values = new float[bits];
        for (int bit = 0; bit < bits; bit++) {
            columns[bit] = encoder.column(bit);
            tests[bit] = encoder.test(bit).code();
            values[bit] = encoder.value(bit);
        }
        TensorFile.Builder file = TensorFile.builder()
                .metadata("kind", KIND)
                .metadata("inputs", Json.write(ModelJson.inputs(encoder.inputs())))
                .metadata("readout", Json.write(ModelJson.readout(model.readout())))
                .metadata("target", model.target())
                .metadata("labels", Json.write(model.labels()))
                .metadata("provenance", Json.write(model.provenance().facts()))
                .ints(COLUMNS, new int[] {bits}, columns)
                .bytes(TESTS, new int[] {bits}, tests)
                .floats(VALUES, new int[] {bits}, values);
        CircuitTensors.write(model.form(), file);
        return file.build();
    }

    private static Model model(TensorFile file) throws FormatException {
        String kind = metadata(file, "kind");
        if (!kind.equals(KIND)) {
            throw new FormatException("it holds a " + kind);
        }
        Encoder encoder = new Encoder(
                ModelJson.inputs(json(file, "inputs")), file.ints(COLUMNS), file.bytes(TESTS), file.floats(VALUES));
        Readout readout = ModelJson.readout(json(file, "readout"));
        List<String> labels = ModelJson.strings(json(file, "labels"), "labels");
        Provenance provenance = ModelJson.provenance(json(file, "provenance"));
        return new Model(
                encoder,
                CircuitTensors.read(file, encoder.bits()),
                readout,
                metadata(file, "target"),
                labels,
                provenance);
    }

    private static Object json(TensorFile file, String name) throws FormatException {
        try {
            return Json.parse(metadata(file, name));
        } catch (FormatException e) {
            throw new FormatException("metadata " + name + ": " + e.getMessage());
        }
    }

    private static String metadata(TensorFile file, String name) throws FormatException {
        String value = file.metadata().get(name);
        if (value == null) {
            throw new FormatException("it has no metadata " + name);
        }
        return value;
    }
}
