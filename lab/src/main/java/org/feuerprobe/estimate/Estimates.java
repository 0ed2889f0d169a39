package org.feuerprobe.estimate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.SerialTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.RegionCounts;
import org.feuerprobe.sample.Estimate;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.testbed.CycleEstimate;
import org.feuerprobe.testbed.Processor;
import org.feuerprobe.testbed.SystemFiles;

/**
 * Estimates of cycles for operations whose cycles cannot be measured here. They need one further
 * boot with the emulator's plugin, at the smallest and largest point of each benchmark. If the
 * native core's cycles are trustworthy, the estimates are compared with them.
 */
public final class Estimates {
    private static final int SAMPLES = 16;
    private static final int WARMUP = 2;

    private final Processor processor;
    private final Map<PlanEntry, CycleEstimate> byEntry = new LinkedHashMap<>();
    private TrueCycles measured = TrueCycles.none();

    private Estimates(Processor processor) {
        this.processor = processor;
    }

    /**
     * Counts on {@code counting}, a target with the plugin. The result is empty if the boot fails.
     */
    public static Estimates of(
            Target counting, Processor processor, Plan measured, Set<String> operations)
            throws InterruptedException {
        Plan plan = counting.adapt(ends(measured, operations));
        boolean priced = !processor.costs().byEvent().isEmpty();
        return priced && !plan.entries().isEmpty()
                ? of(counting.boot(plan, 0, Target.Progress.none()), processor, plan)
                : none(processor);
    }

    /** Estimates everything that one boot measures, for a kernel that takes no plan. */
    public static Estimates of(SerialTarget counting, Processor processor)
            throws InterruptedException {
        BootOutcome outcome = counting.everything();
        return of(outcome, processor, counting.own());
    }

    public static Estimates none(Processor processor) {
        return new Estimates(processor);
    }

    private static Estimates of(BootOutcome outcome, Processor processor, Plan plan) {
        Estimates estimates = new Estimates(processor);
        if (outcome instanceof BootOutcome.Completed completed && completed.counts().isPresent()) {
            for (int i = 0; i < plan.entries().size(); i++) {
                PlanEntry entry = plan.entries().get(i);
                estimate(completed.counts().get(), i, entry, processor, nearby(entry))
                        .ifPresent(found -> estimates.byEntry.put(entry, found));
            }
        }
        return estimates;
    }

