package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.feuerprobe.guest.PerfCounters.Answer;
import org.feuerprobe.guest.PerfCounters.Counter;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ProbeRun;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Performance counters: a stand-in for those that a machine has or lacks, and Linux's own. */
@Tag("boots")
class PerfCountersTests {
    private static final class StandIn implements PerfCounters.Kernel {
        private final Answer answer;
        private final List<Integer> closed = new ArrayList<>();

        StandIn(int descriptor, int errno) {
            answer = new Answer(descriptor, errno);
        }

        @Override
        public Answer open(PerfEvent event) {
            return answer;
        }

        @Override
        public void close(int descriptor) {
            closed.add(descriptor);
        }
    }

    private static String absent(int errno) {
        Counter counter = new PerfCounters(new StandIn(-1, errno)).ask(PerfEvent.INSTRUCTIONS);
        assertThat(counter).isInstanceOf(Counter.Absent.class);
        return ((Counter.Absent) counter).text();
    }

    @Test
    void aCounterThatIsThereIsOpenedAndClosed() {
        StandIn machine = new StandIn(7, 0);

        assertThat(new PerfCounters(machine).ask(PerfEvent.INSTRUCTIONS))
                .isEqualTo(new Counter.Open(PerfEvent.INSTRUCTIONS, 7));
        assertThat(machine.closed).containsExactly(7);
    }

    @Test
    void whatIsAbsentSaysWhyAndWhatWouldMendIt() {
        assertThat(absent(2))
                .isEqualTo(
                        "instructions is not available here: ENOENT: neither processor nor hypervisor offers such a"
                                + " counter; use a bare machine, or a hypervisor that exposes the performance counters");
        assertThat(absent(13)).contains("EACCES").contains("perf_event_paranoid");
        assertThat(absent(38)).contains("CONFIG_PERF_EVENTS");
        assertThat(absent(24)).contains("ulimit");
        assertThat(absent(75)).contains("errno 75");
    }

    /** Where a filter forbids even Linux's own counters, the target says so instead of counting. */
    @Test
    void linuxCountsItsOwnEventsAroundTheCore() throws Exception {
        NativeTarget target =
                NativeTarget.counting(
                        NativeTarget.buildCounting(Path.of("exokernel"), List.of()),
                        0,
                        PerfEvent.PAGE_FAULTS);
        assertThat(target.metric()).isEqualTo("page_faults");
        BootOutcome catalogue = target.boot(Plan.catalogue(), 0, Target.Progress.none());
        if (new PerfCounters().ask(PerfEvent.PAGE_FAULTS) instanceof Counter.Absent absent) {
            assertThat(KernelFixture.failed(catalogue).detail()).contains(absent.reason());
            return;
        }
        Plan plan =
                target.adapt(
                        GridPlanner.plan(
                                KernelFixture.completed(catalogue).run().benchmarks().stream()
                                        .filter(b -> b.name().equals("cap_table_lookup/random"))
                                        .toList(),
                                Effort.QUICK,
                                1));
        ProbeRun run = KernelFixture.completed(target.boot(plan, 0, Target.Progress.none())).run();

        assertThat(run.entries()).allMatch(ProbeRun.Entry::verified);
        // a lookup in a table that was filled before touches no new page
        long[] faults = run.entries().getFirst().streams().getOrDefault(0, new long[0]);
        assertThat(Arrays.stream(faults).filter(n -> n == 0).count()).isGreaterThan(1000);
    }

    @Test
    void aCounterThatTheMachineLacksIsAFailureOfTheBootAndNoCount() throws Exception {
        Counter asked = new PerfCounters().ask(PerfEvent.INSTRUCTIONS);
        assumeTrue(
                asked instanceof Counter.Absent, "this machine has counters, so none is lacking");
        Counter.Absent absent = (Counter.Absent) asked;
        NativeTarget target =
                NativeTarget.counting(
                        NativeTarget.buildCounting(Path.of("exokernel"), List.of()),
                        0,
                        PerfEvent.INSTRUCTIONS);
        BootOutcome.Failed failed =
                KernelFixture.failed(target.boot(Plan.catalogue(), 0, Target.Progress.none()));
        assertThat(failed.failure()).isEqualTo(BootOutcome.Failure.MISSING);
        assertThat(failed.detail()).isEqualTo(absent.text());
    }
}
