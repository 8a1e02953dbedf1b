package dev.gatewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.gatewright.format.Onnx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX as ONNX Runtime runs it, against the reference evaluator. */
class OnnxTest {
    @ParameterizedTest
    @MethodSource("dev.gatewright.model.ExportCase#all")
    void onnxRuntimeGivesWhatTheReferenceGives(ExportCase each) throws IOException, OrtException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new Onnx().write(Exports.design(each.model(), each.name()), bytes);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(bytes.toByteArray());
                OnnxTensor rows = rows(each, environment);
                OrtSession.Result result = session.run(Map.of("rows", rows))) {
            assertThat(found(each, result)).as(each.name()).containsExactly(each.expected());
        }
    }

    private static OnnxTensor rows(ExportCase each, OrtEnvironment environment) throws OrtException {
        long[] shape = {each.rows(), ExportCase.width(each.model().encoder())};
        return each.pixels()
                ? OnnxTensor.createTensor(
                        environment, ByteBuffer.wrap(each.raw()), shape, ai.onnxruntime.OnnxJavaType.UINT8)
                : OnnxTensor.createTensor(environment, FloatBuffer.wrap(each.values()), shape);
    }

    private static float[] found(ExportCase each, OrtSession.Result result) throws OrtException {
        float[] all = new float[each.expected().length];
        int at = 0;
        switch (each.model().readout()) {
            case Readout.GroupSum ignored -> {
                for (float[] row :
                        (float[][]) result.get("scores").orElseThrow().getValue()) {
                    for (float score : row) {
                        all[at++] = score;
                    }
                }
                for (long label : (long[]) result.get("class").orElseThrow().getValue()) {
                    all[at++] = label;
                }
            }
            case Readout.Regression ignored -> {
                for (float[] row :
                        (float[][]) result.get("numbers").orElseThrow().getValue()) {
                    all[at++] = row[0];
                }
            }
            case Readout.Bits ignored -> {
                for (boolean[] row :
                        (boolean[][]) result.get("bits").orElseThrow().getValue()) {
                    for (boolean bit : row) {
                        all[at++] = bit ? 1 : 0;
                    }
                }
            }
        }
        return all;
    }
}