    /**
     * The first and last entry of each benchmark, which are the ends because grids are planned from
     * small to large.
     */
    private static Plan ends(Plan measured, Set<String> operations) {
        Map<String, List<PlanEntry>> byBenchmark =
                measured.entries().stream()
                        .filter(entry -> operations.contains(entry.benchmark().operation()))
                        .collect(
                                Collectors.groupingBy(
                                        entry -> entry.benchmark().name(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        List<PlanEntry> chosen = new ArrayList<>();
        for (List<PlanEntry> points : byBenchmark.values()) {
            chosen.add(shortened(points.getFirst()));
            if (points.size() > 1) {
                chosen.add(shortened(points.getLast()));
            }
        }
        return measured.with(chosen);
    }

    /**
     * Whether the data are warm and, by the kernel's report, take at most half of the third-level
     * cache.
     */
    private static boolean nearby(PlanEntry entry) {
        OptionalLong third = SystemFiles.HOST.thirdLevel();
        long bytes =
                entry.benchmark().parameters().stream()
                        .mapToLong(parameter ->
                                parameter.each()
                                        * entry.parameters().getOrDefault(parameter.name(), 0L))
                        .sum();
        return third.isPresent()
                && !entry.benchmark().cold()
                && bytes > 0
                && bytes <= third.getAsLong() / 2;
    }

    private static PlanEntry shortened(PlanEntry entry) {
        return new PlanEntry(entry.benchmark(), entry.parameters(), SAMPLES, WARMUP, 1);
    }

    private static Optional<CycleEstimate> estimate(
            RegionCounts counts, int index, PlanEntry entry, Processor processor, boolean nearby) {
        Map<String, double[]> net = new HashMap<>();
        for (Counter counter : Counter.ALL) {
            Optional<long[]> operation =
                    counts.values(
                            index, counter, 0, entry.warmup(), entry.samples(), entry.batch());
            Optional<long[]> twin =
                    counts.values(
                            index, counter, 1, entry.warmup(), entry.samples(), entry.batch());
            if (operation.isEmpty() || twin.isEmpty()) {
                return Optional.empty();
            }
            long overhead = Arrays.stream(twin.get()).min().orElseThrow();
            net.put(
                    counter.metric(),
                    Arrays.stream(operation.get())
                            .mapToDouble(value -> (double) (value - overhead) / entry.batch())
                            .toArray());
        }
        return CycleEstimate.of(processor, net, nearby);
    }

    public boolean isEmpty() {
        return byEntry.isEmpty();
    }

    /** The estimates by operation, over all its benchmarks and points. */
    public Map<String, CycleEstimate> byOperation() {
        Map<String, CycleEstimate> all = new HashMap<>();
        byEntry.forEach((entry, estimate) ->
                all.merge(entry.benchmark().operation(), estimate, CycleEstimate::with));
        return all;
    }

    /**
     * Reports how far the estimates are off, in sentences. The processor itself runs the same
     * benchmarks and points on {@code truth}. This needs a cycle counter that agrees with the
     * published latencies, which {@code core} measures.
     */
    public String error(Target truth, NativeTarget core) throws InterruptedException {
        try {
            return error(truth, core.clock());
        } catch (IOException e) {
            return "The estimates' error is unknown: " + e.getMessage() + ".";
        }
    }

    public String error(Target truth, NativeClock clock) throws InterruptedException {
        Trust cycles = processor.check(clock.multiplication(), clock.load());
        if (!cycles.believed()) {
            return "The estimates' error is unknown: " + cycles.text() + ".";
        }
        TrueCycles found = TrueCycles.of(truth, byEntry.keySet(), clock);
        if (!found.trust().believed()) {
            return "The estimates' error is unknown: " + found.trust().text() + ".";
        }
        measured = found;
        return compared(truth.name());
    }

    private String compared(String truth) {
        Map<Match, Integer> matches = new EnumMap<>(Match.class);
        double least = Double.MAX_VALUE;
        double most = 0;
        Set<String> calibrations = new LinkedHashSet<>();
        for (Map.Entry<PlanEntry, CycleEstimate> entry : byEntry.entrySet()) {
            Optional<Estimate> cycles = measured.at(entry.getKey());
            Optional<String> event = calibrated(entry.getKey());
            if (cycles.isPresent() && event.isPresent()) {
                calibrations.add(
                        " The cost of %s was derived from %s, so that row is calibration and no evidence."
                                .formatted(event.get(), entry.getKey().benchmark().name()));
            } else if (cycles.isPresent()) {
                CycleEstimate estimate = entry.getValue();
                double middle = (estimate.low() + estimate.high()) / 2;
                matches.merge(Match.of(estimate, cycles.get()), 1, Integer::sum);
                least = Math.min(least, cycles.get().value() / middle);
                most = Math.max(most, cycles.get().value() / middle);
            }
        }
        int n = matches.values().stream().mapToInt(Integer::intValue).sum();
        String error =
                n == 0
                        ? "The estimates' error is unknown: target %s runs none of these operations."
                                .formatted(truth)
                        : String.format(
                                Locale.ROOT,
                                "Compared with target %s here, %d of %d estimates contain the measured mean%s; it was %.2f to %.2f times their middle.",
                                truth,
                                matches.getOrDefault(Match.INSIDE, 0),
                                n,
                                matches.containsKey(Match.OPEN)
                                        ? ", and for %d the mean is not known precisely enough"
                                                .formatted(matches.get(Match.OPEN))
                                        : "",
                                least,
                                most);
        return error + String.join("", calibrations);
    }

    private Optional<String> calibrated(PlanEntry entry) {
        return processor.costs().calibratedBy(entry.benchmark().name());
    }

    /** Rows for people: benchmark, point, estimate, and the measured cycles if there are any. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("BENCHMARK", "POINT", "N", "ESTIMATED CYCLES", "MEASURED CYCLES"));
        byEntry.forEach((entry, estimate) -> {
            rows.add(
                    List.of(
                            entry.benchmark().name(),
                            Numbers.point(entry.parameters()),
                            Integer.toString(estimate.n()),
                            estimate.range(),
                            measured.at(entry)
                                    .map(cycles ->
                                            String.format(
                                                    Locale.ROOT,
                                                    "%,.0f ± %,.0f%s",
                                                    cycles.value(),
                                                    cycles.high() - cycles.value(),
                                                    remark(entry, estimate, cycles)))
                                    .orElse("–")));
        });
        return rows;
    }

    private String remark(PlanEntry entry, CycleEstimate estimate, Estimate cycles) {
        return calibrated(entry).isPresent() ? " (calibration)" : Match.of(estimate, cycles).remark;
    }

    /**
     * Whether an estimate contains the measured mean, which is itself known only as an interval.
     */
    private enum Match {
        INSIDE(""),
        OUTSIDE(" (outside)"),
        OPEN(" (open)");

        private final String remark;

        Match(String remark) {
            this.remark = remark;
        }

        static Match of(CycleEstimate estimate, Estimate cycles) {
            boolean low = estimate.holds(cycles.low());
            boolean high = estimate.holds(cycles.high());
            if (low && high) {
                return INSIDE;
            }
            boolean disjoint = cycles.high() < estimate.low() || estimate.high() < cycles.low();
            return disjoint ? OUTSIDE : OPEN;
        }
    }
}
