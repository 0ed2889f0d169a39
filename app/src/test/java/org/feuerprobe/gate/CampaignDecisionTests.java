package org.feuerprobe.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The gate's verdicts on bounds, and on counts against an earlier campaign. */
class CampaignDecisionTests {
    @TempDir private Path folder;

    private WrittenCampaign counted(int day) {
        return new WrittenCampaign(folder, day, true);
    }

    private CampaignHistory history(LabelledCampaign now, int... days) throws Exception {
        return WrittenCampaign.history(folder, now, days);
    }

    private static Finding only(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    @ParameterizedTest
    @EnumSource
    void eachVerdictOnABoundHasItsOutcome(VerdictKind kind) throws Exception {
        Finding found =
                only(CampaignGate.bounds(counted(1).verdict("send/x", kind, "why").write()));
        Finding.Outcome expected =
                switch (kind) {
                    case HOLDS, LOOSE -> Finding.Outcome.PASSED;
                    case VIOLATED -> Finding.Outcome.FAILED;
                    case INCONCLUSIVE, NOT_MEASURABLE, NOT_EXERCISED -> Finding.Outcome.SKIPPED;
                };
        assertThat(found.outcome()).isEqualTo(expected);
        assertThat(found.suite()).isEqualTo(Finding.Suite.BOUNDS);
        assertThat(found.name()).isEqualTo("send/x");
        assertThat(found.message()).isEqualTo("O(N): " + kind + ": why");
        assertThat(found.properties())
                .containsEntry("operation", "send")
                .containsEntry("claim", "O(N)")
                .containsEntry("verdict", kind.name())
                .containsEntry("metric", "instructions")
                .containsEntry("class", "O(N)");
    }

    @Test
    void aPlanEntryWithoutSamplesIsAnError() throws Exception {
        WrittenCampaign results = counted(1);
        results.rejected.add(
                Map.of("benchmark", "send", "params", Map.of("N", 4), "reason", "boot 0 failed"));
        Finding found = only(CampaignGate.bounds(results.write()));
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.ERROR);
        assertThat(found.message()).isEqualTo("no samples: send N=4: boot 0 failed");
    }

    /**
     * Counts that do not repeat are a fault where they should; of time nothing else is expected.
     */
    @ParameterizedTest
    @CsvSource({"true, true, 0", "true, false, 1", "false, true, 0", "false, false, 0"})
    void countsThatDoNotRepeatAreAnError(boolean exact, boolean identical, int errors)
            throws Exception {
        WrittenCampaign results = new WrittenCampaign(folder, 1, exact);
        results.identical = identical;
        List<Finding> found = CampaignGate.bounds(results.point("send/short", 1, 5).write());
        assertThat(found).hasSize(errors);
        assertThat(found).allMatch(finding -> finding.outcome() == Finding.Outcome.ERROR);
    }

    @Test
    void withoutAHistoryNothingIsKnown() throws Exception {
        LabelledCampaign now = counted(2).point("send/short", 1, 5).write();
        GateResult result = CampaignGate.changes(now, history(now)).result();
        assertThat(only(result.findings()).outcome()).isEqualTo(Finding.Outcome.SKIPPED);
        assertThat(only(result.findings()).message())
                .isEqualTo("no earlier campaign to compare with");
    }

    @ParameterizedTest
    @CsvSource({"100, PASSED", "90, PASSED", "101, FAILED", "300, FAILED"})
    void countsAreHeldAgainstTheNewestCampaignBefore(long value, Finding.Outcome outcome)
            throws Exception {
        counted(1).point("send/short", 1, 999, 999).write();
        counted(2).point("send/short", 1, 100, 100).write();
        counted(4).point("send/short", 1, 1, 1).write();
        LabelledCampaign now = counted(3).point("send/short", 1, value, value).write();
        SuspectedRegression.Changes changes = CampaignGate.changes(now, history(now, 1, 4, 2));
        Finding found = only(changes.result().findings());
        assertThat(found.outcome()).as(found.message()).isEqualTo(outcome);
        assertThat(found.name()).isEqualTo("send/short N=1");
        assertThat(found.properties()).containsEntry("before", "100");
        assertThat(found.properties()).containsEntry("after", Long.toString(value));
        assertThat(found.properties().get("against")).contains("day02");
        assertThat(changes.suspects().keySet())
                .isEqualTo(
                        outcome == Finding.Outcome.FAILED
                                ? java.util.Set.of("send/short N=1")
                                : java.util.Set.of());
        assertThat(found.weight()).isEqualTo(value / 100.0);
    }

