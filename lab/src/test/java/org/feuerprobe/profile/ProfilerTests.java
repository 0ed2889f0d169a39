package org.feuerprobe.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.TargetKind;
import org.feuerprobe.harness.TargetOpener;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.Counter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boots the real kernel: profiles agree with the clock, repeat, and know who called whom. */
@Tag("boots")
class ProfilerTests {
    private static final int FEW = 4;

    /** Its operation begins when a timer expires in an idle kernel, so nothing marks it. */
    private static final String UNMARKED = "exo_recv_timed/expired";

    /**
     * Its device follows the host's clock, so that in some boots an interrupt is part of an
     * operation, which the guest's clock counts too.
     */
    private static final String HOST_TIMED = "exo_irq_ack";

    private static Profiler profiler;
    private static List<Benchmark> catalogue;

    @BeforeAll
    static void open() throws Exception {
        TargetOpener opener =
                new TargetOpener(
                        TargetChoice.of(
                                new Places(Path.of("").toAbsolutePath(), "qemu-system-x86_64"),
                                TargetKind.QEMU));
        profiler = Profiler.open(opener, opener.kernel(), List.of());
        catalogue = profiler.catalogue();
    }

    private static PlanEntry smallest(Benchmark benchmark) throws LabException {
        Map<String, Long> point = new LinkedHashMap<>();
        benchmark.parameters().forEach(parameter -> point.put(parameter.name(), parameter.min()));
        return Profiler.at(benchmark, point, FEW);
    }

    private static Profile profile(String name) throws Exception {
        Benchmark benchmark = Profiler.find(catalogue, name).getFirst();
        return profiler.measure(List.of(smallest(benchmark)), true).getFirst();
    }

    /** Each stack's functions and instructions. */
    private static String text(Profile profile) {
        return profile.stacks().stream()
                .map(stack ->
                        functions(stack)
                                + " 0x"
                                + Long.toHexString(stack.address())
                                + " "
                                + Arrays.toString(stack.weights()))
                .collect(Collectors.joining("\n"));
    }

    private static String functions(CallStack stack) {
        return stack.frames().stream().map(Frame::function).collect(Collectors.joining(";"));
    }

    /**
     * The profiler throws where a sample's region and the clock differ. Two boots with the same
     * plan give the same text.
     */
    @Test
    void everyBenchmarkHasWhatTheClockCountedTwice() throws Exception {
        List<PlanEntry> entries = new ArrayList<>();
        for (Benchmark benchmark : catalogue) {
            if (!benchmark.name().equals(UNMARKED)) {
                entries.add(smallest(benchmark));
            }
        }

        List<Profile> first = profiler.measure(entries, true);
        List<Profile> second = profiler.measure(entries, true);

        assertThat(first).hasSize(catalogue.size() - 1);
        for (int i = 0; i < first.size(); i++) {
            String name = first.get(i).benchmark().name();
            assertThat(first.get(i).total()).as(name).isEqualTo(first.get(i).clock()).isPositive();
            if (!name.equals(HOST_TIMED) || first.get(i).clock() == second.get(i).clock()) {
                assertThat(text(second.get(i))).as(name).isEqualTo(text(first.get(i)));
            }
        }
    }

    @Test
    void refusesABenchmarkThatIsNotMarked() {
        assertThatThrownBy(() -> profile(UNMARKED))
                .isInstanceOf(LabException.class)
                .hasMessage(
                        "exo_recv_timed/expired: 2 marked regions in 4 samples of operation and twin");
    }

    /** Ring 3, system call, fault, handler, other environment, other processor. */
    @ParameterizedTest
    @CsvSource({
        "null_syscall, bench_null;exo_null;way_plain;sys_null",
        "page_fault, bench_fault;touch;trap_common;trap_user",
        "page_fault, bench_fault;touch;upcall_entry;map_it",
        "exo_call/round_trip, call_round_trip;exo_call;way_call",
        "exo_call/round_trip, [other environment];start;echo_call;exo_call;way_call",
        "timer_irq/ring3, bench_timer;trap_common;trap_user;timer_interrupt",
        "exo_unmap/other_cpu, [other environment];start;store_on;trap_common;trap_user",
        "ipi/round_trip, bench_ipi;echo;apic_send"
    })
    void knowsTheCallersAcrossTheBoundary(String name, String stack) throws Exception {
        Set<String> stacks = new TreeSet<>();
        profile(name).stacks().forEach(each -> stacks.add(functions(each)));

        assertThat(stacks).anyMatch(each -> (each + ";").startsWith(stack + ";"));
    }

    @Test
    void knowsFunctionsAndLines() throws Exception {
        Profile profile = profile("null_syscall");

        assertThat(FunctionCost.of(profile, Counter.INSTRUCTIONS))
                .containsExactly(
                        new FunctionCost("way_plain", 19L * FEW, 21L * FEW),
                        new FunctionCost("exo_null", 4L * FEW, 29L * FEW),
                        new FunctionCost("syscall_entry", 4L * FEW, 4L * FEW),
                        new FunctionCost("sys_null", 2L * FEW, 2L * FEW),
                        new FunctionCost("bench_null", FEW, 30L * FEW));
        assertThat(profile.stacks())
                .anyMatch(stack ->
                        stack.top().file().equals("arch/x86_64/syscall.S")
                                && stack.top().line() > 0);
    }

    @Test
    void withItsTwinItHasTheMeasuringLoop() throws Exception {
        PlanEntry entry = smallest(Profiler.find(catalogue, "null_syscall").getFirst());
        Profile gross = profiler.measure(List.of(entry), false).getFirst();

        assertThat(gross.total()).isEqualTo(gross.clock()).isGreaterThan(30L * FEW);
        assertThat(gross.stacks()).anyMatch(stack -> stack.top().function().equals("fp_time"));
    }

    @Test
    void aParameterOrValueThatTheBenchmarkLacksIsAnError() throws Exception {
        Benchmark lookup = Profiler.find(catalogue, "cap_table_lookup/random").getFirst();

        assertThatThrownBy(() -> Profiler.at(lookup, Map.of("n", 64L), FEW))
                .hasMessage("--at n: cap_table_lookup/random has no such parameter; it has N_caps");
        assertThatThrownBy(() -> Profiler.at(lookup, Map.of("N_caps", 1L), FEW))
                .hasMessage("--at N_caps=1: cap_table_lookup/random accepts 16 to 65535");
        assertThat(Profiler.at(lookup, Map.of(), FEW).parameters()).containsEntry("N_caps", 64L);
    }
}
