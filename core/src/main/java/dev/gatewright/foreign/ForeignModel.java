package dev.gatewright.foreign;

import dev.gatewright.circuit.Circuit;
import dev.gatewright.encode.Encoder;
import dev.gatewright.encode.InputException;
import dev.gatewright.model.FormatException;
import dev.gatewright.model.Model;
import dev.gatewright.model.Provenance;
import dev.gatewright.model.Readout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A network that another system trained, as a model that predicts the same: its circuit gate by gate, its group sums,
 * and an encoder in its own order of bits.
 */
public final class ForeignModel {
    /** The systems whose files are read. */
    public enum Origin {
        /** difflogic: whole models, weights with exported wiring, or generated C. */
        DIFFLOGIC,
        /** torchlogix: circuits in JSON, or states as safetensors or {@code .pt}. */
        TORCHLOGIX,
        /** torch-dwn: states or whole models, as safetensors or {@code .pt}. */
        DWN
    }

    private static final int MAX_CLASSES = 1 << 16;

    private ForeignModel() {}

    /**
     * Reads a file. Nothing in it is run.
     *
     * @throws FormatException if the file is not what it should be, in one sentence that names it
     * @throws InputException if the options do not fit the file
     */
    public static Model read(Origin from, Path file, ImportOptions options) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FormatException(file + ": there is no such file");
        }
        try {
            ForeignNetwork network = switch (from) {
                case DIFFLOGIC -> Difflogic.read(file, options);
                case TORCHLOGIX -> Torchlogix.read(file, options);
                case DWN -> Dwn.read(file);
            };
            return model(network, options, provenance(network, file));
        } catch (FormatException e) {
            throw new FormatException(file + ": " + e.getMessage());
        } catch (InputException e) {
            throw new InputException(file + ": " + e.getMessage(), e);
        }
    }

    private static Provenance provenance(ForeignNetwork network, Path file) throws IOException {
        return new Provenance(new TreeMap<>())
                .with("imported_from", network.kind())
                .with("imported_file", file.getFileName().toString())
                .with("imported_sha256", sha256(file))
                .with("imported_gates", Long.toString(network.gates()));
    }

    private static Model model(ForeignNetwork network, ImportOptions options, Provenance provenance)
            throws FormatException {
        int classes = classes(network, options);
        Encoder encoder = ForeignEncoder.of(network, options);
        Circuit circuit = network.circuit().of(encoder.bits(), Math.max(1, classes));
        if (classes == 0) {
            return new Model(encoder, circuit, new Readout.Bits(), options.target(), List.of(), provenance);
        }
        if (circuit.outputs() % classes != 0) {
            throw new InputException(circuit.outputs() + " outputs do not divide into " + classes + " classes");
        }
        List<String> labels = options.labels().isEmpty()
                ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
                : options.labels();
        float tau = (float) network.tau().orElse(options.tau().orElse(1));
        if (!(tau > 0 && tau < Float.POSITIVE_INFINITY)) {
            throw new InputException("tau is " + tau + "; expected a number above 0");
        }
        Readout sums = new Readout.GroupSum(classes, tau);
        return new Model(encoder, circuit, sums, options.target(), labels, provenance);
    }

    /** How many classes there are; 0 where the outputs are not summed. */
    private static int classes(ForeignNetwork network, ImportOptions options) {
        int named = options.labels().isEmpty()
                ? options.classes().orElse(0)
                : options.labels().size();
        int classes = network.classes().orElse(named);
        if (classes < 1 && network.sums() || classes > MAX_CLASSES) {
            throw new InputException(classes + " classes, and the outputs are summed to some: --classes 10, or --labels"
                    + " with their names, up to " + MAX_CLASSES);
        }
        if (named != 0 && named != classes || options.classes().orElse(classes) != classes) {
            throw new InputException("the file has " + classes + " classes; --classes or --labels say otherwise");
        }
        return classes;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
