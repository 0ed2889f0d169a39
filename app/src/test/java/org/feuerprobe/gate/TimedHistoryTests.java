package org.feuerprobe.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.feuerprobe.compare.LabelledCampaign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate's verdicts on times, which are compared with the level of the campaigns before. */
class TimedHistoryTests {
    @TempDir private Path folder;

    private WrittenCampaign timed(int day) {
        return new WrittenCampaign(folder, day, false);
    }

    private static Finding only(GateResult result) {
        assertThat(result.findings()).hasSize(1);
        return result.findings().getFirst();
    }

    /** Times of ten days about 1000, and the newest at so much. */
    @ParameterizedTest
    @CsvSource({"1000, PASSED, as before", "2000, FAILED, worse", "500, PASSED, better"})
    void timesAreHeldAgainstTheLevelOfTheRunsBefore(
            double newest, Finding.Outcome outcome, String message) throws Exception {
        int[] days = new int[10];
        for (int day = 1; day <= 10; day++) {
            timed(day).point("send/short", 1, WrittenCampaign.about(1000 + day % 3, day)).write();
            days[day - 1] = day;
        }
        LabelledCampaign now =
                timed(11).point("send/short", 1, WrittenCampaign.about(newest, 11)).write();
        SuspectedRegression.Changes changes =
                CampaignGate.changes(now, WrittenCampaign.history(folder, now, days));
        Finding found = only(changes.result());
        assertThat(found.outcome()).as(found.message()).isEqualTo(outcome);
        assertThat(found.message())
                .startsWith(message + ": median ")
                .containsPattern(
                        " instructions, where 10 earlier campaigns predict 9\\S+ to 1\\S+ instructions$");
        assertThat(found.properties())
                .containsEntry("runs", "10")
                .containsKeys("level", "low", "high", "p_corrected", "median");
        assertThat(found.weight()).isCloseTo(newest / 1001, within(0.01));
        assertThat(changes.suspects()).hasSize(outcome == Finding.Outcome.FAILED ? 1 : 0);
        if (outcome == Finding.Outcome.FAILED) {
            assertThat(changes.suspects().firstEntry().getValue().judged()).isPresent();
        }
    }

    @Test
    void aStepAlertsOnce() throws Exception {
        int[] days = new int[11];
        for (int day = 1; day <= 11; day++) {
            timed(day)
                    .point(
                            "send/short",
                            1,
                            WrittenCampaign.about(day == 11 ? 2000 : 1000 + day % 3, day))
                    .write();
            days[day - 1] = day;
        }
        LabelledCampaign now =
                timed(12).point("send/short", 1, WrittenCampaign.about(2001, 12)).write();
        Finding found =
                only(
                        CampaignGate.changes(now, WrittenCampaign.history(folder, now, days))
                                .result());
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.PASSED);
        assertThat(found.message()).startsWith("changed before this run, reported then: median ");
    }

    @Test
    void fewTimesAreUnknown() throws Exception {
        timed(1).point("send/short", 1, WrittenCampaign.about(1000, 1)).write();
        LabelledCampaign now =
                timed(2).point("send/short", 1, WrittenCampaign.about(9000, 2)).write();
        Finding found =
                only(CampaignGate.changes(now, WrittenCampaign.history(folder, now, 1)).result());
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.SKIPPED);
        assertThat(found.message()).isEqualTo("1 earlier campaign: too few to test, 5 are needed");
        assertThat(found.properties()).containsEntry("runs", "1").doesNotContainKey("level");
    }

    @Test
    void aYoungLevelVariesAsTheOneBeforeIt() throws Exception {
        int[] days = new int[17];
        for (int day = 1; day <= 17; day++) {
            int level = day > 14 ? 4000 : day > 10 ? 2000 : 1000;
            timed(day).point("send/short", 1, WrittenCampaign.about(level + day % 3, day)).write();
            days[day - 1] = day;
        }
        LabelledCampaign now =
                timed(18).point("send/short", 1, WrittenCampaign.about(4001, 18)).write();
        Finding found =
                only(
                        CampaignGate.changes(now, WrittenCampaign.history(folder, now, days))
                                .result());
        assertThat(found.outcome()).as(found.message()).isEqualTo(Finding.Outcome.PASSED);
        assertThat(found.message()).startsWith("changed before this run, reported then: median ");
    }

    @Test
    void levelsOfFourCampaignsAreTooYoungToCompareWith() throws Exception {
        int[] days = new int[11];
        for (int day = 1; day <= 11; day++) {
            int level = day > 8 ? 4000 : day > 4 ? 2000 : 1000;
            timed(day).point("send/short", 1, WrittenCampaign.about(level + day % 3, day)).write();
            days[day - 1] = day;
        }
        LabelledCampaign now =
                timed(12).point("send/short", 1, WrittenCampaign.about(4001, 12)).write();
        Finding found =
                only(
                        CampaignGate.changes(now, WrittenCampaign.history(folder, now, days))
                                .result());
        assertThat(found.outcome()).as(found.message()).isEqualTo(Finding.Outcome.SKIPPED);
        assertThat(found.message())
                .isEqualTo(
                        "11 earlier campaigns, but fewer than 5 on the level to compare with: too few to test");
    }
}
