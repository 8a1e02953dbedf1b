package dev.gatewright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a tree of its own, with a stand-in for Maven that takes down every call. */
final class LauncherTest {
    private static final String JDK = System.getProperty("java.home");

    @TempDir
    private Path folder;

    private Path root;
    private Path tools;

    @BeforeEach
    void plant() throws IOException {
        root = Files.createDirectory(folder.resolve("a tree"));
        tools = Files.createDirectory(folder.resolve("tools"));
        Files.copy(
                Path.of("..", "gatewright"),
                root.resolve("gatewright"),
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(root.resolve("pom.xml"));
        for (String module : List.of("core", "training", "cli")) {
            Files.createDirectories(root.resolve(module).resolve("src/main"));
            Files.createFile(root.resolve(module).resolve("pom.xml"));
        }
        Path jar = folder.resolve("cli-0.jar");
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest()).close();
        }
        script("mvn", """
                #!/bin/sh
                echo "$*" >> '%1$s/calls'
                mkdir -p '%2$s/cli/target/command/lib'
                cp '%1$s/cli-0.jar' '%2$s/cli/target/command/cli-0.jar'
                cp '%1$s/cli-0.jar' '%2$s/cli/target/command/lib/other.jar'
                """.formatted(folder, root));
    }

    /** A jar without classes that stands for the class path of these tests. */
    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        return manifest;
    }

    private void script(String name, String text) throws IOException {
        Path file = Files.writeString(tools.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private ProcessBuilder launcher(Path script, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(script.toString(), "--version").directory(folder.toFile());
        builder.environment().remove("JAVA25_HOME");
        builder.environment().put("JAVA_HOME", JDK);
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        builder.environment().putAll(environment);
        return builder;
    }

    private static Run finish(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, err);
    }

    private Run start() throws IOException, InterruptedException {
        return finish(launcher(root.resolve("gatewright"), Map.of()).start());
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    @Test
    void theFirstStartBuildsAndTheSecondDoesNot() throws Exception {
        assertThat(start().succeeded().out()).startsWith("gatewright ");
        assertThat(start().succeeded().err()).doesNotContain("building");

        assertThat(calls()).hasSize(1).first().asString().contains("-o", "-pl cli -am", "package");
    }

    @Test
    void aNewerSourceIsBuiltAgain() throws Exception {
        start().succeeded();
        Path source = Files.createFile(root.resolve("core/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        start().succeeded();

        assertThat(calls()).hasSize(2);
    }

    @Test
    void aLinkToItWorksFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("linked"), Path.of("a tree", "gatewright"));

        assertThat(finish(launcher(link, Map.of()).start()).succeeded().out()).startsWith("gatewright ");
    }

    @Test
    void twoFirstStartsBuildOnce() throws Exception {
        List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            starts.add(launcher(root.resolve("gatewright"), Map.of()).start());
        }
        for (Process start : starts) {
            finish(start).succeeded();
        }

        assertThat(calls()).hasSize(1);
        assertThat(root.resolve("target/lock")).doesNotExist();
    }

    @Test
    void theLockOfADeadStartIsTaken() throws Exception {
        Files.createDirectory(root.resolve("target"));
        Files.createSymbolicLink(root.resolve("target/lock"), Path.of("4194399"));

        start().succeeded();
    }

    @Test
    void withoutTheNetworkOnlyMissingLibrariesAskForIt() throws Exception {
        script("mvn", "#!/bin/sh\necho \"$*\" >> '" + folder + "/calls'\necho '[ERROR] cannot find symbol'\nexit 1\n");
        Run broken = start();
        assertThat(broken.status()).isEqualTo(1);
        assertThat(broken.err()).contains("cannot find symbol", "build.log");
        assertThat(calls()).hasSize(1);

        script("mvn", "#!/bin/sh\necho \"$*\" >> '" + folder + "/calls'\necho '[ERROR] in offline mode'\nexit 1\n");
        assertThat(start().status()).isEqualTo(1);
        assertThat(calls()).hasSize(3);
    }

    @Test
    void anOlderJavaIsPassedOver() throws Exception {
        Path old = Files.createDirectories(folder.resolve("old/bin")).getParent();
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Files.writeString(old.resolve("bin/javac"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(old.resolve("bin/javac"), PosixFilePermissions.fromString("rwxr-xr-x"));

        Run run = finish(launcher(root.resolve("gatewright"), Map.of("JAVA25_HOME", old.toString(), "JAVA_HOME", JDK))
                .start());

        assertThat(run.succeeded().out()).contains("Java " + Runtime.version());
    }
}
