package org.feuerprobe.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Test;

class BaselineGateTests {
    private static final Map<String, String> GCC = Map.of("compiler", "gcc 12");

    private static PointCounts counts(String benchmark, long size, long... values) {
        SequencedMap<String, Long> at = new LinkedHashMap<>();
        at.put("N", size);
        return PointCounts.of(
                new Measurement(
                        "op",
                        benchmark,
                        "qemu",
                        "instructions",
                        at,
                        List.of(new BootSamples(0, 7, 1, values, new long[] {10}))));
    }

    private static Baseline baseline(PointCounts... points) {
        return new Baseline(new LinkedHashMap<>(GCC), List.of(), List.of(points));
    }

    private static GateResult judge(Baseline baseline, PointCounts... points) {
        return BaselineGate.judge(baseline, GCC, List.of(points), true);
    }

    @Test
    void theSameCountsPass() {
        GateResult result = judge(baseline(counts("b", 1, 32, 33)), counts("b", 1, 32, 33));
        assertThat(result.verdicts()).containsExactly("changes passed: 1 passed");
    }

    @Test
    void aSingleInstructionOfASingleValueShows() {
        GateResult result =
                judge(baseline(counts("b", 16, 32, 32, 32)), counts("b", 16, 32, 33, 32));
        Finding found = result.findings().getFirst();
        assertThat(found.outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(found.name()).isEqualTo("b N=16");
        assertThat(found.message()).isEqualTo("worse: max 22 → 23 (+1)");
        assertThat(found.properties())
                .containsEntry("operation", "op")
                .containsEntry("by", "1")
                .containsEntry("point", "N=16");
    }

    @Test
    void saysBetterAndMovedToo() {
        assertThat(
                        judge(baseline(counts("b", 1, 32)), counts("b", 1, 31))
                                .findings()
                                .getFirst()
                                .message())
                .isEqualTo("better: max 22 → 21 (-1)");
        assertThat(
                        judge(baseline(counts("b", 1, 31, 32)), counts("b", 1, 32, 31))
                                .findings()
                                .getFirst()
                                .message())
                .isEqualTo("moved: single values differ; mean and maximum do not");
        assertThat(
                        judge(baseline(counts("b", 1, 30, 32)), counts("b", 1, 31, 32))
                                .findings()
                                .getFirst()
                                .message())
                .isEqualTo("worse: mean 21 → 21.5 (+0.5)");
    }

    @Test
    void whatIsGoneFailsOnlyWhereAllWasMeasured() {
        Baseline two = baseline(counts("a", 1, 32), counts("b", 1, 32));
        assertThat(judge(two, counts("a", 1, 32)).has(Finding.Outcome.FAILED)).isTrue();
        GateResult part = BaselineGate.judge(two, GCC, List.of(counts("a", 1, 32)), false);
        assertThat(part.has(Finding.Outcome.FAILED)).isFalse();
        assertThat(part.notes()).containsExactly("1 point of the baseline not measured: b");
    }

    @Test
    void anotherCompilerIsUnknownNotARegression() {
        GateResult result =
                BaselineGate.judge(
                        baseline(counts("b", 1, 32)),
                        Map.of("compiler", "gcc 13"),
                        List.of(counts("b", 1, 99)),
                        true);
        assertThat(result.verdicts()).containsExactly("changes UNKNOWN: 1 skipped");
        assertThat(GateText.of(result)).contains("compiler: \"gcc 12\" and \"gcc 13\"");
    }

    @Test
    void otherWorkIsUnknownToo() {
        GateResult result = judge(baseline(counts("b", 1, 32)), counts("b", 1, 32, 32));
        assertThat(result.verdicts()).containsExactly("changes UNKNOWN: 1 skipped");
        assertThat(GateText.of(result)).contains("b N=1: 7x2");
    }

    @Test
    void acceptingSaysWhatChangedAndKeepsTheReason() {
        Baseline old = baseline(counts("a", 1, 32), counts("b", 1, 32));
        Baseline fresh =
                old.accept(
                        GCC,
                        List.of(counts("b", 1, 34), counts("c", 1, 1)),
                        "2026-01-01T00:00:00Z",
                        "more checks");
        assertThat(fresh.accepted())
                .containsExactly(
                        new Baseline.Acceptance(
                                "2026-01-01T00:00:00Z",
                                "more checks",
                                "1 worse, 0 better, 0 moved, 1 new, 1 gone: b N=1 22 → 24"));
        assertThat(judge(fresh, counts("b", 1, 34), counts("c", 1, 1)).has(Finding.Outcome.FAILED))
                .isFalse();
    }

    @Test
    void theWorstIsFirst() {
        List<PointCounts> old = new ArrayList<>();
        List<PointCounts> now = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            old.add(counts("b", i, 32));
            now.add(counts("b", i, 32 + i));
        }
        GateResult result =
                BaselineGate.judge(
                        new Baseline(new LinkedHashMap<>(GCC), List.of(), old), GCC, now, true);
        assertThat(result.worst().getFirst().name()).isEqualTo("b N=20");
        assertThat(Annotations.of(result).lines())
                .hasSize(10)
                .startsWith("::error title=b N=20::worse: max 22 → 42 (+20)")
                .endsWith("::warning title=feuerprobe::11 more");
    }
}
