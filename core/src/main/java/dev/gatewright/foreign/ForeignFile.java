package dev.gatewright.foreign;

import dev.gatewright.model.FormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of named tensors, whichever of the two containers it is. */
final class ForeignFile {
    private ForeignFile() {}

    /** The content of a file of {@code torch.save} or a safetensors file, told apart by their first bytes. */
    static Contents contents(Path file) throws IOException {
        byte[] first = new byte[2];
        try (InputStream in = Files.newInputStream(file)) {
            in.readNBytes(first, 0, 2);
        }
        if (first[0] == 'P' && first[1] == 'K') {
            return TorchFile.read(file);
        }
        if (first[0] == (byte) 0x80 && first[1] == 2) {
            throw new FormatException("is a bare pickle, as PyTorch wrote before version 1.6; save it again with"
                    + " torch.save of a later version");
        }
        return Safetensors.read(file);
    }
}
