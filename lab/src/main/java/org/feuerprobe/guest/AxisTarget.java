package org.feuerprobe.guest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.LongStream;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.ProbeRecord;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.probe.RegionCounts;

/**
 * Kernels that differ in one parameter of their build, such as {@code NPROC}, as one target. Every
 * benchmark gets that parameter in addition to its own. A boot boots each kernel once, one after
 * the other.
 */
public final class AxisTarget implements Target {
    private final String parameter;
    private final List<Member> members;

    /**
     * One of the kernels. It takes no plan.
     *
     * @param value the build's value of the parameter
     */
    public record Member(long value, Target target) {}

    /** At least two kernels with different values of {@code parameter}. */
    public AxisTarget(String parameter, List<Member> members) {
        if (members.stream().map(Member::value).distinct().count() < 2
                || members.stream().anyMatch(member -> member.target.takesPlan())) {
            throw new IllegalArgumentException(
                    "want two kernels or more with different values, which take no plan");
        }
        this.parameter = parameter;
        this.members = List.copyOf(members);
    }

    @Override
    public String name() {
        return members.getFirst().target.name();
    }

    @Override
    public String metric() {
        return members.getFirst().target.metric();
    }

    @Override
    public boolean takesPlan() {
        return false;
    }

    @Override
    public boolean exact() {
        return members.stream().allMatch(member -> member.target.exact());
    }

    @Override
    public int distinctBoots() {
        return members.stream()
                .mapToInt(member -> member.target.distinctBoots())
                .min()
                .orElseThrow();
    }

    /** All kernels' own points for the benchmarks that the plan names. */
    @Override
    public Plan adapt(Plan plan) throws InterruptedException {
        List<PlanEntry> entries = new ArrayList<>();
        for (Member member : members) {
            member.target
                    .adapt(plan)
                    .entries()
                    .forEach(entry -> entries.add(with(entry, member.value)));
        }
        return new Plan(plan.seed(), entries);
    }

    @Override
    public BootOutcome boot(Plan plan, int number, Progress progress) throws InterruptedException {
        List<BootOutcome.Completed> boots = new ArrayList<>();
        Optional<BootOutcome.Failed> failure = Optional.empty();
        long done = 0;
        for (Member member : members) {
            Plan part = part(plan, member.value);
            long before = done;
            BootOutcome outcome =
                    member.target.boot(
                            part,
                            number,
                            (entries, _) -> progress.at(before + entries, plan.entries().size()));
            String where = parameter + "=" + member.value + ": ";
            if (outcome instanceof BootOutcome.Failed failed) {
                BootOutcome.Failed named =
                        new BootOutcome.Failed(
                                failed.failure(), where + failed.detail(), failed.log());
                if (failed.finished().isEmpty()) {
                    return named;
                }
                failure = failure.or(() -> Optional.of(named));
            }
            BootOutcome.Completed completed =
                    outcome instanceof BootOutcome.Failed failed
                            ? failed.finished().orElseThrow()
                            : (BootOutcome.Completed) outcome;
            for (Benchmark benchmark : completed.run().benchmarks()) {
                if (has(benchmark)) {
                    return new BootOutcome.Failed(
                            BootOutcome.Failure.REFUSED,
                            "%sbenchmark %s has a parameter %s of its own: give --kernel another name for it"
                                    .formatted(where, benchmark.name(), parameter),
                            "");
                }
            }
            boots.add(completed);
            done += part.entries().size();
        }
        BootOutcome.Completed all = joined(plan, boots);
        return failure.isPresent()
                ? new BootOutcome.Failed(
                        failure.get().failure(),
                        failure.get().detail(),
                        failure.get().log(),
                        Optional.of(all))
                : all;
    }

    /** The part of the plan for one kernel, without the parameter that the kernel does not know. */
    private Plan part(Plan plan, long value) {
        return new Plan(
                plan.seed(),
                plan.entries().stream()
                        .filter(entry -> value(entry) == value)
                        .map(this::without)
                        .toList(),
                plan.reading());
    }

    private long value(PlanEntry entry) {
        return entry.parameters().getOrDefault(parameter, -1L);
    }

