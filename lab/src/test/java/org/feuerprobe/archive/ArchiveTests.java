package org.feuerprobe.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("boots")
final class ArchiveTests {
    @TempDir private Path temp;

    private Archive open(String name) throws ArchiveException {
        return Archives.open(temp.resolve(name).toString());
    }

    private static List<String> ids(Archive archive) throws ArchiveException {
        return archive.runs().stream().map(ArchivedRun::id).toList();
    }

    @Test
    void whatLiesInTheFolderIsInTheArchive() throws Exception {
        Folders.write(temp.resolve("results/b"), 1);
        Folders.write(temp.resolve("results/a"), 2);
        try (Archive archive = open("results")) {
            assertThat(ids(archive)).containsExactly("b", "a"); // in the order of time
            ArchivedRun run = archive.runs().getFirst();
            assertThat(run.subject()).isEqualTo("Kernel 1");
            assertThat(run.testbed()).containsEntry("cpu", "A");
            assertThat(run.exact()).isTrue();
            assertThat(run.points()).isEqualTo(3);
            assertThat(run.values()).isEqualTo(1_200);
            assertThat(archive.verdicts("b").getFirst().verdict()).isEqualTo("HOLDS");
            assertThat(archive.limits("b").getFirst().above()).isEqualTo(3);
        }
        ResultsFolder.delete(temp.resolve("results/b"));
        try (Archive archive = open("results")) {
            assertThat(ids(archive)).containsExactly("a");
        }
    }

