package dev.gatewright.cli.bench;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.Images;
import dev.gatewright.model.Model;
import dev.gatewright.model.Provenance;
import dev.gatewright.model.Readout;
import dev.gatewright.pass.Pipeline;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes tasks of the networks of {@link Nets}, on random bytes with a threshold in the middle. */
public final class RandomTasks {
    private static final int MAX_BYTES = 1 << 22;
    private static final int MIDDLE = 127;

    private RandomTasks() {}

    /**
     * The network {@code name}, raw for the peers and after the pipeline for us.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Comparison.Task of(String name, long seed, Pipeline pipeline) {
        RawNet net = Nets.named(name, seed);
        Circuit circuit = pipeline.run(net.circuit()).circuit();
        Model model = model(circuit, net.groups());
        int rows = Math.clamp(MAX_BYTES / net.inputs(), 512, 4096) / 512 * 512;
        byte[] pixels = new byte[rows * net.inputs()];
        new SplittableRandom(seed).nextBytes(pixels);
        Images images = new Images(rows, 1, 1, net.inputs(), pixels);
        return new Comparison.Task(
                name, net, model, true, images, model.encoder().encode(images));
    }

    private static Model model(Circuit circuit, int classes) {
        int inputs = circuit.inputs();
        byte[] tests = new byte[inputs];
        Arrays.fill(tests, Encoder.Test.GREATER.code());
        float[] values = new float[inputs];
        Arrays.fill(values, MIDDLE);
        Encoder encoder = new Encoder(
                new Encoder.Inputs.Pixels(1, 1, inputs),
                IntStream.range(0, inputs).toArray(),
                tests,
                values);
        List<String> labels =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new Model(
                encoder, circuit, new Readout.GroupSum(classes, 1), "class", labels, new Provenance(new TreeMap<>()));
    }
}