    /** One run of all kernels, in the order of the plan. */
    private BootOutcome.Completed joined(Plan plan, List<BootOutcome.Completed> boots) {
        List<Integer> owners = plan.entries().stream().map(entry -> owner(value(entry))).toList();
        int[] next = new int[boots.size()];
        List<ProbeRun.Entry> entries = new ArrayList<>();
        for (int owner : owners) {
            entries.add(boots.get(owner).run().entries().get(next[owner]++));
        }
        List<ProbeRun> runs = boots.stream().map(BootOutcome.Completed::run).toList();
        ProbeRun run =
                new ProbeRun(
                        runs.getFirst().kernel(),
                        benchmarks(runs),
                        runs.stream()
                                .flatMapToLong(one -> Arrays.stream(one.calibration()))
                                .toArray(),
                        entries,
                        end(runs),
                        clocks(runs));
        List<RegionCounts> counts = boots.stream().flatMap(boot -> boot.counts().stream()).toList();
        return new BootOutcome.Completed(
                run,
                boots.stream()
                        .map(BootOutcome.Completed::took)
                        .reduce(Duration.ZERO, Duration::plus),
                counts.size() == boots.size()
                        ? Optional.of(RegionCounts.interleaved(counts, owners))
                        : Optional.empty());
    }

    private int owner(long value) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).value == value) {
                return i;
            }
        }
        throw new IllegalArgumentException("no kernel has %s=%d".formatted(parameter, value));
    }

    private List<Benchmark> benchmarks(List<ProbeRun> runs) {
        SequencedMap<String, Benchmark> all = new LinkedHashMap<>();
        runs.forEach(
                run -> run.benchmarks().forEach(one -> all.putIfAbsent(one.name(), with(one))));
        return List.copyOf(all.values());
    }

    private static ProbeRecord.End end(List<ProbeRun> runs) {
        return new ProbeRecord.End(
                runs.stream().mapToLong(run -> run.end().records()).sum(),
                runs.stream().mapToLong(run -> run.end().entries()).sum(),
                runs.stream().mapToLong(run -> run.end().ticks()).sum());
    }

    private static Map<Integer, long[]> clocks(List<ProbeRun> runs) {
        Map<Integer, long[]> all = new HashMap<>();
        for (ProbeRun run : runs) {
            run.clock()
                    .forEach((stream, values) ->
                            all.merge(
                                    stream,
                                    values,
                                    (a, b) ->
                                            LongStream.concat(Arrays.stream(a), Arrays.stream(b))
                                                    .toArray()));
        }
        return all;
    }

    private boolean has(Benchmark benchmark) {
        return benchmark.parameters().stream().anyMatch(one -> one.name().equals(parameter));
    }

    private Benchmark with(Benchmark benchmark) {
        List<Benchmark.Parameter> parameters = new ArrayList<>(benchmark.parameters());
        parameters.add(
                new Benchmark.Parameter(
                        parameter,
                        members.stream().mapToLong(Member::value).min().orElseThrow(),
                        members.stream().mapToLong(Member::value).max().orElseThrow()));
        return of(benchmark, parameters);
    }

    private PlanEntry with(PlanEntry entry, long value) {
        SequencedMap<String, Long> parameters = new LinkedHashMap<>(entry.parameters());
        parameters.put(parameter, value);
        return of(entry, with(entry.benchmark()), parameters);
    }

    private PlanEntry without(PlanEntry entry) {
        SequencedMap<String, Long> parameters = new LinkedHashMap<>(entry.parameters());
        parameters.remove(parameter);
        Benchmark benchmark = entry.benchmark();
        List<Benchmark.Parameter> own =
                benchmark.parameters().stream()
                        .filter(one -> !one.name().equals(parameter))
                        .toList();
        return of(entry, of(benchmark, own), parameters);
    }

    private static Benchmark of(Benchmark benchmark, List<Benchmark.Parameter> parameters) {
        return new Benchmark(
                benchmark.name(),
                benchmark.operation(),
                benchmark.ring(),
                benchmark.cold(),
                benchmark.cpus(),
                parameters,
                benchmark.effect());
    }

    private static PlanEntry of(
            PlanEntry entry, Benchmark benchmark, SequencedMap<String, Long> parameters) {
        return new PlanEntry(benchmark, parameters, entry.samples(), entry.warmup(), entry.batch());
    }
}
