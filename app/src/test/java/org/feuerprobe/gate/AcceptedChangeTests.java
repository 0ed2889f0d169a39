package org.feuerprobe.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.feuerprobe.compare.LabelledCampaign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate's verdicts on points whose change somebody accepted. */
class AcceptedChangeTests {
    @TempDir private Path folder;

    private WrittenCampaign counted(int day) {
        return new WrittenCampaign(folder, day, true);
    }

    private WrittenCampaign timed(int day) {
        return new WrittenCampaign(folder, day, false);
    }

    private static Finding only(GateResult result) {
        assertThat(result.findings()).hasSize(1);
        return result.findings().getFirst();
    }

    /**
     * An accepted point starts its history again: it passes with its campaign, and is no alert
     * later.
     */
    @Test
    void anAcceptedChangeIsNoAlert() throws Exception {
        counted(1).point("send/short", 1, 5, 5).point("send/long", 1, 5, 5).write();
        LabelledCampaign now =
                counted(2).point("send/short", 1, 9, 9).point("send/long", 1, 9, 9).write();
        String place = WrittenCampaign.archive(folder, 1, 2);
        CampaignHistory.accept(List.of(place), now, "faster hardware", List.of("send/short N=1"));

        GateResult result =
                CampaignGate.changes(now, CampaignHistory.read(List.of(place), now, "")).result();

        assertThat(result.findings())
                .extracting(finding -> finding.name() + " " + finding.outcome())
                .containsExactlyInAnyOrder("send/short N=1 PASSED", "send/long N=1 FAILED");
        assertThat(result.findings())
                .filteredOn(finding -> finding.outcome() == Finding.Outcome.PASSED)
                .extracting(Finding::message)
                .containsExactly("accepted with 2026-03-02T00:00:00Z: faster hardware");
        assertThat(result.notes())
                .containsExactly(
                        "the history of 1 point starts again with 2026-03-02T00:00:00Z: accepted: faster hardware");

        LabelledCampaign later = counted(3).point("send/short", 1, 10, 10).write();
        Finding next =
                only(
                        CampaignGate.changes(later, CampaignHistory.read(List.of(place), later, ""))
                                .result());
        assertThat(next.outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(next.properties()).containsEntry("before", "9");
    }

    /** Of a campaign from before the change, what is accepted later says nothing. */
    @Test
    void anAcceptanceOfALaterCampaignDoesNotCount() throws Exception {
        counted(1).point("send/short", 1, 5, 5).write();
        LabelledCampaign before = counted(2).point("send/short", 1, 9, 9).write();
        LabelledCampaign later = counted(3).point("send/short", 1, 9, 9).write();
        String place = WrittenCampaign.archive(folder, 1, 2, 3);
        CampaignHistory.accept(List.of(place), later, "why", List.of("send/short N=1"));
        Finding found =
                only(
                        CampaignGate.changes(
                                        before, CampaignHistory.read(List.of(place), before, ""))
                                .result());
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.FAILED);
    }

    @Test
    void timesBeginAnewWithAnAcceptedChange() throws Exception {
        int[] days = new int[8];
        for (int day = 1; day <= 8; day++) {
            timed(day)
                    .point("send/short", 1, WrittenCampaign.about(day < 6 ? 1000 : 2000, day))
                    .write();
            days[day - 1] = day;
        }
        String place = WrittenCampaign.archive(folder, days);
        LabelledCampaign sixth = CampaignHistory.side("day6", folder.resolve("day06"));
        CampaignHistory.accept(List.of(place), sixth, "new part", List.of("send/short N=1"));
        Finding itself =
                only(
                        CampaignGate.changes(sixth, CampaignHistory.read(List.of(place), sixth, ""))
                                .result());
        assertThat(itself.outcome()).isEqualTo(Finding.Outcome.PASSED);
        assertThat(itself.message()).isEqualTo("accepted with 2026-03-06T00:00:00Z: new part");
        LabelledCampaign now =
                timed(9).point("send/short", 1, WrittenCampaign.about(2001, 9)).write();
        Finding found =
                only(
                        CampaignGate.changes(now, CampaignHistory.read(List.of(place), now, ""))
                                .result());
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.SKIPPED);
        assertThat(found.message())
                .isEqualTo(
                        "too few runs since its history starts again with 2026-03-06T00:00:00Z: new part");
        assertThat(found.properties()).containsEntry("why", "new part");
    }
}
