package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.gate.RecordedCommand;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.harness.BenchCampaign;
import org.feuerprobe.harness.BenchmarkChoice;
import org.feuerprobe.harness.EstimatedBench;
import org.feuerprobe.harness.Invocation;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Measurand;
import org.feuerprobe.harness.MeasurandChoice;
import org.feuerprobe.harness.OpenTarget;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.TargetKind;
import org.feuerprobe.outcome.CampaignFolder;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.report.BenchTable;
import org.feuerprobe.report.Paragraph;
import org.feuerprobe.report.SideBySide;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.Documents;
import org.feuerprobe.results.KeptCampaign;
import org.feuerprobe.results.MissOnsets;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.ConsoleListener;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures without deciding anything. */
@Command(
        name = "bench",
        description = "Measure costs without judging them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe bench --list",
            "  feuerprobe bench --only 'cap_table_*' --json",
            "  feuerprobe bench --target qemu,linux-guest",
            "  feuerprobe bench --metric cache_misses --only cap_table_lookup --out misses"
        })
final class BenchCommand implements Callable<Integer>, Measuring {
    private static final Set<String> TIMES =
            Set.of(Metric.CYCLES.name(), Metric.NANOSECONDS.name());

    private final Console console;
    private final List<String> commandLine;

    @Option(names = "--list", description = "List the target's benchmarks and their parameters.")
    @Under(Section.OUTPUT)
    boolean list;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            arity = "1..*",
            description = "Only benchmarks whose name or operation matches.")
    @Under(Section.MEASUREMENT)
    List<String> only = new ArrayList<>();

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            description =
                    "What to measure, one or several with commas, such as instructions,page_faults. "
                            + "On qemu and native: bytes (memory in use). In the emulator: estimated_cycles. "
                            + "On native and linux: ns (time), and what the processor or Linux counts: "
                            + "instructions, counted_cycles, cache_misses, branch_misses, page_faults, context_switches. "
                            + "With --accel kvm: the first four of these, if the guest has counters. "
                            + "In the emulator, in addition to its clock: instructions, loads, stores, l1i_misses, l1d_misses, "
                            + "l2_misses, tlb_misses, crossings, as_switches, interrupts, ipis, longest_masked, "
                            + "or the groups cache_misses, memory, kernel, all.")
    @Under(Section.MEASUREMENT)
    String metric = "";

    @Option(
            names = "--batch",
            paramLabel = "N",
            description =
                    "Operations per value: measures what is shorter than a step of the clock, but hides single slow operations.")
    @Under(Section.MEASUREMENT)
    @Nullable Integer batch;

    @Option(
            names = "--throughput",
            description =
                    "Print operations and bytes per second, or per million counts, instead of costs.")
    @Under(Section.OUTPUT)
    boolean throughput;

    @Mixin OutputOptions output = new OutputOptions();

    @Mixin TargetOptions target = new TargetOptions();

    @Mixin EffortOptions effortOptions = new EffortOptions();

    BenchCommand(Console console, List<String> commandLine) {
        this.console = console;
        this.commandLine = commandLine;
    }

    @Override
    public RecordedCommand measured() throws LabException {
        return new RecordedCommand(target.choice(), effortOptions.choice());
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        if (target.dryRun) {
            console.result(target.bootCommands());
            return ExitStatus.OK;
        }
        List<String> targets = List.of(target.target.split(",", -1));
        if (targets.size() > 1) {
            return together(targets);
        }
        TargetChoice chosen = target.choice();
        List<Measurand> measurands =
                MeasurandChoice.of(metric, chosen.kind(), chosen.acceleration());
        if (!target.caches.isEmpty() && measurands.stream().noneMatch(Measurand::modelsCaches)) {
            throw LabException.wrongUse(
                    "--caches: nothing is modelled: name a --metric such as cache_misses");
        }
        if (measurands.contains(new Measurand.EstimatedCycles()) && !list) {
            show(estimated(new EstimatedBench(chosen, effortOptions.choice(), choice()).run()));
            return ExitStatus.OK;
        }
        BenchCampaign campaign =
                BenchCampaign.open(
                        chosen,
                        effortOptions.choice(),
                        choice(),
                        batch == null ? OptionalInt.empty() : OptionalInt.of(batch),
                        list ? List.of(new Measurand.Clock()) : measurands);
        if (!campaign.opened().choice().isEmpty()) {
            console.note(campaign.opened().choice());
        }
        return list ? print(campaign.benchmarks()) : measureAndPrint(campaign);
    }

    private void show(String text) {
        if (!output.quiet) {
            console.result(text);
        }
    }

    private BenchmarkChoice choice() {
        return BenchmarkChoice.of(only);
    }

    private String estimated(EstimatedBench.Result result) {
        return "%s\n%s\nEstimated for %s; an estimate decides nothing.\n"
                .formatted(
                        BenchTable.rows(result.estimates().rows(), console.columns()),
                        result.error(),
                        result.processor());
    }

    private int print(List<Benchmark> benchmarks) {
        show(
                output.json
                        ? Documents.benchmarks(benchmarks) + "\n"
                        : BenchTable.catalogue(benchmarks, console.columns()));
        return ExitStatus.OK;
    }

    /** Several targets in one run; a target that is missing here is reported and skipped. */
    private int together(List<String> targets) throws LabException, InterruptedException {
        if (list || !metric.isEmpty() || batch != null || output.folder != null) {
            throw LabException.wrongUse(
                    "several targets: leave --list, --metric, --batch and --out out, or measure each with --out FOLDER and set the folders side by side: report A B");
        }
        if (Set.copyOf(targets).size() < targets.size()) {
            throw LabException.wrongUse("--target %s: name each once".formatted(target.target));
        }
        List<CampaignResult> results = new ArrayList<>();
        for (String name : targets) {
            TargetChoice one = target.oneOfSeveral(name);
            if (one.kind() == TargetKind.LINUX_GUEST && !one.peers().fetched()) {
                console.note("linux-guest is skipped: it is not here yet, run make peers");
                continue;
            }
            BenchCampaign campaign =
                    BenchCampaign.open(
                            one,
                            effortOptions.choice(),
                            choice().ofSeveralTargets(),
                            OptionalInt.empty(),
                            List.of(new Measurand.Clock()));
            if (campaign.benchmarks().isEmpty()) {
                console.note("--only matches no benchmark of target " + name);
            } else {
                CampaignResult result = campaign.run(new ConsoleListener(console));
                results.add(result);
                result.rejected().forEach(r -> console.note("no samples: " + r));
            }
        }
        List<Measurement> all = results.stream().flatMap(result -> result.all().stream()).toList();
        if (all.isEmpty()) {
            throw LabException.wrongUse("--only matches no benchmark of a target");
        }
        show(
                output.json
                        ? Documents.measurements(results) + "\n"
                        : BenchTable.together(all, console.columns())
                                + doubtful(results)
                                + SideBySide.of(all, console.columns()));
        return status(results);
    }

    private int measureAndPrint(BenchCampaign campaign) throws LabException, InterruptedException {
        ConsoleListener listener = new ConsoleListener(console);
        if (output.folder == null) {
            return print(campaign.run(listener), campaign.opened());
        }
        Invocation invocation = Invocation.now(Installation.version(), commandLine);
        try (ResultsFolder results = CampaignFolder.begin(output.folder)) {
            CampaignReport report = campaign.run(invocation, listener);
            Path written = CampaignFolder.write(results, output.folder, KeptCampaign.of(report));
            int status = print(report.result(), campaign.opened());
            if (!output.quiet) {
                console.note("report: " + Places.shown(written.resolve("report.html")));
            }
            return status;
        }
    }

    private int print(CampaignResult result, OpenTarget opened)
            throws LabException, InterruptedException {
        List<Measurement> all = result.all();
        show(
                output.json
                        ? Documents.measurements(List.of(result)) + "\n"
                        : (throughput
                                        ? BenchTable.throughput(all, console.columns())
                                        : BenchTable.measurements(all, console.columns()))
                                + doubtful(List.of(result)));
        if (!output.json && modelled(result)) {
            show(
                    "\n"
                            + Paragraph.ofLines(
                                    "Caches and TLB are modelled: %s.\n"
                                                    .formatted(caches().describe())
                                            + MissOnsets.text(
                                                    MissOnsets.of(result, caches().bytes())),
                                    console.columns()));
        }
        if (all.stream().anyMatch(m -> TIMES.contains(m.metric()))) {
            opened.steps().ifPresent(console::note);
        }
        result.rejected().forEach(rejected -> console.note("no samples: " + rejected));
        BenchTable.uncounted(result.measurements(), result.counted()).ifPresent(console::note);
        if (opened.target().exact() && !result.repetition().identical()) {
            console.note(
                    "two boots with the same seed differ: " + result.repetition().difference());
        }
        return status(List.of(result));
    }

    private static int status(List<CampaignResult> results) {
        return results.stream().allMatch(result -> result.rejected().isEmpty())
                ? ExitStatus.OK
                : ExitStatus.TARGET;
    }

    private String doubtful(List<CampaignResult> results) {
        return BenchTable.doubtful(
                results.stream().flatMap(result -> result.trust().stream()).toList(),
                console.columns());
    }

    private static boolean modelled(CampaignResult result) {
        return result.counted().stream()
                .flatMap(m -> Counter.of(m.metric()).stream())
                .anyMatch(Counter::modelled);
    }

    private CacheGeometry caches() throws LabException {
        return target.choice().geometry();
    }
}
