package org.feuerprobe.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.junit.jupiter.api.Test;

final class ProbeRunTests {
    @Test
    void joinsTheParts() throws ProbeFormatException {
        ProbeRun run = Streams.run(Streams.golden(), 2);
        assertThat(run.calibration()).containsExactly(20, 21, 20);
        assertThat(run.entries().getFirst().streams().get(0)).containsExactly(100, 101, 102);
        assertThat(run.entries().getFirst().verified()).isTrue();
        assertThat(run.entries().getLast().verified()).isFalse();
        assertThat(run.benchmarks()).containsExactly(Streams.LOOKUP, Streams.NONE);
    }

    @Test
    void acceptsACatalogueWithoutEntries() throws ProbeFormatException {
        ProbeRun run = Streams.run(kernel().benchmark(Streams.NONE).end(0).bytes(), 0);
        assertThat(run.calibration()).isEmpty();
        assertThat(run.entries()).isEmpty();
    }

    @Test
    void wantsTheSamplesThatThePlanAskedFor() throws ProbeFormatException {
        ProbeRun run = Streams.run(Streams.golden(), 2);

        assertThat(run.requireMatch(plan(3, 2))).isSameAs(run);
        assertThatExceptionOfType(ProbeFormatException.class)
                .isThrownBy(() -> run.requireMatch(plan(4, 2)))
                .withMessage(
                        "at offset 0: entry 0, stream 0: 3 samples in batches of 2, asked for 4 in batches of 2");
        assertThatExceptionOfType(ProbeFormatException.class)
                .isThrownBy(() -> run.requireMatch(plan(3, 1)))
                .withMessageContaining("asked for 3 in batches of 1");
    }

    private static Plan plan(int samples, int batch) {
        PlanEntry entry =
                new PlanEntry(Streams.NONE, new java.util.LinkedHashMap<>(), samples, 0, batch);
        return new Plan(1, List.of(entry, entry));
    }

    @Test
    void wantsOneKernelRecordFirst() {
        refuses(new RecordWriter(), 0, "at offset 0: the first record is not KERNEL");
        refuses(
                new RecordWriter().log("x").kernel(),
                0,
                "at offset 0: the first record is not KERNEL");
        refuses(kernel().kernel().end(0), 0, "at offset 1: record 1: a second KERNEL record");
    }

    @Test
    void wantsOneEndRecordLast() {
        refuses(kernel(), 0, "at offset 1: record 1: no END record");
        refuses(kernel().end(0).log("x"), 0, "at offset 1: record 1: records after END");
        refuses(kernel().end(0).end(0), 0, "at offset 1: record 1: records after END");
    }

    @Test
    void wantsEachBenchmarkOnceAndBeforeTheSamples() {
        refuses(
                kernel().benchmark(Streams.NONE).benchmark(Streams.NONE).end(0),
                0,
                "at offset 2: record 2: benchmark 'nop' offered twice");
        refuses(
                kernel().samples(ProbeLayout.CALIBRATION, 0, 0, 1, 5)
                        .benchmark(Streams.NONE)
                        .end(0),
                0,
                "at offset 2: record 2: BENCHMARK after the first SAMPLES");
        refuses(
                kernel().samples(0, 0, 0, 1, 5).benchmark(Streams.NONE),
                1,
                "at offset 2: record 2: BENCHMARK after the first SAMPLES");
    }

    @Test
    void wantsOneCalibrationFromItsFirstValueOn() {
        refuses(
                kernel().samples(ProbeLayout.CALIBRATION, 0, 0, 1, 5)
                        .samples(ProbeLayout.CALIBRATION, 0, 1, 1, 5)
                        .end(0),
                0,
                "at offset 2: record 2: calibration starts at value 1, want 0");
        refuses(
                kernel().samples(ProbeLayout.CALIBRATION, 0, 0, 1, 5)
                        .samples(ProbeLayout.CALIBRATION, 0, 0, 1, 5)
                        .end(0),
                0,
                "at offset 2: record 2: a second calibration");
        refuses(
                kernel().samples(ProbeLayout.CALIBRATION, 0, 3, 1, 5).end(0),
                0,
                "at offset 1: record 1: calibration starts at value 3, want 0");
    }

    @Test
    void wantsSamplesAndResultsInThePlansOrder() {
        refuses(
                kernel().samples(1, 0, 0, 1, 5),
                2,
                "at offset 1: record 1: SAMPLES of entry 1, want 0");
        refuses(
                kernel().samples(-2, 0, 0, 1, 5),
                2,
                "at offset 1: record 1: SAMPLES of entry -2, want 0");
        refuses(
                kernel().samples(0, 0, 0, 1, 5),
                0,
                "at offset 1: record 1: SAMPLES of entry 0, want 0");
        refuses(
                kernel().result(1, 2, 0, 0, ""),
                2,
                "at offset 1: record 1: RESULT of entry 1, want 0");
        refuses(
                kernel().result(0, 2, 0, 0, "").result(0, 2, 0, 0, ""),
                2,
                "at offset 2: record 2: RESULT of entry 0, want 1");
        refuses(
                kernel().result(0, 2, 0, 0, "").result(1, 2, 0, 0, ""),
                1,
                "at offset 2: record 2: RESULT of entry 1, want 1");
    }

