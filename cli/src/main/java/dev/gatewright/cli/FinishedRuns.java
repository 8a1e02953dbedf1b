package dev.gatewright.cli;

import dev.gatewright.encode.InputException;
import dev.gatewright.model.AtomicFile;
import dev.gatewright.model.FormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The runs of searches that are done, kept in a file where one is given, one JSON object a line. */
final class FinishedRuns {
    private final Optional<Path> file;
    private final List<FinishedRun> runs = new ArrayList<>();

    /** @throws InputException if the file exists and holds anything but finished runs */
    FinishedRuns(Optional<Path> file) throws IOException {
        this.file = file;
        if (file.isPresent() && Files.exists(file.get())) {
            read(file.get());
        }
    }

    private void read(Path path) throws IOException {
        // Bytes that are no text become marks, which no run contains; the line they stand in is then refused.
        List<String> lines = new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
                .lines()
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            try {
                runs.add(FinishedRun.parse(lines.get(i)));
            } catch (FormatException e) {
                throw new InputException(
                        "--out " + path + ", line " + (i + 1) + ": is no finished run of tune: " + e.getMessage(), e);
            }
        }
    }

    Optional<FinishedRun> find(FinishedRun.Key key) {
        return runs.stream().filter(run -> run.key().equals(key)).findFirst();
    }

    /** Adds a run and writes the file anew, so that a search that dies loses only the run it was at. */
    void add(FinishedRun run) throws IOException {
        runs.add(run);
        if (file.isPresent()) {
            String text = runs.stream().map(each -> each.line() + "\n").collect(Collectors.joining());
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            AtomicFile.write(file.get(), channel -> {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            });
        }
    }
}
