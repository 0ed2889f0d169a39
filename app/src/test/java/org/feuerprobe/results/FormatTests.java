package org.feuerprobe.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.page.ReportPage;
import org.feuerprobe.report.CsvReport;
import org.feuerprobe.report.Reports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of every format ever written stay readable, and none is read as what it is not. */
final class FormatTests {
    private static final Path FOLDERS = Path.of("lab/src/test/resources/org/feuerprobe/archive");

    @TempDir private Path temp;

    private Path written(String name) throws IOException {
        try (ResultsFolder results = ResultsFolder.begin(temp.resolve(name))) {
            CampaignWriter.write(results, KeptCampaign.of(Reports.plain()), ReportPage::html);
            return results.commit();
        }
    }

    @Test
    void bothFormatsHoldTheSameCampaign() throws Exception {
        StoredCampaign first = StoredResults.read(FOLDERS.resolve("format-1"));
        StoredCampaign second = StoredResults.read(FOLDERS.resolve("format-2"));
        assertThat(ReportPage.html(second)).isEqualTo(ReportPage.html(first));
        assertThat(CsvReport.figures(second)).isEqualTo(CsvReport.figures(first));
        assertThat(first.verdicts()).hasSize(6);
        assertThat(CsvReport.figures(first))
                .isEqualTo(CsvReport.figures(Reports.stored(Reports.plain())));
    }

    /** The folders are never written anew: a campaign of that day must stay readable. */
    @Test
    void valuesAreWrittenAsTheyWere() throws Exception {
        Path now = written("now");
        for (String name : List.of("samples.fpb", "counts.fpb")) {
            assertThat(now.resolve(name))
                    .hasSameBinaryContentAs(FOLDERS.resolve("format-2").resolve(name));
        }
    }

    @Test
    void aFolderWithoutItsSealIsPartial() throws Exception {
        Path folder = written("results");
        Files.delete(folder.resolve("seal"));
        assertThatThrownBy(() -> StoredResults.read(folder))
                .hasMessage(
                        folder
                                + ": is incomplete: it has no seal, which is written last: measure"
                                + " again, or copy the whole folder");
    }

    @Test
    void everyFileOfAFolderIsGuarded() throws Exception {
        Path folder = written("results");
        int guarded = 0;
        for (String name : names(folder)) {
            Path file = folder.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            byte[] flipped = whole.clone();
            flipped[whole.length / 2] ^= 4;
            Files.write(file, flipped);
            if (name.equals("report.html")) {
                StoredResults.read(folder); // is made from the others
            } else {
                assertThatThrownBy(() -> StoredResults.read(folder))
                        .isInstanceOf(StoredResults.UnreadableResultsException.class)
                        .hasMessageContaining(name.equals("seal") ? "/seal" : name);
                guarded++;
            }
            Files.write(file, whole);
        }
        assertThat(guarded).isEqualTo(6);
        StoredResults.read(folder);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
