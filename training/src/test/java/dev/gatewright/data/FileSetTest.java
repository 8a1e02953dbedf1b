package dev.gatewright.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewright.encode.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSetTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    private static FileSet set(List<Source> sources) {
        String sha256 = HexFormat.of().formatHex(DataFiles.digest().digest(CONTENT));
        return new FileSet(
                "thing", "a thing", "none", List.of("thing"), List.of(new FileSet.Item("a.bin", sha256)), sources);
    }

    private CacheFolders folders() {
        return new CacheFolders(temporary.resolve("cache"), List.of(temporary.resolve("mine")));
    }

    @Test
    void takesAUsersFolderInPlace() throws IOException {
        Path mine = Files.createDirectories(temporary.resolve("mine/thing"));
        Files.write(mine.resolve("a.bin"), CONTENT);
        assertThat(set(List.of()).folder(folders(), text -> {})).isEqualTo(mine);
    }

    @Test
    void namesEverySourceAndItsFailureAndLeavesNothing() throws IOException {
        Path mine = Files.createDirectories(temporary.resolve("mine/thing"));
        Files.write(mine.resolve("a.bin"), new byte[] {1});
        FileSet set = set(List.of(new Source.Http("http://localhost:1/", "")));
        assertThatThrownBy(() -> set.folder(folders(), text -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.bin has the SHA-256")
                .hasMessageContaining("http://localhost:1/: ");
        try (Stream<Path> left = Files.list(temporary.resolve("cache"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void everyEntryHasASourceAndANameOfItsOwn() {
        List<CatalogueEntry> entries = Datasets.catalogue();
        assertThat(entries)
                .extracting(CatalogueEntry::name)
                .doesNotHaveDuplicates()
                .contains("mnist", "cifar10");
        assertThat(entries).allMatch(entry -> !entry.sources().isEmpty());
    }
}
