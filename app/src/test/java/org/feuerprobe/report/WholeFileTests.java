package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTests {
    @TempDir private Path folder;

    @Test
    void replacesAFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("new/report.md");
        WholeFile.write(file, "one");
        WholeFile.write(file, "two");
        assertThat(file).hasContent("two");
        try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aLinkStaysAndItsFileIsReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        WholeFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("new");
    }

    /** Root could replace /dev/null by a file, which breaks the whole machine. */
    @Test
    void aDeviceIsWrittenToAndNotReplaced() throws IOException {
        Path none = Files.createSymbolicLink(folder.resolve("none"), Path.of("/dev/null"));
        WholeFile.write(none, "text");
        assertThat(none).isSymbolicLink();

        assumeThat(Path.of("/dev/full")).as("the device that is always full").exists();
        Path full = Files.createSymbolicLink(folder.resolve("full"), Path.of("/dev/full"));
        assertThatThrownBy(() -> WholeFile.write(full, "text"))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(full).isSymbolicLink();
    }

    @Test
    void aPipeIsWrittenTo() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        WholeFile.write(pipe, "text");
        assertThat(new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("text");
    }

    @Test
    void aFolderIsNoFile() {
        assertThatThrownBy(() -> WholeFile.write(folder, "text"))
                .isInstanceOf(IOException.class)
                .hasMessage("it is a folder");
        assertThat(folder).isDirectory();
    }
}
