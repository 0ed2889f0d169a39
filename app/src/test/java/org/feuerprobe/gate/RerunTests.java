package org.feuerprobe.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.feuerprobe.change.NewestRun;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.FakeTarget;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Test;

/** Noise that comes once, and steps that stay, measured again at once. */
final class RerunTests {
    private static final Benchmark SEND =
            new Benchmark("send/short", "send", 0, false, 1, List.of(), "it arrives");
    private static final long LEVEL = 1000;
    private static final long STEP = 1500;

    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    /** Scatters by a few units from boot to boot and value to value. */
    private FakeTarget timed(String name, long level) {
        return new FakeTarget(List.of(SEND), call -> level + call.boot() % 3 + call.sample() % 4)
                .inexact()
                .troubledBy(_ -> order.add(name));
    }

    private static Measurement measured(long value) {
        return measured("send", "send/short", value);
    }

    private static Measurement measured(String operation, String benchmark, long value) {
        long[] twin = new long[8];
        long[] values = new long[8];
        Arrays.fill(twin, FakeTarget.OVERHEAD);
        Arrays.fill(values, value + FakeTarget.OVERHEAD);
        return new Measurement(
                operation,
                benchmark,
                "fake",
                "instructions",
                new LinkedHashMap<>(),
                List.of(new BootSamples(0, 1, 1, values, twin)));
    }

    /** The newest of 21 runs costs half as much again, once or for good. */
    private static SuspectedRegression.Changes suspected() {
        SplittableRandom random = new SplittableRandom(11);
        double[] runs = random.doubles(21).map(x -> LEVEL + 10 * x).toArray();
        runs[20] = STEP;
        NewestRun.Judged judged = NewestRun.judge(List.of(runs)).getFirst();
        assertThat(judged.standing()).isEqualTo(NewestRun.Standing.WORSE);
        return changes(new SuspectedRegression(measured(STEP), Optional.of(judged)));
    }

    private static SuspectedRegression.Changes changes(SuspectedRegression suspect) {
        LinkedHashMap<String, String> values = new LinkedHashMap<>();
        values.put("metric", "instructions");
        Finding finding =
                new Finding(
                        Finding.Suite.CHANGES,
                        Finding.Outcome.FAILED,
                        "send/short",
                        "worse",
                        values,
                        1);
        LinkedHashMap<String, SuspectedRegression> suspects = new LinkedHashMap<>();
        suspects.put("send/short", suspect);
        return new SuspectedRegression.Changes(
                new GateResult(List.of(finding), List.of()), suspects);
    }

    private static Rerun alone(FakeTarget target) {
        return new Rerun(target, Optional.empty(), 2, 2);
    }

    private static Rerun beside(FakeTarget base, FakeTarget now) {
        return new Rerun(now, Optional.of(new Rerun.Base("HEAD~1", base)), 2, 2);
    }

    private static Finding only(GateResult result) {
        return result.findings().getFirst();
    }

    @Test
    void noiseThatComesOnceIsNoAlert() throws Exception {
        GateResult result = alone(timed("now", LEVEL)).of(suspected());
        assertThat(only(result).outcome()).isEqualTo(Finding.Outcome.PASSED);
        assertThat(only(result).message())
                .matches("worse; did not persist: median 100[0-9.]+ instructions");
        assertThat(only(result).properties()).containsEntry("rerun", "cleared");
        assertThat(result.notes())
                .containsExactly("suspects measured again: 0 confirmed, 1 did not persist, 0 open");
    }

