package dev.gatewright.data;

import dev.gatewright.encode.InputException;
import dev.gatewright.encode.Names;
import dev.gatewright.encode.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Opens data sets by a name of the catalogue or by a path. */
public final class Datasets {
    private Datasets() {}

    /** The sets known by name. */
    public static List<CatalogueEntry> catalogue() {
        return Catalogue.entries();
    }

    /**
     * Opens a set of the catalogue, fetching it where it is absent, or what lies at a path.
     *
     * @throws InputException if there is no such set, or something is wrong with its files
     */
    public static Dataset open(String nameOrPath, ReadOptions options) throws IOException {
        if (Catalogue.has(nameOrPath)) {
            return Catalogue.open(nameOrPath, options);
        }
        Path path = path(nameOrPath);
        return Files.isDirectory(path) ? folder(path, options) : file(path, options);
    }

    /** Makes a set of the catalogue available without the network, and returns the folder of its files, if it has one. */
    public static Optional<Path> fetch(String name, ReadOptions options) throws IOException {
        if (!Catalogue.has(name)) {
            throw unknown(name);
        }
        return Catalogue.fetch(name, options);
    }

    /** Reads samples without a target, for prediction; every column of the file is kept. */
    public static Samples samples(Path file, ReadOptions options) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException("there is no file " + file);
        }
        return switch (Format.of(file)) {
            case IDX -> Idx.images(file);
            case NPY -> Npy.samples(file);
            case NPZ -> Npy.archiveSamples(file);
            case ARFF -> table(Arff.read(file, options), options, file);
            case UCI ->
                table(Delimited.read(file, options.header().or(() -> Optional.of(false)), options), options, file);
            case DELIMITED -> table(Delimited.read(file, options.header(), options), options, file);
        };
    }

    private static Samples table(List<ColumnReader> columns, ReadOptions options, Path file) {
        // A column without any value may well be one that a model reads, so here it stays.
        return Tables.all(columns, options, DataFiles.name(file));
    }

    private static Path path(String text) {
        Path path = Path.of(text);
        if (!Files.exists(path)) {
            throw unknown(text);
        }
        return path;
    }

    private static InputException unknown(String name) {
        List<String> names = catalogue().stream().map(CatalogueEntry::name).toList();
        String near = Names.closest(name, names)
                .map(n -> "; did you mean " + n + "?")
                .orElse("; the sets are " + String.join(", ", names));
        return new InputException(
                "\"" + name + "\" is neither a data set of the catalogue nor a file or folder" + near);
    }

    private static Dataset folder(Path folder, ReadOptions options) throws IOException {
        String name = DataFiles.name(folder.toAbsolutePath().normalize());
        if (Idx.isFamily(folder)) {
            return Idx.family(name, folder);
        }
        List<Path> data;
        try (Stream<Path> files = Files.list(folder)) {
            data = files.filter(file -> Files.isRegularFile(file)
                            && DataFiles.plainName(file).endsWith(".data"))
                    .sorted()
                    .toList();
        }
        if (data.size() == 1) {
            return UciFiles.read(name, data.getFirst(), options);
        }
        if (data.size() > 1) {
            throw new InputException(folder + " holds several .data files; name one of them");
        }
        if (PngFolder.isOne(folder)) {
            return PngFolder.read(name, folder, options);
        }
        throw new InputException(folder + " holds no data set: neither the four IDX files, nor an X.data, nor folders"
                + " of PNG images by class");
    }

    private static Dataset file(Path file, ReadOptions options) throws IOException {
        String name = DataFiles.plainName(file).replaceFirst("\\.[A-Za-z]+$", "");
        return switch (Format.of(file)) {
            case IDX -> Idx.pair(name, file, options);
            case NPY ->
                throw new InputException(DataFiles.name(file)
                        + " is one array; to learn, samples and labels must be in an .npz file as x and y");
            case NPZ -> Npy.dataset(name, file, options);
            case UCI -> UciFiles.read(name, file, options);
            case ARFF -> table(name, Arff.read(file, options), options.target().orElse("last"), file, options);
            case DELIMITED -> delimited(name, file, options);
        };
    }

    private static Dataset delimited(String name, Path file, ReadOptions options) throws IOException {
        List<ColumnReader> columns = Delimited.read(file, options.header(), options);
        boolean headerless = columns.getFirst().name().equals("c1")
                && columns.getLast().name().equals("c" + columns.size());
        if (options.target().isEmpty() && !headerless) {
            throw new InputException("say with the target option which column of " + DataFiles.name(file)
                    + " is to be learnt: "
                    + String.join(
                            ", ",
                            columns.stream().map(ColumnReader::name).limit(12).toList())
                    + (columns.size() > 12 ? ", …" : ""));
        }
        return table(name, columns, options.target().orElse("last"), file, options);
    }

    private static Dataset table(String name, List<ColumnReader> columns, String target, Path file, ReadOptions options)
            throws IOException {
        LabelledSamples all =
                Tables.labelled(columns, columns.getFirst().rows(), target, options, DataFiles.name(file));
        return Tables.split(name, all, options, DataFiles.sha256(List.of(file)));
    }

    /** What a file is, by its name. */
    private enum Format {
        IDX,
        NPY,
        NPZ,
        ARFF,
        UCI,
        DELIMITED;

        static Format of(Path file) {
            String name = DataFiles.plainName(file).toLowerCase(Locale.ROOT);
            if (name.endsWith("-ubyte") || name.endsWith(".idx") || name.matches(".*[.-]idx\\d.*")) {
                return IDX;
            }
            int dot = name.lastIndexOf('.');
            return switch (dot < 0 ? "" : name.substring(dot + 1)) {
                case "npy" -> NPY;
                case "npz" -> NPZ;
                case "arff" -> ARFF;
                case "data", "test" -> UCI;
                default -> DELIMITED;
            };
        }
    }
}
