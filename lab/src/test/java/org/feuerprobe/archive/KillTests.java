package org.feuerprobe.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost or wrong without a word, whatever ends the writing. {@code -Dkills=200} kills
 * more often; {@code make test-kill} does.
 */
@Tag("boots")
final class KillTests {
    private static final int KILLS = Integer.getInteger("kills", 20);
    private static final int NUMBERS_A_ROUND = 10_000;

    @TempDir private Path temp;

    @Test
    void killsLeaveWholeCampaignsOrPartialNames() throws Exception {
        SplittableRandom random = new SplittableRandom(Long.getLong("seed", 1));
        Path results = temp.resolve("results");
        int whole = 0;
        int partial = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process =
                    JavaProcess.start(
                            WritingProcess.class,
                            results.toString(),
                            Integer.toString(kill * NUMBERS_A_ROUND));
            try (InputStream out = process.getInputStream()) {
                assertThat(out.read()).isEqualTo('r');
                Thread.sleep(random.nextInt(400));
            } finally {
                process.destroyForcibly(); // SIGKILL
            }
            process.waitFor();
            assertThat(process.exitValue()).as("still writing when killed").isEqualTo(128 + 9);
            try (Archive archive = Archives.open(results.toString())) {
                whole += archive.runs().size();
                partial += archive.unfinished().size();
                assertThat(archive.runs()).hasSameSizeAs(archive.all());
                for (ArchivedRun run : archive.runs()) {
                    assertThat(archive.verify(run.id()).problem()).isEmpty();
                    assertWhole(results.resolve(run.id()), number(run));
                }
                for (String name : archive.unfinished()) {
                    assertThat(name).contains(ResultsFolder.PARTIAL);
                }
            }
            ResultsFolder.delete(temp.resolve("outside"));
            ResultsFolder.delete(results);
        }
        System.out.printf(
                "%d kills: %d whole campaigns, %d partial by name, 0 wrong%n",
                KILLS, whole, partial);
        assertThat(whole).isPositive();
        assertThat(partial).as("kills that hit the writing").isPositive();
    }

    private static int number(ArchivedRun run) {
        return Integer.parseInt(run.subject().substring("Kernel ".length()));
    }

    private static void assertWhole(Path folder, int number) throws IOException {
        List<Measurement> read = SampleReader.read(folder.resolve("samples.fpb"));
        List<Measurement> written = Folders.measurements(number, 3, 200);
        assertThat(read).hasSameSizeAs(written);
        for (int i = 0; i < read.size(); i++) {
            for (int boot = 0; boot < 2; boot++) {
                assertThat(
                                read.get(i)
                                        .boots()
                                        .get(boot)
                                        .sameValues(written.get(i).boots().get(boot)))
                        .isTrue();
            }
        }
    }

    @Test
    void aFullDiskLeavesNothingUnderTheName() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=256k", "none", disk.toString()))
                .as("mounting a small tmpfs takes root")
                .isZero();
        try {
            // In the host's language: what a device says that is always full.
            String full =
                    String.valueOf(
                            catchThrowable(() -> Files.write(Path.of("/dev/full"), new byte[1]))
                                    .getMessage());
            List<Measurement> large = Folders.measurements(1, 3, 100_000);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Folders.write(disk.resolve("large"), 1, large))
                    .withMessageContaining(full.substring(full.lastIndexOf(": ") + 1).strip());
            try (Stream<Path> left = Files.list(disk)) {
                assertThat(left).isEmpty();
            }
            // Full to the last byte: also the small files after the large one.
            int failed = 0;
            for (int i = 0; failed == 0; i++) {
                try {
                    Folders.write(disk.resolve("run" + i), i);
                } catch (IOException e) {
                    failed++;
                    assertThat(disk.resolve("run" + i)).doesNotExist();
                    assertThat(i).isPositive();
                }
            }
            try (Stream<Path> folders = Files.list(disk)) {
                for (Path folder : folders.toList()) {
                    RunReader.verify(folder);
                }
            }
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
