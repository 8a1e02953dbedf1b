package dev.gatewright.cli;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime on the rows of a test bench. */
final class OnnxRows {
    private OnnxRows() {}

    /** Scores and then classes of some rows. */
    static float[] run(Path model, byte[] rows, boolean pixels, int count) {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {count, rows.length / count / (pixels ? 1 : Float.BYTES)};
        try (OrtSession session = environment.createSession(model.toString());
                OnnxTensor given = pixels
                        ? OnnxTensor.createTensor(environment, ByteBuffer.wrap(rows), shape, OnnxJavaType.UINT8)
                        : OnnxTensor.createTensor(environment, java.nio.FloatBuffer.wrap(floats(rows)), shape);
                OrtSession.Result result = session.run(Map.of("rows", given))) {
            float[][] scores = (float[][]) result.get("scores").orElseThrow().getValue();
            long[] classes = (long[]) result.get("class").orElseThrow().getValue();
            float[] found = new float[count * scores[0].length + count];
            for (int row = 0; row < count; row++) {
                System.arraycopy(scores[row], 0, found, row * scores[row].length, scores[row].length);
                found[count * scores[row].length + row] = classes[row];
            }
            return found;
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes as floats, the lowest byte first. */
    static float[] floats(byte[] bytes) {
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }
}