    @Test
    void aStepThatStaysIsAnAlert() throws Exception {
        GateResult result = alone(timed("now", STEP)).of(suspected());
        assertThat(only(result).outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(only(result).message())
                .matches("worse; confirmed by rerun: median 150[0-9.]+ instructions");
        // The catalogue, five boots and the first once more.
        assertThat(order).hasSize(7);
    }

    @Test
    void farBelowIsNoConfirmation() throws Exception {
        GateResult result = alone(timed("now", LEVEL / 2)).of(suspected());
        assertThat(only(result).outcome()).isEqualTo(Finding.Outcome.PASSED);
    }

    @Test
    void theBaselineKernelTakesTurnsWhereItIsAtHand() throws Exception {
        GateResult result = beside(timed("A", LEVEL), timed("B", STEP)).of(suspected());
        assertThat(only(result).outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(only(result).message())
                .matches(
                        "worse; confirmed by rerun: median 150\\S+ instructions beside 100\\S+ instructions, ratio 1\\.(49|50)\\d \\(1\\.4\\d\\d to 1\\.5\\d\\d\\)");
        assertThat(String.join("", order)).isEqualTo("ABBAABBAABBAAB");
    }

    /** The machine is slower than it was, the kernel is not. */
    @Test
    void whatTheBaselineKernelCostsTooIsNotThisKernels() throws Exception {
        GateResult result = beside(timed("A", STEP), timed("B", STEP)).of(suspected());
        assertThat(only(result).outcome()).isEqualTo(Finding.Outcome.PASSED);
        assertThat(only(result).message())
                .startsWith("worse; did not persist: median 150")
                .contains("ratio 1.000");
    }

    @Test
    void whatCannotBeMeasuredAgainStaysAnAlert() throws Exception {
        FakeTarget other = new FakeTarget(List.of(), _ -> 0).inexact();
        GateResult result = alone(other).of(suspected());
        assertThat(only(result).outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(only(result).message())
                .isEqualTo("worse; the rerun leaves it open: no samples of it");
    }

    @Test
    void exactCountsAreConfirmedByFreshBoots() throws Exception {
        SuspectedRegression.Changes exact =
                changes(new SuspectedRegression(measured(STEP), Optional.empty()));
        GateResult same = alone(new FakeTarget(List.of(SEND), _ -> STEP)).of(exact);
        assertThat(only(same).message())
                .isEqualTo("worse; confirmed by rerun: fresh boots counted the same");
        GateResult other = alone(new FakeTarget(List.of(SEND), _ -> LEVEL)).of(exact);
        assertThat(only(other).outcome()).isEqualTo(Finding.Outcome.FAILED);
        assertThat(only(other).message())
                .isEqualTo(
                        "worse; the rerun leaves it open: fresh boots counted differently, median 1000 instructions");
    }

    /** The suspect was finished before the boot failed in another benchmark, or was not. */
    @Test
    void keepsWhatABootFinishedBeforeItFailed() throws Exception {
        Benchmark recv = new Benchmark("recv/short", "recv", 0, false, 1, List.of(), "it arrives");
        SuspectedRegression.Changes both = suspected();
        both.suspects()
                .put(
                        "recv/short",
                        new SuspectedRegression(
                                measured(recv.operation(), recv.name(), STEP), Optional.empty()));
        FakeTarget target =
                new FakeTarget(List.of(SEND, recv), _ -> STEP)
                        .failingAfter(1, 1, BootOutcome.Failure.HANG, "no progress");

        GateResult result = alone(target).of(both);

        assertThat(only(result).message())
                .isEqualTo("worse; confirmed by rerun: median 1500 instructions");
        assertThat(result.notes())
                .containsExactly("suspects measured again: 1 confirmed, 0 did not persist, 1 open");
    }

    @Test
    void saysWhyASuspectHasNoSamples() throws Exception {
        Benchmark first = new Benchmark("a/first", "a", 0, false, 1, List.of(), "it arrives");
        SuspectedRegression.Changes both = suspected();
        SuspectedRegression send = both.suspects().remove("send/short");
        both.suspects()
                .put(
                        "a/first",
                        new SuspectedRegression(
                                measured(first.operation(), first.name(), STEP), Optional.empty()));
        both.suspects().put("send/short", send);
        FakeTarget target =
                new FakeTarget(List.of(first, SEND), _ -> STEP)
                        .failingAfter(1, 1, BootOutcome.Failure.HANG, "no progress");

        assertThat(only(alone(target).of(both)).message())
                .startsWith(
                        "worse; the rerun leaves it open: no samples of it: boot 1 failed: HANG: no progress");
    }

    @Test
    void aBootThatFailsIsTold() {
        FakeTarget broken = timed("now", STEP).failing(1, BootOutcome.Failure.PANIC, "on purpose");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> alone(broken).of(suspected()))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("on purpose");
    }
}
