package org.feuerprobe.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResultsFolderTests {
    @TempDir Path temp;

    @Test
    void showsNothingUntilAllIsWhole() throws IOException {
        Path folder = temp.resolve("deep/er/results");
        try (ResultsFolder results = ResultsFolder.begin(folder)) {
            write(results, "a", "1");
            write(results, "b", "2");
            assertThat(folder).doesNotExist();
            assertThat(results.commit()).isEqualTo(folder);
        }
        assertThat(folder.resolve("a")).hasContent("1");
        assertThat(folder.resolve("b")).hasContent("2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwxr-xr-x");
        assertThat(list(temp.resolve("deep/er"))).containsExactly("results");
    }

    @Test
    void leavesNothingBehindWithoutCommit() throws IOException {
        try (ResultsFolder results = ResultsFolder.begin(temp.resolve("results"))) {
            write(results, "a", "1");
            assertThat(list(temp)).hasSize(1).first().asString().startsWith(".results.partial-");
        }
        assertThat(list(temp)).isEmpty();
    }

    @Test
    void sealsWhatItHolds() throws IOException {
        Path folder = temp.resolve("results");
        try (ResultsFolder results = ResultsFolder.begin(folder)) {
            write(results, "a", "1");
            write(results, "inner/b", "2");
            try (OutputStream page = results.derived("page")) {
                page.write('p');
            }
            results.commit();
        }
        Seal seal = Seal.read(folder);
        assertThat(seal.files().sequencedKeySet()).containsExactly("a", "inner/b");
        Files.writeString(folder.resolve("page"), "another");
        seal.check(folder);
        Files.writeString(folder.resolve("inner/b"), "3");
        assertThatExceptionOfType(BlockFormatException.class)
                .isThrownBy(() -> seal.check(folder))
                .withMessage(
                        folder.resolve("inner/b")
                                + ": has changed since it was written: its SHA-256 differs from the seal's");
        Files.delete(folder.resolve("inner/b"));
        assertThatExceptionOfType(BlockFormatException.class)
                .isThrownBy(() -> seal.check(folder))
                .withMessage(folder.resolve("inner/b") + ": is missing, but the seal lists it");
    }

    @Test
    void everyFlippedBitOfASealIsSeen() throws IOException {
        Path folder = temp.resolve("results");
        try (ResultsFolder results = ResultsFolder.begin(folder)) {
            write(results, "a", "1");
            results.commit();
        }
        Path file = folder.resolve(Seal.NAME);
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            assertThatExceptionOfType(BlockFormatException.class)
                    .as("bit %d", bit)
                    .isThrownBy(() -> Seal.read(folder));
        }
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatExceptionOfType(BlockFormatException.class)
                    .as("length %d", length)
                    .isThrownBy(() -> Seal.read(folder));
        }
    }

    @Test
    void noticesAtOnceWhereItCannotWrite() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ResultsFolder.begin(file.resolve("results")).close())
                .withMessageContaining(file.toString());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ResultsFolder.begin(Path.of("/proc/self/results")).close())
                .withMessageContaining("/proc/self");
    }

    @Test
    void takesAnEmptyFolder() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("results"));
        try (ResultsFolder results = ResultsFolder.begin(folder)) {
            write(results, "a", "1");
            results.commit();
        }
        assertThat(folder.resolve("a")).hasContent("1");
    }

    @Test
    void neverOverwrites() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("results"));
        Files.writeString(folder.resolve("old"), "old");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> ResultsFolder.begin(folder).close())
                .withMessage(folder + " exists and is not empty");
        Path file = Files.writeString(temp.resolve("file"), "old");
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> ResultsFolder.begin(file).close())
                .withMessage(file + " is not a folder");
        assertThat(list(temp)).containsExactlyInAnyOrder("results", "file");
        assertThat(folder.resolve("old")).hasContent("old");
    }

    @Test
    void keepsWhatSomebodyElsePutThereMeanwhile() throws IOException {
        Path folder = temp.resolve("results");
        try (ResultsFolder results = ResultsFolder.begin(folder)) {
            write(results, "a", "1");
            Files.createDirectory(folder);
            Files.writeString(folder.resolve("theirs"), "theirs");
            assertThatExceptionOfType(FileAlreadyExistsException.class)
                    .isThrownBy(results::commit)
                    .withMessage(folder + " was filled by somebody else meanwhile");
        }
        assertThat(list(temp)).containsExactly("results");
        assertThat(list(folder)).containsExactly("theirs");
    }

    @Test
    void keepsAFileThatTookTheNameMeanwhile() throws IOException {
        Path folder = temp.resolve("results");
        try (ResultsFolder results = ResultsFolder.begin(folder)) {
            Files.writeString(folder, "theirs");
            assertThatExceptionOfType(FileAlreadyExistsException.class)
                    .isThrownBy(results::commit)
                    .withMessage(folder + " became a file meanwhile");
        }
        assertThat(folder).hasContent("theirs");
        assertThat(list(temp)).containsExactly("results");
    }

    @Test
    void refusesTheRoot() {
        // The root of this machine is never empty.
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> ResultsFolder.begin(Path.of("/")).close())
                .withMessage("/ exists and is not empty");
    }

    private static void write(ResultsFolder results, String name, String text) throws IOException {
        try (OutputStream out = results.file(name)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