    @Test
    void wantsAStreamToGoOnWhereItEnded() {
        refuses(
                kernel().samples(0, 0, 1, 1, 5),
                1,
                "at offset 1: record 1: stream 0 continues at value 1, want 0");
        refuses(
                kernel().samples(0, 0, 0, 1, 5, 6).samples(0, 0, 1, 1, 7),
                1,
                "at offset 2: record 2: stream 0 continues at value 1, want 2");
        refuses(
                kernel().samples(0, 0, 0, 1, 5, 6).samples(0, 1, 2, 1, 7),
                1,
                "at offset 2: record 2: stream 1 continues at value 2, want 0");
    }

    @Test
    void wantsOneBatchInAnEntryAndAllowsAnotherInTheNext() throws ProbeFormatException {
        refuses(
                kernel().samples(0, 0, 0, 1, 5).samples(0, 1, 0, 2, 7),
                1,
                "at offset 2: record 2: batch changes from 1 to 2 within entry 0");
        ProbeRun run = Streams.run(verified(verified(kernel(), 0, 1), 1, 8).end(2).bytes(), 2);
        assertThat(run.entries()).extracting(ProbeRun.Entry::batch).containsExactly(1, 8);
    }

    @Test
    void believesNothingThatWasNotChecked() {
        refuses(
                kernel().samples(0, 0, 0, 1, 5).samples(0, 1, 0, 1, 5).result(0, 0, 0, 0, ""),
                1,
                "at offset 3: record 3: entry 0 claims to be verified with 0 checks, 0 failures and 2 streams");
        refuses(
                kernel().samples(0, 0, 0, 1, 5).samples(0, 1, 0, 1, 5).result(0, 0, -1, 0, ""),
                1,
                "at offset 3: record 3: entry 0 claims to be verified with -1 checks, 0 failures and 2 streams");
        refuses(
                kernel().samples(0, 0, 0, 1, 5).samples(0, 1, 0, 1, 5).result(0, 0, 2, 1, ""),
                1,
                "at offset 3: record 3: entry 0 claims to be verified with 2 checks, 1 failures and 2 streams");
    }

    @Test
    void believesNothingWithoutBothStreams() {
        refuses(
                kernel().samples(0, 0, 0, 1, 5).result(0, 0, 1, 0, ""),
                1,
                "at offset 2: record 2: entry 0 claims to be verified with 1 checks, 0 failures and 1 streams");
        refuses(
                kernel().samples(0, 1, 0, 1, 5).result(0, 0, 1, 0, ""),
                1,
                "at offset 2: record 2: entry 0 claims to be verified with 1 checks, 0 failures and 1 streams");
        refuses(
                kernel().samples(0, 0, 0, 1, 5).samples(0, 1, 0, 1).result(0, 0, 1, 0, ""),
                1,
                "at offset 3: record 3: entry 0 claims to be verified with 1 checks, 0 failures and 2 streams");
    }

    @Test
    void refusesSamplesOfAFailedEntry() {
        for (int status = 1; status <= 6; status++) {
            refuses(
                    kernel().samples(0, 0, 0, 1, 5).result(0, status, 1, 1, ""),
                    1,
                    "at offset 2: record 2: entry 0 failed but has samples");
        }
    }

    @Test
    void wantsEveryEntryOfThePlan() {
        refuses(kernel().end(0), 1, "at offset 1: record 1: END after 0 of 1 entries");
        refuses(kernel().end(1), 0, "at offset 1: record 1: END after 0 of 0 entries");
        refuses(
                kernel().samples(0, 0, 0, 1, 5).end(1),
                1,
                "at offset 2: record 2: END after 0 of 1 entries");
        refuses(
                verified(kernel(), 0, 1).end(2),
                1,
                "at offset 4: record 4: END after 1 of 1 entries");
    }

    private static RecordWriter kernel() {
        return new RecordWriter().kernel();
    }

    private static RecordWriter verified(RecordWriter writer, int entry, int batch) {
        return writer.samples(entry, 0, 0, batch, 50)
                .samples(entry, 1, 0, batch, 20)
                .result(entry, 0, 1, 0, "");
    }

    private static void refuses(RecordWriter stream, int planned, String message) {
        assertThatExceptionOfType(ProbeFormatException.class)
                .isThrownBy(() -> Streams.run(stream.bytes(), planned))
                .withMessage(message);
    }
}
