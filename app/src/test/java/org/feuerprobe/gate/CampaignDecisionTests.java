package org.feuerprobe.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.feuerprobe.archive.Archive;
import org.feuerprobe.archive.Archives;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** The gate's two verdicts on small campaigns that are written for the purpose. */
class CampaignDecisionTests {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final long TWIN = 20;

    @TempDir private Path folder;

    /** A campaign that {@link #write} turns into a results folder. */
    private final class Results {
        private final int day;
        private final boolean exact;
        private final List<Map<String, Object>> verdicts = new ArrayList<>();
        private final List<Map<String, Object>> rejected = new ArrayList<>();
        private final StringBuilder samples = new StringBuilder();
        private boolean identical = true;
        private String compiler = "gcc 12";
        private String metric = "instructions";

        Results(int day, boolean exact) {
            this.day = day;
            this.exact = exact;
        }

        Results point(String benchmark, String itsMetric, long n, long... values) {
            List<Long> gross = new ArrayList<>();
            for (long value : values) {
                gross.add(value + TWIN);
            }
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("operation", benchmark.replaceAll("/.*", ""));
            line.put("benchmark", benchmark);
            line.put("target", "qemu");
            line.put("metric", itsMetric);
            line.put("params", Map.of("N", n));
            line.put("boot", 0);
            line.put("seed", 7);
            line.put("batch", 1);
            line.put("samples", gross);
            line.put("twin", List.of(TWIN, TWIN));
            samples.append(MAPPER.writeValueAsString(line)).append('\n');
            return this;
        }

        Results point(String benchmark, long n, long... values) {
            return point(benchmark, metric, n, values);
        }

        Results verdict(String bound, VerdictKind kind, String reason) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("bound", bound);
            fields.put("operation", "send");
            fields.put("claim", "O(N)");
            fields.put("kind", "documented");
            fields.put("metric", metric);
            fields.put("target", "qemu");
            fields.put("verdict", kind.name());
            fields.put("class", "O(N)");
            fields.put("confidence", 0.98);
            fields.put("certificate", false);
            fields.put("range", Map.of("N", List.of(1, 2)));
            fields.put("reason", reason);
            fields.put("source", Map.of("document", "d", "section", "s"));
            fields.put("evidence", List.of());
            verdicts.add(fields);
            return this;
        }

        LabelledCampaign write() throws Exception {
            Path place = place();
            Files.createDirectories(place);
            Map<String, Object> manifest = new LinkedHashMap<>();
            manifest.put("schema", 1);
            manifest.put("feuerprobe", "0.2.0");
            manifest.put("command", List.of("feuerprobe", "validate"));
            manifest.put("began", "2026-03-%02dT00:00:00Z".formatted(day));
            manifest.put("exact", exact);
            manifest.put("seconds", 1);
            manifest.put("target", "qemu");
            manifest.put("metric", metric);
            manifest.put(
                    "kernel",
                    Map.of(
                            "name",
                            "k",
                            "version",
                            "1",
                            "sha256",
                            "00" + day,
                            "build",
                            Map.of("compiler", compiler)));
            manifest.put("testbed", Map.of("cpu", "x"));
            manifest.put("seed", 7);
            manifest.put("boots", List.of(1));
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("schema", 1);
            document.put("subject", "k");
            document.put("bounds", "b.yaml");
            document.put(
                    "repetition",
                    Map.of(
                            "seed",
                            7,
                            "identical",
                            identical,
                            "values",
                            4,
                            "difference",
                            identical ? "" : "send/short N=1: 5 and 6"));
            document.put("rejected", rejected);
            document.put("verdicts", verdicts);
            Files.writeString(place.resolve("manifest.json"), MAPPER.writeValueAsString(manifest));
            Files.writeString(place.resolve("verdicts.json"), MAPPER.writeValueAsString(document));
            Files.writeString(place.resolve("samples.jsonl"), samples);
            return CampaignHistory.side("day" + day, place);
        }

