package org.feuerprobe.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.page.ReportPage;
import org.feuerprobe.report.MarkdownReport;
import org.feuerprobe.report.SyntheticResults;
import org.feuerprobe.results.ChangesSince;
import org.feuerprobe.results.Context;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.StoredResults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changed since the previous campaign, and which campaign that is. */
class PreviousCampaignTests {
    @TempDir private Path folder;

    private LabelledCampaign later() throws Exception {
        return campaign("2026-02-01T00:00:00Z", "VIOLATED", "8.0");
    }

    private LabelledCampaign campaign(String began, String sendFast, String cpu) throws Exception {
        SyntheticResults results = SyntheticResults.rich(4);
        Path written = results.write(folder.resolve("c" + began.hashCode()));
        edit(written.resolve("manifest.json"), "2026-01-02T03:04:05Z", began);
        edit(written.resolve("manifest.json"), "\"cpu\":\"Synthetic\"", "\"cpu\":\"" + cpu + "\"");
        edit(
                written.resolve("verdicts.json"),
                "\"claim\":\"p99 <= 480 ns\",\"kind\":\"documented\",\"metric\":\"ns\",\"target\":\"linux\",\"verdict\":\"VIOLATED\"",
                "\"claim\":\"p99 <= 480 ns\",\"kind\":\"documented\",\"metric\":\"ns\",\"target\":\"linux\",\"verdict\":\""
                        + sendFast
                        + "\"");
        return side(written);
    }

    private static LabelledCampaign side(Path written) throws Exception {
        return new LabelledCampaign(
                "old", StoredManifest.read(written), StoredResults.read(written));
    }

    private static void edit(Path file, String was, String is) throws Exception {
        String text = Files.readString(file);
        assertThat(text).contains(was);
        Files.writeString(file, text.replace(was, is));
    }

    @Test
    void saysThatNothingChanged() throws Exception {
        LabelledCampaign before = campaign("2026-01-01T00:00:00Z", "VIOLATED", "8.0");

        ChangesSince changes = PreviousCampaign.between(before, later());

        assertThat(changes.none()).isTrue();
        assertThat(changes.inWords())
                .isEqualTo("no verdict and no cost model changed; 8 verdicts are as they were");
        assertThat(changes.conditions()).isEmpty();
    }

    @Test
    void namesTheVerdictThatChangedAndWhatItWasMeasuredOn() throws Exception {
        LabelledCampaign before = campaign("2026-01-01T00:00:00Z", "HOLDS", "7.2");

        ChangesSince changes = PreviousCampaign.between(before, later());

        assertThat(changes.verdicts())
                .extracting(v -> v.bound() + " " + v.before() + " " + v.now())
                .containsExactly("send/fast HOLDS VIOLATED");
        assertThat(changes.inWords())
                .isEqualTo("1 verdict and 0 cost models changed; 7 verdicts are as they were");
        assertThat(changes.conditions()).containsExactly("cpu: \"7.2\" and \"8.0\"");
        StoredCampaign shown =
                later().campaign().with(new Context(Optional.of(changes), List.of(), List.of()));
        assertThat(ReportPage.html(shown))
                .contains(
                        "Since the previous campaign", "1 verdict and 0 cost models", "send/fast");
        assertThat(MarkdownReport.of(shown))
                .contains("## Since old, 2026-01-01T00:00:00Z", "HOLDS  → VIOLATED");
    }

    @Test
    void namesTheBoundThatClaimsSomethingElse() throws Exception {
        LabelledCampaign before = campaign("2026-01-01T00:00:00Z", "VIOLATED", "8.0");
        Path folder = write("later", "2026-02-01T00:00:00Z", 1);
        edit(folder.resolve("verdicts.json"), "p99 <= 480 ns", "p99 <= 470 ns");
        edit(folder.resolve("manifest.json"), "\"cpu\":\"Synthetic\"", "\"cpu\":\"8.0\"");

        ChangesSince changes = PreviousCampaign.between(before, side(folder));

        assertThat(changes.none()).isTrue();
        assertThat(changes.same()).isEqualTo(7);
        assertThat(changes.conditions())
                .containsExactly(
                        "1 bound claims something else than before, so its verdict is left out: send/fast");
    }

    @Test
    void findsTheMostRecentEarlierCampaignOfTheSameBounds() throws Exception {
        write("old", "2026-01-01T00:00:00Z", 1);
        write("recent", "2026-01-20T00:00:00Z", 2);
        write("future", "2026-03-01T00:00:00Z", 4);
        Files.createDirectories(folder.resolve("broken"));
        Files.writeString(folder.resolve("broken/manifest.json"), "{");
        Path other = write("other", "2026-01-25T00:00:00Z", 3);
        edit(other.resolve("verdicts.json"), "bounds/Synthetic", "bounds/else");

        Optional<ChangesSince> changes = PreviousCampaign.changes(folder.resolve("new"), later());

        assertThat(changes).map(ChangesSince::since).contains("recent");
        assertThat(PreviousCampaign.changes(folder.resolve("none/new"), later())).isEmpty();
    }

    private Path write(String name, String began, int day) throws Exception {
        Path written = SyntheticResults.rich(4).write(folder.resolve(name));
        edit(written.resolve("manifest.json"), "2026-01-02T03:04:05Z", began);
        Files.setLastModifiedTime(
                written.resolve("manifest.json"),
                FileTime.from(Instant.parse("2026-04-0" + day + "T00:00:00Z")));
        return written;
    }
}