    /** A count of another metric alerts, but no rerun of this campaign's metric can confirm it. */
    @Test
    void onlyTheCampaignsOwnMetricIsSuspected() throws Exception {
        counted(1).point("send/short", "crossings", 1, 2, 2).write();
        LabelledCampaign now = counted(2).point("send/short", "crossings", 1, 3, 3).write();
        SuspectedRegression.Changes changes = CampaignGate.changes(now, history(now, 1));
        assertThat(only(changes.result().findings()).outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(changes.suspects()).isEmpty();
    }

    @Test
    void pointsThatOneSideLacksAreNotes() throws Exception {
        counted(1).point("send/short", 1, 5, 5).point("send/gone", 1, 5, 5).write();
        LabelledCampaign now =
                counted(2).point("send/short", 1, 5, 5).point("send/new", 1, 5, 5).write();
        GateResult result = CampaignGate.changes(now, history(now, 1)).result();
        assertThat(result.findings()).hasSize(1);
        assertThat(result.notes()).hasSize(2);
        assertThat(result.notes().get(0)).startsWith("1 point only in ").contains("send/gone");
        assertThat(result.notes().get(1)).startsWith("1 point not in ").contains("send/new");
    }

    @Test
    void campaignsWithoutACommonPointAreUnknown() throws Exception {
        counted(1).point("send/gone", 1, 5, 5).write();
        LabelledCampaign now = counted(2).point("send/new", 1, 5, 5).write();
        Finding found = only(CampaignGate.changes(now, history(now, 1)).result().findings());
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.SKIPPED);
        assertThat(found.message()).endsWith(" has no point in common");
    }

    @Test
    void anotherBuildIsNotCompared() throws Exception {
        WrittenCampaign other = counted(1);
        other.compiler = "gcc 13";
        other.point("send/short", 1, 5, 5).write();
        LabelledCampaign now = counted(2).point("send/short", 1, 9, 9).write();
        GateResult result = CampaignGate.changes(now, history(now, 1)).result();
        assertThat(only(result.findings()).outcome()).isEqualTo(Finding.Outcome.SKIPPED);
        assertThat(result.notes())
                .containsExactly(
                        "1 earlier campaign is not comparable: the kernels were built differently");
    }

    @Test
    void runsBeforeADateAreLeftOut() throws Exception {
        counted(1).point("send/short", 1, 5, 5).write();
        counted(2).point("send/short", 1, 6, 6).write();
        LabelledCampaign now = counted(3).point("send/short", 1, 6, 6).write();
        List<String> places =
                List.of(folder.resolve("day01").toString(), folder.resolve("day02").toString());
        assertThat(CampaignHistory.read(places, now, "2026-03-02").campaigns()).isEqualTo(2);
        assertThat(CampaignHistory.read(places, now, "2026-03-02T00:00:01Z").campaigns())
                .isEqualTo(1);
        assertThat(CampaignHistory.read(places, now, "").campaigns()).isEqualTo(3);
    }

    @Test
    void aPlaceThatIsNoneIsRefused() throws IOException {
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(() ->
                                CampaignHistory.read(
                                        List.of(folder.resolve("none").toString()),
                                        counted(1).point("send/short", 1, 5).write(),
                                        "")))
                .hasMessage(
                        "--history %s: no such folder or archive"
                                .formatted(folder.resolve("none")));
    }
}
