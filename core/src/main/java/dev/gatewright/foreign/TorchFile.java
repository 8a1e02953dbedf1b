package dev.gatewright.foreign;

import dev.gatewright.model.FormatException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads what {@code torch.save} writes since PyTorch 1.6: a zip of a pickle and the numbers it refers to. */
final class TorchFile implements Unpickler.Tensors {
    private static final String PICKLE = "/data.pkl";
    private static final int MAX_PICKLE = 1 << 26;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_VALUES = 1 << 17;
    private static final int MAX_NAME = 500;

    private final ZipFile zip;
    private final long fileSize;
    private final String folder;
    private final Map<String, MemorySegment> storages = new HashMap<>();
    private long bytesRead;
    private int values;

    private TorchFile(ZipFile zip, long fileSize, String folder) {
        this.zip = zip;
        this.fileSize = fileSize;
        this.folder = folder;
    }

    static Contents read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new TorchFile(zip, Files.size(file), folder(zip)).contents();
        } catch (ZipException | EOFException e) {
            throw new FormatException(
                    "is a damaged or shortened zip file" + (e.getMessage() == null ? "" : ": " + e.getMessage()));
        }
    }

    private static String folder(ZipFile zip) throws FormatException {
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            String name = entries.nextElement().getName();
            if (name.endsWith(PICKLE)) {
                return name.substring(0, name.length() - PICKLE.length());
            }
        }
        throw new FormatException("is a zip file without data.pkl, so not one of torch.save");
    }

    private Contents contents() throws IOException {
        ZipEntry order = zip.getEntry(folder + "/byteorder");
        if (order != null && !new String(bytes(order, 16), StandardCharsets.US_ASCII).equals("little")) {
            throw new FormatException("holds big-endian numbers; expected little-endian ones");
        }
        Pickled root = Unpickler.read(bytes(zip.getEntry(folder + PICKLE), MAX_PICKLE), this);
        Contents contents = new Contents();
        collect("", root, 0, contents);
        return contents;
    }

    /** The content of an entry; nothing is allocated that the file could not hold. */
    private byte[] bytes(ZipEntry entry, long most) throws IOException {
        long size = entry.getSize();
        if (entry.getMethod() != ZipEntry.STORED || size < 0 || size > Math.min(most, fileSize - bytesRead)) {
            throw new FormatException("has the entry " + entry.getName() + " of " + size
                    + " bytes; expected one that is not compressed and fits the file");
        }
        bytesRead += size;
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) size);
            if (bytes.length != size) {
                throw new FormatException("is cut short in " + entry.getName());
            }
            return bytes;
        }
    }

    @Override
    public Tensor tensor(Pickled.Storage storage, long offset, int[] shape, long[] strides) throws FormatException {
        MemorySegment numbers = storages.get(storage.key());
        if (numbers == null) {
            ZipEntry entry = zip.getEntry(folder + "/data/" + storage.key());
            if (entry == null) {
                throw new FormatException("has no entry data/" + storage.key() + ", which a tensor needs");
            }
            try {
                numbers = MemorySegment.ofArray(bytes(entry, Integer.MAX_VALUE - 8));
            } catch (FormatException e) {
                throw e;
            } catch (IOException e) {
                throw new FormatException("cannot be read in data/" + storage.key() + ": " + e.getMessage());
            }
            storages.put(storage.key(), numbers);
        }
        if (storage.elements() < 0
                || storage.elements() > numbers.byteSize() / storage.type().bytes()) {
            throw new FormatException("has " + numbers.byteSize() + " bytes in data/" + storage.key() + " where "
                    + storage.elements() + " elements were expected");
        }
        return new Tensor(storage.type(), numbers, offset, shape, strides);
    }

    /** Dictionaries in dictionaries become dotted names; the dictionaries that a module keeps its parts in vanish. */
    private void collect(String name, Pickled value, int depth, Contents contents) throws FormatException {
        if (depth > MAX_DEPTH || ++values > MAX_VALUES) {
            throw new FormatException(
                    "nests deeper than " + MAX_DEPTH + " levels, or holds more than " + MAX_VALUES + " values");
        }
        switch (value) {
            case Pickled.Numbers numbers -> contents.put(name, numbers.tensor());
            case Pickled.Whole whole -> contents.put(name, (double) whole.value());
            case Pickled.Real real -> contents.put(name, real.value());
            case Pickled.Dictionary dictionary -> {
                for (Map.Entry<Pickled, Pickled> entry : dictionary.entries().entrySet()) {
                    collect(join(name, entry.getKey()), entry.getValue(), depth + 1, contents);
                }
            }
            case Pickled.Sequence sequence -> {
                List<Pickled> items = sequence.items();
                for (int i = 0; i < items.size(); i++) {
                    collect(join(name, new Pickled.Whole(i)), items.get(i), depth + 1, contents);
                }
            }
            case Pickled.None ignored -> {}
            case Pickled.Mark ignored -> {}
            case Pickled.Truth ignored -> {}
            case Pickled.Text ignored -> {}
            case Pickled.Named ignored -> {}
            case Pickled.Storage ignored -> {}
        }
    }

    private static String join(String name, Pickled key) throws FormatException {
        String part = switch (key) {
            case Pickled.Text text -> text.value();
            case Pickled.Whole whole -> Long.toString(whole.value());
            default -> "?";
        };
        if (name.length() + part.length() > MAX_NAME) {
            throw new FormatException("names something in more than " + MAX_NAME + " characters");
        }
        boolean inner = part.equals("_modules") || part.equals("_parameters") || part.equals("_buffers");
        return inner || name.isEmpty() ? (inner ? name : part) : name + "." + part;
    }
}