    /** The driver of the catalogue takes what follows a question mark for options. */
    @Test
    void aFolderMayBeCalledAnything() throws Exception {
        for (String name : List.of("a?enable_load_extension=true&b", "per%20cent", "ü #1")) {
            Folders.write(temp.resolve(name).resolve("run"), 1);
            try (Archive archive = open(name)) {
                assertThat(ids(archive)).containsExactly("run");
            }
            try (Stream<Path> files = Files.list(temp.resolve(name))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as("the catalogue lies in the folder")
                        .contains("catalogue.sqlite");
            }
        }
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files).hasSize(3);
        }
    }

    @Test
    void quantilesAreThoseOfTheSamples() throws Exception {
        Folders.write(temp.resolve("results/a"), 7);
        Measurement measured = Folders.measurements(7, 3, 200).get(1);
        double[] net = measured.point().values();
        Arrays.sort(net);
        try (Archive archive = open("results")) {
            ArchivedSeries series = archive.series("a").get(1);
            assertThat(series.name().point()).isEqualTo("N=2");
            assertThat(series.summary()).isEqualTo(measured.summary());
            NetCounts counts = series.distribution();
            assertThat(counts.total()).isEqualTo(400);
            for (double order : new double[] {0.001, 0.5, 0.9, 0.99, 0.999, 1}) {
                assertThat(counts.quantile(order))
                        .isEqualTo(net[Math.max(0, (int) Math.ceil(order * 400) - 1)]);
            }
            assertThat(counts.above(890))
                    .isEqualTo(Arrays.stream(net).filter(value -> value > 890).count());
        }
    }

    @Test
    void addsOnceAndKeepsNamesakesApart() throws Exception {
        Path first = Folders.write(temp.resolve("x/run"), 1);
        Path second = Folders.write(temp.resolve("y/run"), 2);
        try (Archive archive = open("archive")) {
            assertThat(archive.add(first)).isEqualTo(new Archive.Added("run", true));
            assertThat(archive.add(first)).isEqualTo(new Archive.Added("run", false));
            Archive.Added other = archive.add(second);
            assertThat(other.isNew()).isTrue();
            assertThat(other.id()).matches("run-[0-9a-f]{8}");
            assertThat(archive.runs()).hasSize(2);
            for (String id : archive.all()) {
                assertThat(archive.verify(id).problem()).isEmpty();
            }
        }
    }

    @Test
    void takesFoldersOfFormatOne() throws Exception {
        Path old = Path.of("lab/src/test/resources/org/feuerprobe/archive/format-1");
        try (Archive archive = open("archive")) {
            archive.add(old);
            ArchivedRun run = archive.runs().getFirst();
            assertThat(run.format()).isEqualTo(1);
            assertThat(run.points()).isEqualTo(6);
            assertThat(archive.verify("format-1").problem()).isEmpty();
        }
    }

    @Test
    void refusesWhatIsPartialOrDamaged() throws Exception {
        Path partial = Folders.write(temp.resolve("partial"), 1);
        Files.delete(partial.resolve("seal"));
        Path damaged = Folders.write(temp.resolve("damaged"), 2);
        flip(damaged.resolve("samples.fpb"));
        try (Archive archive = open("archive")) {
            assertThatExceptionOfType(ArchiveException.class)
                    .isThrownBy(() -> archive.add(partial))
                    .withMessageContaining("is incomplete: it has no seal");
            assertThatExceptionOfType(ArchiveException.class)
                    .isThrownBy(() -> archive.add(damaged))
                    .withMessageContaining("samples.fpb: has changed since it was written");
            assertThatExceptionOfType(ArchiveException.class)
                    .isThrownBy(() -> archive.add(temp.resolve("nothing")));
            assertThat(archive.runs()).isEmpty();
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void verifyNamesWhatWasDamagedLater() throws Exception {
        Folders.write(temp.resolve("results/a"), 1);
        Folders.write(temp.resolve("results/b"), 2);
        open("results").close();
        flip(temp.resolve("results/b/counts.fpb"));
        try (Archive archive = open("results")) {
            assertThat(archive.verify("a").problem()).isEmpty();
            assertThat(archive.verify("b").problem())
                    .contains("counts.fpb: has changed since it was written");
        }
    }

    @Test
    void aMissingOrDamagedCatalogueIsMadeAnew() throws Exception {
        Folders.write(temp.resolve("results/a"), 1);
        open("results").close();
        Path catalogue = temp.resolve("results/catalogue.sqlite");
        Files.writeString(catalogue, "this is not a database, whatever its name says".repeat(99));
        try (Archive archive = open("results")) {
            assertThat(ids(archive)).containsExactly("a");
            assertThat(archive.rebuild()).isEqualTo(1);
            assertThat(archive.series("a")).hasSize(3);
        }
        Files.delete(catalogue);
        try (Archive archive = open("results")) {
            assertThat(ids(archive)).containsExactly("a");
        }
    }

    @Test
    void removesAndMerges() throws Exception {
        for (int i = 0; i < 3; i++) {
            Folders.write(temp.resolve("one/r" + i), i);
            Folders.write(temp.resolve("two/s" + i), i + 2);
        }
        try (Archive one = open("one");
                Archive two = open("two")) {
            assertThat(Archives.merge(two, one)).isEqualTo(2); // s0 is r2
            assertThat(ids(one)).containsExactly("r0", "r1", "r2", "s1", "s2");
            one.remove("r1");
            assertThat(ids(one)).containsExactly("r0", "r2", "s1", "s2");
            assertThat(temp.resolve("one/r1")).doesNotExist();
            assertThat(one.unfinished()).isEmpty();
            assertThatExceptionOfType(ArchiveException.class)
                    .isThrownBy(() -> one.remove("../two"))
                    .withMessageContaining("has no campaign '../two'");
        }
    }

    /** A small run of make bench-archive: what is read back is what was stored, in few bytes. */
    @Test
    void acceptedChangesAreKeptOnceMergedAndNoCampaigns() throws Exception {
        Acceptance late =
                new Acceptance("t", "2026-02-01", "qemu", "ns", "safer", List.of("a N=1"));
        Acceptance early = new Acceptance("t", "2026-01-01", "qemu", "ns", "\"so\"", List.of());
        try (Archive archive = open("results");
                Archive other = open("other")) {
            assertThat(archive.acceptances()).isEmpty();
            archive.accept(late);
            archive.accept(late);
            other.accept(early);
            Archives.merge(other, archive);
            archive.rebuild();
            assertThat(archive.acceptances()).containsExactly(early, late);
            assertThat(archive.all()).isEmpty();
            assertThat(archive.unfinished()).isEmpty();
            Files.writeString(temp.resolve("results/accepted/x.accepted.json"), "{");
            assertThatExceptionOfType(ArchiveException.class)
                    .isThrownBy(archive::acceptances)
                    .withMessageEndingWith("x.accepted.json: is not JSON: remove or mend it");
        }
    }

    @Test
    void storesALotInFewBytes() throws Exception {
        ArchiveBenchmark.Outcome outcome = ArchiveBenchmark.run(10, temp);
        assertThat(outcome.values()).isEqualTo(1_000_000);
        assertThat(outcome.bytesEach()).isBetween(1.0, 1.6);
        RunReader.verify(temp.resolve("archive/run"));
    }

    @Test
    void manyProcessesMayAddAtOnce() throws Exception {
        int campaigns = 8;
        for (int i = 0; i < campaigns; i++) {
            Folders.write(temp.resolve("source/run" + i), i);
        }
        List<Process> processes = new ArrayList<>();
        for (int p = 0; p < 3; p++) { // each adds all, so that every one is contended for
            processes.add(
                    JavaProcess.start(
                            AddingProcess.class,
                            temp.resolve("archive").toString(),
                            temp.resolve("source").toString()));
        }
        for (Process process : processes) {
            process.waitFor();
            assertThat(process.exitValue()).isZero();
        }
        try (Archive archive = open("archive")) {
            assertThat(archive.runs()).hasSize(campaigns);
            for (String id : archive.all()) {
                assertThat(archive.verify(id).problem()).isEmpty();
                assertThat(archive.series(id)).hasSize(3);
            }
            assertThat(archive.unfinished()).isEmpty();
        }
        try (Stream<Path> files = Files.list(temp.resolve("archive"))) {
            assertThat(files.filter(Files::isDirectory)).hasSize(campaigns);
        }
    }
}
