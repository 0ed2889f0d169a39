package org.feuerprobe.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts against a baseline: every way in which mean and largest value can change. */
class CountChangeTests {
    private static final Map<String, String> GCC = Map.of("compiler", "gcc 12");

    private static PointCounts counts(String benchmark, double mean, double max, String digest) {
        return new PointCounts("op", benchmark, "N=1", "7x4", 1, max, mean, digest);
    }

    private static Baseline baseline(PointCounts... points) {
        return new Baseline(new LinkedHashMap<>(GCC), List.of(), List.of(points));
    }

    private static GateResult judge(List<PointCounts> old, List<PointCounts> now, boolean whole) {
        return BaselineGate.judge(
                new Baseline(new LinkedHashMap<>(GCC), List.of(), old), GCC, now, whole);
    }

    /** Mean and largest value before are 10 and 20. The figure shown is one that says why. */
    @ParameterizedTest
    @CsvSource({
        "10, 21, WORSE, max, 20, 21, 1",
        "11, 20, WORSE, mean, 10, 11, 1",
        "11, 21, WORSE, max, 20, 21, 1",
        "11, 19, WORSE, mean, 10, 11, 1",
        "9, 21, WORSE, max, 20, 21, 1",
        "9, 20, BETTER, mean, 10, 9, -1",
        "10, 19, BETTER, max, 20, 19, -1",
        "9, 19, BETTER, max, 20, 19, -1",
        "10, 20, MOVED, mean, 10, 10, 0"
    })
    void theDirectionIsThatOfTheFigureShown(
            double mean,
            double max,
            CountChange.Kind kind,
            String statistic,
            double before,
            double after,
            double size) {
        CountChange change = new CountChange(counts("b", 10, 20, "a"), counts("b", mean, max, "b"));
        assertThat(change.kind()).isEqualTo(kind);
        assertThat(change.statistic()).isEqualTo(statistic);
        assertThat(change.before()).isEqualTo(before);
        assertThat(change.after()).isEqualTo(after);
        assertThat(change.size()).isEqualTo(size);
    }

    @Test
    void aMeanThatRoseIsToldThoughTheLargestValueFell() {
        Finding found =
                judge(List.of(counts("b", 10, 20, "a")), List.of(counts("b", 11, 19, "b")), true)
                        .findings()
                        .getFirst();
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(found.message()).isEqualTo("worse: mean 10 → 11 (+1)");
        assertThat(found.properties())
                .containsEntry("change", "worse")
                .containsEntry("statistic", "mean")
                .containsEntry("before", "10")
                .containsEntry("after", "11")
                .containsEntry("by", "1")
                .containsEntry("metric", "instructions")
                .containsEntry("benchmark", "b");
    }

    /** What is worse comes first, the more the larger a share; gone before all, better last. */
    @Test
    void findingsAreOrderedByHowMuchWorseTheyAre() {
        List<PointCounts> old =
                List.of(
                        counts("better", 10, 20, "a"),
                        counts("moved", 10, 20, "a"),
                        counts("little", 100, 200, "a"),
                        counts("double", 10, 20, "a"),
                        counts("tiny", 0.1, 0.5, "a"),
                        counts("gone", 10, 20, "a"),
                        counts("same", 10, 20, "a"));
        List<PointCounts> now =
                List.of(
                        counts("better", 9, 19, "b"),
                        counts("moved", 10, 20, "b"),
                        counts("little", 101, 201, "b"),
                        counts("double", 20, 40, "b"),
                        counts("tiny", 0.2, 0.75, "b"),
                        counts("same", 10, 20, "a"));
        GateResult result = judge(old, now, true);
        assertThat(result.worst())
                .extracting(Finding::name)
                .containsExactly(
                        "gone N=1",
                        "double N=1",
                        "tiny N=1",
                        "little N=1",
                        "moved N=1",
                        "better N=1",
                        "same N=1");
        assertThat(result.findings())
                .filteredOn(finding -> finding.name().equals("double N=1"))
                .extracting(Finding::weight)
                .containsExactly(2.0);
        assertThat(result.findings())
                .filteredOn(finding -> finding.name().equals("tiny N=1"))
                .extracting(Finding::weight)
                .containsExactly(1.25);
        assertThat(result.findings())
                .filteredOn(finding -> finding.name().equals("moved N=1"))
                .extracting(Finding::message)
                .containsExactly("moved: single values differ; mean and maximum do not");
        assertThat(result.findings())
                .filteredOn(finding -> finding.name().equals("gone N=1"))
                .extracting(Finding::message)
                .containsExactly("gone: the baseline has it, and it was not measured");
        assertThat(result.notes()).isEmpty();
        assertThat(result.verdicts()).containsExactly("changes FAILED: 6 failed, 1 passed");
    }

