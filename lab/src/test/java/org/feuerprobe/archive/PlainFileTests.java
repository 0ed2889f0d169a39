package org.feuerprobe.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A stranger's folder holds what is no plain file, under every name that is read. */
@Tag("boots")
final class PlainFileTests {
    /** Only where it would hang for ever; a busy machine takes a few seconds. */
    private static final Duration HANGS = Duration.ofMinutes(5);

    @TempDir private Path temp;

    static Stream<Arguments> kindsByNames() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (String kind : List.of("link", "endless", "pipe", "dangling")) {
            for (String name :
                    List.of(
                            "notes.txt",
                            "seal",
                            "manifest.json",
                            "verdicts.json",
                            "series/x.fpb",
                            "samples.fpb")) {
                all.add(Arguments.of(kind, name));
            }
        }
        return all.stream();
    }

    private Path place(String kind, Path file) throws Exception {
        Files.createDirectories(file.resolveSibling("."));
        Files.deleteIfExists(file);
        switch (kind) {
            case "link" ->
                    Files.createSymbolicLink(
                            file, Files.writeString(temp.resolve("secret"), "TOP SECRET"));
            case "endless" -> Files.createSymbolicLink(file, Path.of("/dev/zero"));
            case "dangling" -> Files.createSymbolicLink(file, temp.resolve("nothing"));
            default ->
                    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                            .isZero();
        }
        return file;
    }

    @ParameterizedTest
    @MethodSource("kindsByNames")
    void isNeverAddedToAnArchive(String kind, String name) throws Exception {
        Path run = Folders.write(temp.resolve("x/run"), 1);
        place(kind, run.resolve(name));
        Path archive = temp.resolve("archive");
        assertTimeoutPreemptively(
                HANGS,
                () -> {
                    try (Archive open = Archives.open(archive.toString())) {
                        assertThatThrownBy(() -> open.add(run))
                                .isInstanceOf(ArchiveException.class);
                        assertThat(open.runs()).isEmpty();
                    }
                });
        try (Stream<Path> left = Files.walk(archive)) {
            assertThat(left.map(Path::toString)).noneMatch(file -> file.contains("partial"));
        }
    }

    @ParameterizedTest
    @MethodSource("kindsByNames")
    void hangsNoCommandThatOpensTheArchive(String kind, String name) throws Exception {
        Folders.write(temp.resolve("archive/good"), 2);
        Path run = Folders.write(temp.resolve("archive/run"), 1);
        place(kind, run.resolve(name));
        assertTimeoutPreemptively(
                HANGS,
                () -> {
                    try (Archive open = Archives.open(temp.resolve("archive").toString())) {
                        assertThat(open.runs()).extracting(ArchivedRun::id).contains("good");
                    }
                });
    }
}
