package org.feuerprobe.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.plan.Reading;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.report.BenchTable;
import org.feuerprobe.report.Paragraph;
import org.feuerprobe.report.SideBySide;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.Documents;
import org.feuerprobe.results.Regimes;
import org.feuerprobe.results.Setting;
import org.feuerprobe.results.UnfitSeries;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.TickRate;
import org.feuerprobe.testbed.Testbed;
import org.feuerprobe.testbed.TestbedState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures without deciding anything. */
@Command(
        name = "bench",
        description = "Measure benchmarks, net of their overhead twins.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe bench --list",
            "  feuerprobe bench --only 'cap_table_*' --json",
            "  feuerprobe bench --target qemu,linux-guest",
            "  feuerprobe bench --metric cache_misses --only cap_table_lookup --out misses"
        })
final class BenchCommand implements Callable<Integer> {
    private static final Set<String> TIMES = Set.of(TickRate.CYCLES, TickRate.UNIT);
    private static final int MOST_BATCH = 1 << 20;

    private final Console console;
    private final List<String> commandLine;

    @Option(names = "--list", description = "Name the target's benchmarks and their parameters.")
    boolean list;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            arity = "1..*",
            description = "Only benchmarks whose name or operation matches.")
    List<String> only = new ArrayList<>();

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            description =
                    "One or several, as instructions,page_faults. "
                            + "In the clock's place: bytes (memory in use), estimated_cycles; on targets native and linux ns (time) and counters of the processor and of Linux "
                            + "(instructions, counted_cycles, cache_misses, branch_misses, page_faults, context_switches); "
                            + "with --accel kvm the first four of them, where the hypervisor gives the guest counters. "
                            + "Beside the clock, in the emulator: cache_misses, memory, kernel, all, or "
                            + "instructions, loads, stores, l1i_misses, l1d_misses, l2_misses, tlb_misses, crossings, "
                            + "as_switches, interrupts, ipis.")
    String metric = "";

    @Option(
            names = "--batch",
            paramLabel = "N",
            description =
                    "Operations in one value: resolves what is shorter than the clock's step, and hides the tail.")
    @Nullable Integer batch;

    @Option(
            names = "--throughput",
            description =
                    "Print operations and bytes a second, or a million counts, instead of costs.")
    boolean throughput;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Keep the measurements in a results folder, new or empty, with a page.")
    @Nullable Path out;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    @Mixin TargetOptions target = new TargetOptions();

    @Mixin EffortOptions effortOptions = new EffortOptions();

    BenchCommand(Console console, List<String> commandLine) {
        this.console = console;
        this.commandLine = commandLine;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        List<String> targets = List.of(target.target.split(",", -1));
        if (targets.size() > 1) {
            return together(targets);
        }
        List<Metric> metrics = MetricChoice.of(metric, target.kind(), target.accel);
        if (!target.caches.caches.isEmpty() && metrics.stream().noneMatch(Metric::modelsCaches)) {
            throw new CommandException(
                    ExitStatus.USAGE,
                    "--caches: nothing is modelled: name a --metric such as cache_misses");
        }
        if (metrics.contains(new Metric.EstimatedCycles()) && !list) {
            console.result(
                    new EstimatedBench(target, effortOptions, choice()).table(console.columns()));
            return ExitStatus.OK;
        }
        try {
            List<Series> series = new ArrayList<>();
            for (Metric each : list ? List.of(new Metric.Clock()) : metrics) {
                OpenTarget opened = target.open(each);
                opened.requirePlan("--samples", effortOptions.samples != null);
                opened.requirePlan("--batch", batch != null);
                opened.requirePlan("--metric bytes", each instanceof Metric.Bytes);
                series.add(new Series(each, opened));
            }
            OpenTarget first = series.getFirst().opened();
            if (!first.choice().isEmpty()) {
                console.note(first.choice());
            }
            return list
                    ? print(choice().choose(campaign(first).catalogue()))
                    : measureAndPrint(series);
        } catch (CampaignException e) {
            throw ValidateCommand.failed(e);
        }
    }

    /** A campaign to be: what it measures, and where. */
    private record Series(Metric metric, OpenTarget opened) {}

    private BenchmarkChoice choice() {
        return BenchmarkChoice.of(only);
    }

    private Campaign campaign(OpenTarget opened) throws CommandException {
        return new Campaign(opened.target(), effortOptions.parallel());
    }

    private int print(List<Benchmark> benchmarks) {
        console.result(
                json
                        ? Documents.benchmarks(benchmarks) + "\n"
                        : BenchTable.catalogue(benchmarks, console.columns()));
        return ExitStatus.OK;
    }

    /** Several targets in one run; one that is not here is told and left out. */
    private int together(List<String> targets) throws CommandException, InterruptedException {
        if (list || !metric.isEmpty() || batch != null || out != null) {
            throw new CommandException(
                    ExitStatus.USAGE,
                    "several targets: leave --list, --metric, --batch and --out out, or measure each with --out FOLDER and set the folders side by side: report A B");
        }
        if (Set.copyOf(targets).size() < targets.size()) {
            throw new CommandException(
                    ExitStatus.USAGE, "--target %s: name each once".formatted(target.target));
        }
        target.several = true;
        List<CampaignResult> results = new ArrayList<>();
        for (String name : targets) {
            target.target = name;
            if (target.kind() == TargetKind.LINUX_GUEST && !target.peers().fetched()) {
                console.note("linux-guest is skipped: it is not here yet, run make peers");
                continue;
            }
            try {
                OpenTarget opened = target.open();
                Campaign campaign = campaign(opened);
                List<Benchmark> matching = choice().matching(campaign.catalogue());
                if (matching.isEmpty()) {
                    console.note("--only matches no benchmark of target " + name);
                } else {
                    CampaignResult result =
                            opened.inCycles(measure(campaign, matching, Reading.CLOCK));
                    results.add(result);
                    result.rejected().forEach(r -> console.note("no samples: " + r));
                }
            } catch (CampaignException e) {
                throw ValidateCommand.failed(e);
            }
        }
        List<Measurement> all = results.stream().flatMap(result -> result.all().stream()).toList();
        if (all.isEmpty()) {
            throw new CommandException(ExitStatus.USAGE, "--only matches no benchmark of a target");
        }
        console.result(
                json
                        ? Documents.measurements(results) + "\n"
                        : BenchTable.together(all, console.columns())
                                + unfit(results)
                                + SideBySide.of(all, console.columns()));
        return ExitStatus.OK;
    }

    private int measureAndPrint(List<Series> series)
            throws CampaignException, CommandException, InterruptedException {
        OpenTarget opened = series.getFirst().opened();
        if (out == null) {
            return print(measure(series), opened);
        }
        String measured =
                series.getFirst().metric() instanceof Metric.Nanoseconds
                        ? TickRate.UNIT
                        : opened.target().metric();
        Instant began = Instant.now();
        TestbedState.Begun before = opened.testbed(target.core());
        try (ResultsFolder results = CampaignFolder.begin(out)) {
            CampaignResult result = measure(series);
            Setting setting = new Setting(Optional.of(before.end(opened.speed())), Map.of(), "");
            Path written =
                    CampaignFolder.write(
                            results,
                            out,
                            report(began, result, opened, measured)
                                    .in(setting)
                                    .with(ValidateCommand.beside(result, caches())),
                            Optional.empty());
            int status = print(result, opened);
            console.note("report: " + Home.shown(written.resolve("report.html")));
            return status;
        }
    }

    /** The measurements as a campaign without bounds. */
    private CampaignReport report(
            Instant began, CampaignResult result, OpenTarget opened, String measured) {
        return new CampaignReport(
                Home.version(),
                commandLine,
                began,
                Duration.between(began, Instant.now()),
                "",
                result.kernel().name(),
                opened.target().name(),
                measured,
                opened.image(),
                Testbed.read(TargetOptions.emulator()),
                Map.of("effort", effortOptions.quick ? "quick" : "full"),
                result,
                List.of());
    }

    /** One campaign after the other, in one result. */
    private CampaignResult measure(List<Series> series)
            throws CampaignException, CommandException, InterruptedException {
        CampaignResult all = measure(series.getFirst());
        for (Series more : series.subList(1, series.size())) {
            all = all.and(measure(more));
        }
        return all;
    }

    private CampaignResult measure(Series series)
            throws CampaignException, CommandException, InterruptedException {
        Campaign campaign =
                new Campaign(
                        series.opened().target(),
                        effortOptions.parallel(),
                        series.metric().plugin());
        List<Benchmark> chosen = choice().choose(campaign.catalogue());
        CampaignResult result = measure(campaign, chosen, series.metric().reading());
        return switch (series.metric()) {
            case Metric.Nanoseconds _ -> series.opened().nanoseconds().instead(result);
            case Metric.Clock _ -> series.opened().inCycles(result);
            case Metric.Bytes _,
                    Metric.EstimatedCycles _,
                    Metric.Counted _,
                    Metric.Event _,
                    Metric.GuestEvent _ ->
                    result;
        };
    }

    private CampaignResult measure(Campaign campaign, List<Benchmark> benchmarks, Reading reading)
            throws CampaignException, CommandException, InterruptedException {
        Effort effort = effortOptions.effort();
        try (ProgressLine progress = new ProgressLine(console, 0, effort.samples())) {
            Plan plan =
                    batched(GridPlanner.plan(benchmarks, effort, effortOptions.seed))
                            .reading(reading);
            return campaign.run(plan, effort.seeds(), progress);
        }
    }

    private Plan batched(Plan plan) throws CommandException {
        if (batch == null) {
            return plan;
        }
        int operations = batch;
        if (operations < 1 || operations > MOST_BATCH) {
            throw new CommandException(
                    ExitStatus.USAGE, "--batch %d: want 1 to %d".formatted(operations, MOST_BATCH));
        }
        return plan.with(
                plan.entries().stream()
                        .map(entry ->
                                new PlanEntry(
                                        entry.benchmark(),
                                        entry.parameters(),
                                        entry.samples(),
                                        entry.warmup(),
                                        operations))
                        .toList());
    }

    private int print(CampaignResult result, OpenTarget opened)
            throws CommandException, InterruptedException {
        List<Measurement> all = result.all();
        console.result(
                json
                        ? Documents.measurements(List.of(result)) + "\n"
                        : (throughput
                                        ? BenchTable.throughput(all, console.columns())
                                        : BenchTable.measurements(all, console.columns()))
                                + unfit(List.of(result)));
        if (!json && modelled(result)) {
            console.result(
                    "\n"
                            + Paragraph.ofLines(
                                    "Caches and TLB are modelled: %s.\n"
                                                    .formatted(target.caches.geometry().describe())
                                            + Regimes.text(Regimes.of(result, caches())),
                                    console.columns()));
        }
        if (all.stream().anyMatch(m -> TIMES.contains(m.metric()))) {
            opened.steps().ifPresent(console::note);
        }
        result.rejected().forEach(rejected -> console.note("no samples: " + rejected));
        uncounted(result).ifPresent(console::note);
        if (opened.target().exact() && !result.repetition().identical()) {
            console.note(
                    "two boots with the same seed differ: " + result.repetition().difference());
        }
        return result.rejected().isEmpty() ? ExitStatus.OK : ExitStatus.TARGET;
    }

    private String unfit(List<CampaignResult> results) {
        return BenchTable.unfit(
                results.stream().flatMap(result -> UnfitSeries.of(result).stream()).toList(),
                console.columns());
    }

    /** Who has no counts, where others have: an operation that ends elsewhere is not marked. */
    private static Optional<String> uncounted(CampaignResult result) {
        Set<String> names = names(result.measurements());
        names.removeAll(names(result.counted()));
        return result.counted().isEmpty() || names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "no counts beside the clock, for they are not marked: "
                                + String.join(", ", names));
    }

    private static Set<String> names(List<Measurement> measurements) {
        return measurements.stream()
                .map(Measurement::benchmark)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean modelled(CampaignResult result) {
        return result.counted().stream()
                .flatMap(m -> Counter.of(m.metric()).stream())
                .anyMatch(Counter::modelled);
    }

    private Map<String, Long> caches() throws CommandException {
        return target.caches.geometry().bytes();
    }
}