    /** Five benchmarks are named; a sixth is an ellipsis. */
    @ParameterizedTest
    @CsvSource({"5, ''", "6, ', …'"})
    void pointsThatOneSideLacksAreNamed(int benchmarks, String more) {
        List<PointCounts> many = new ArrayList<>();
        for (int i = 1; i <= benchmarks; i++) {
            many.add(counts("b" + i, 10, 20, "a"));
        }
        GateResult part = judge(many, List.of(), false);
        assertThat(part.findings()).isEmpty();
        assertThat(part.notes())
                .containsExactly(
                        benchmarks
                                + " points of the baseline not measured: b1, b2, b3, b4, b5"
                                + more);
        GateResult fresh = judge(List.of(), many, true);
        assertThat(fresh.findings()).isEmpty();
        assertThat(fresh.notes())
                .containsExactly(
                        benchmarks
                                + " points not in the baseline yet: accept them: b1, b2, b3, b4, b5"
                                + more);
    }

    @Test
    void aNewPointIsNoFinding() {
        PointCounts known = counts("b", 10, 20, "a");
        GateResult result = judge(List.of(known), List.of(known, counts("c", 9, 9, "a")), true);
        assertThat(result.findings()).extracting(Finding::name).containsExactly("b N=1");
        assertThat(result.notes())
                .containsExactly("1 point not in the baseline yet: accept them: c");
    }

    /** Other seeds or numbers of values: the first such point is named. */
    @Test
    void countsOfOtherWorkAreUnknown() {
        PointCounts other = new PointCounts("op", "b", "N=1", "7x5", 1, 20, 10, "a");
        GateResult result =
                judge(
                        List.of(counts("a", 10, 20, "a"), counts("b", 10, 20, "a")),
                        List.of(counts("a", 99, 99, "z"), other),
                        true);
        assertThat(result.verdicts()).containsExactly("changes UNKNOWN: 1 skipped");
        assertThat(result.findings())
                .extracting(Finding::message)
                .containsExactly(
                        "measured with other seeds or numbers of values than the baseline, at 1 point, first b N=1: 7x5");
    }

    @Test
    void eachPartOfAnIdentityThatDiffersIsNamed() {
        Baseline baseline = baseline();
        assertThat(baseline.differences(GCC)).isEmpty();
        assertThat(baseline.differences(Map.of("compiler", "gcc 13", "cpu", "x")))
                .containsExactly("compiler: \"gcc 12\" and \"gcc 13\"", "cpu: \"\" and \"x\"");
        assertThat(baseline.differences(Map.of())).containsExactly("compiler: \"gcc 12\" and \"\"");
    }

    /** Twenty reasons are kept, the newest last; five changes are named. */
    @Test
    void acceptedReasonsAreKept() {
        Baseline baseline = baseline();
        for (int i = 1; i <= 21; i++) {
            double value = i;
            baseline =
                    baseline.accept(
                            GCC,
                            IntStream.rangeClosed(1, i % 2 == 0 ? 6 : 5)
                                    .mapToObj(b -> counts("b" + b, value, 50 + value, "d" + value))
                                    .toList(),
                            "2026-01-" + i,
                            "why " + i);
        }
        assertThat(baseline.accepted()).hasSize(20);
        assertThat(baseline.accepted().getFirst().why()).isEqualTo("why 2");
        assertThat(baseline.accepted().getLast().summary())
                .isEqualTo(
                        "5 worse, 0 better, 0 moved, 0 new, 1 gone: b1 N=1 70 → 71, b2 N=1 70 → 71, b3 N=1 70 → 71, b4 N=1 70 → 71, b5 N=1 70 → 71");
        Baseline six = baseline.accept(GCC, baseline.points(), "d", "same");
        assertThat(six.accepted().getLast().summary())
                .isEqualTo("0 worse, 0 better, 0 moved, 0 new, 0 gone");
        assertThat(
                        baseline()
                                .accept(GCC, baseline.points(), "d", "w")
                                .accepted()
                                .getFirst()
                                .summary())
                .isEqualTo("first: 5 points");
        assertThat(
                        baseline.accept(Map.of("compiler", "gcc 13"), List.of(), "d", "w")
                                .accepted()
                                .getLast()
                                .summary())
                .isEqualTo("another identity: compiler: \"gcc 12\" and \"gcc 13\"");
    }

    @Test
    void moreThanFiveChangesEndInAnEllipsis() {
        List<PointCounts> old =
                IntStream.rangeClosed(1, 6).mapToObj(i -> counts("b" + i, 10, 20, "a")).toList();
        List<PointCounts> now =
                List.of(
                        counts("b1", 9, 20, "b"),
                        counts("b2", 10, 20, "b"),
                        counts("b3", 10, 21, "b"),
                        counts("b4", 10, 21, "b"),
                        counts("b5", 10, 21, "b"),
                        counts("b6", 10, 21, "b"));
        assertThat(
                        baseline(old.toArray(PointCounts[]::new))
                                .accept(GCC, now, "d", "w")
                                .accepted()
                                .getFirst()
                                .summary())
                .startsWith(
                        "4 worse, 1 better, 1 moved, 0 new, 0 gone: b1 N=1 10 → 9, b2 N=1 10 → 10,")
                .endsWith("b5 N=1 20 → 21, …");
    }
}