        private Path place() {
            return folder.resolve("day%02d".formatted(day));
        }
    }

    private Results counted(int day) {
        return new Results(day, true);
    }

    private CampaignHistory history(LabelledCampaign now, int... days) throws Exception {
        List<String> places = new ArrayList<>();
        for (int day : days) {
            places.add(folder.resolve("day%02d".formatted(day)).toString());
        }
        return CampaignHistory.read(places, now, "");
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
        Results results = counted(1);
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
        Results results = new Results(1, exact);
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
        Results other = counted(1);
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

    private static long[] about(double level, long seed) {
        Random random = new Random(seed);
        long[] values = new long[9];
        for (int i = 0; i < 9; i++) {
            values[i] = Math.round(level + random.nextGaussian());
        }
        return values;
    }

    /** Times of ten days about 1000, and the newest at so much. */
    @ParameterizedTest
    @CsvSource({"1000, PASSED, as before", "2000, FAILED, worse", "500, PASSED, better"})
    void timesAreHeldAgainstTheLevelOfTheRunsBefore(
            double newest, Finding.Outcome outcome, String message) throws Exception {
        int[] days = new int[10];
        for (int day = 1; day <= 10; day++) {
            new Results(day, false).point("send/short", 1, about(1000 + day % 3, day)).write();
            days[day - 1] = day;
        }
        LabelledCampaign now =
                new Results(11, false).point("send/short", 1, about(newest, 11)).write();
        SuspectedRegression.Changes changes = CampaignGate.changes(now, history(now, days));
        Finding found = only(changes.result().findings());
        assertThat(found.outcome()).as(found.message()).isEqualTo(outcome);
        assertThat(found.message())
                .startsWith(message + ": median ")
                .containsPattern(
                        " instructions, where 10 earlier campaigns predict 9\\S+ to 1\\S+ instructions$");
        assertThat(found.properties())
                .containsEntry("runs", "10")
                .containsKeys("level", "low", "high", "p_corrected", "median");
        assertThat(found.weight())
                .isCloseTo(newest / 1001, org.assertj.core.api.Assertions.within(0.01));
        assertThat(changes.suspects()).hasSize(outcome == Finding.Outcome.FAILED ? 1 : 0);
        if (outcome == Finding.Outcome.FAILED) {
            assertThat(changes.suspects().firstEntry().getValue().judged()).isPresent();
        }
    }

    @Test
    void aStepAlertsOnce() throws Exception {
        int[] days = new int[11];
        for (int day = 1; day <= 11; day++) {
            new Results(day, false)
                    .point("send/short", 1, about(day == 11 ? 2000 : 1000 + day % 3, day))
                    .write();
            days[day - 1] = day;
        }
        LabelledCampaign now =
                new Results(12, false).point("send/short", 1, about(2001, 12)).write();
        Finding found = only(CampaignGate.changes(now, history(now, days)).result().findings());
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.PASSED);
        assertThat(found.message()).startsWith("changed before this run, reported then: median ");
    }

    @Test
    void fewTimesAreUnknown() throws Exception {
        new Results(1, false).point("send/short", 1, about(1000, 1)).write();
        LabelledCampaign now = new Results(2, false).point("send/short", 1, about(9000, 2)).write();
        Finding found = only(CampaignGate.changes(now, history(now, 1)).result().findings());
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.SKIPPED);
        assertThat(found.message()).isEqualTo("1 earlier campaign: too few to test, 5 are needed");
        assertThat(found.properties()).containsEntry("runs", "1").doesNotContainKey("level");
    }

    @Test
    void aYoungLevelVariesAsTheOneBeforeIt() throws Exception {
        int[] days = new int[17];
        for (int day = 1; day <= 17; day++) {
            int level = day > 14 ? 4000 : day > 10 ? 2000 : 1000;
            new Results(day, false).point("send/short", 1, about(level + day % 3, day)).write();
            days[day - 1] = day;
        }
        LabelledCampaign now =
                new Results(18, false).point("send/short", 1, about(4001, 18)).write();
        Finding found = only(CampaignGate.changes(now, history(now, days)).result().findings());
        assertThat(found.outcome()).as(found.message()).isEqualTo(Finding.Outcome.PASSED);
        assertThat(found.message()).startsWith("changed before this run, reported then: median ");
    }

    @Test
    void levelsOfFourCampaignsAreTooYoungToCompareWith() throws Exception {
        int[] days = new int[11];
        for (int day = 1; day <= 11; day++) {
            int level = day > 8 ? 4000 : day > 4 ? 2000 : 1000;
            new Results(day, false).point("send/short", 1, about(level + day % 3, day)).write();
            days[day - 1] = day;
        }
        LabelledCampaign now =
                new Results(12, false).point("send/short", 1, about(4001, 12)).write();
        Finding found = only(CampaignGate.changes(now, history(now, days)).result().findings());
        assertThat(found.outcome()).as(found.message()).isEqualTo(Finding.Outcome.SKIPPED);
        assertThat(found.message())
                .isEqualTo(
                        "11 earlier campaigns, but fewer than 5 on the level to compare with: too few to test");
    }

    private String archive(int... days) throws Exception {
        String place = folder.resolve("archive").toString();
        try (Archive archive = Archives.open(place)) {
            for (int day : days) {
                archive.add(folder.resolve("day%02d".formatted(day)));
            }
        }
        return place;
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
        String place = archive(1, 2);
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
                                .result()
                                .findings());
        assertThat(next.outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(next.properties()).containsEntry("before", "9");
    }

    /** Of a campaign from before the change, what is accepted later says nothing. */
    @Test
    void anAcceptanceOfALaterCampaignDoesNotCount() throws Exception {
        counted(1).point("send/short", 1, 5, 5).write();
        LabelledCampaign before = counted(2).point("send/short", 1, 9, 9).write();
        LabelledCampaign later = counted(3).point("send/short", 1, 9, 9).write();
        String place = archive(1, 2, 3);
        CampaignHistory.accept(List.of(place), later, "why", List.of("send/short N=1"));
        Finding found =
                only(
                        CampaignGate.changes(
                                        before, CampaignHistory.read(List.of(place), before, ""))
                                .result()
                                .findings());
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.FAILED);
    }

    @Test
    void timesBeginAnewWithAnAcceptedChange() throws Exception {
        int[] days = new int[8];
        for (int day = 1; day <= 8; day++) {
            new Results(day, false)
                    .point("send/short", 1, about(day < 6 ? 1000 : 2000, day))
                    .write();
            days[day - 1] = day;
        }
        String place = archive(days);
        LabelledCampaign sixth = CampaignHistory.side("day6", folder.resolve("day06"));
        CampaignHistory.accept(List.of(place), sixth, "new part", List.of("send/short N=1"));
        Finding itself =
                only(
                        CampaignGate.changes(sixth, CampaignHistory.read(List.of(place), sixth, ""))
                                .result()
                                .findings());
        assertThat(itself.outcome()).isEqualTo(Finding.Outcome.PASSED);
        assertThat(itself.message()).isEqualTo("accepted with 2026-03-06T00:00:00Z: new part");
        LabelledCampaign now = new Results(9, false).point("send/short", 1, about(2001, 9)).write();
        Finding found =
                only(
                        CampaignGate.changes(now, CampaignHistory.read(List.of(place), now, ""))
                                .result()
                                .findings());
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.SKIPPED);
        assertThat(found.message())
                .isEqualTo(
                        "too few runs since its history starts again with 2026-03-06T00:00:00Z: new part");
        assertThat(found.properties()).containsEntry("why", "new part");
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
