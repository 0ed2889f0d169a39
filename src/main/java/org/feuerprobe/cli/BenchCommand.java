package org.feuerprobe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.report.BenchTable;
import org.feuerprobe.report.Documents;
import org.feuerprobe.target.QemuTarget;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures without deciding anything. */
@Command(
        name = "bench",
        description = "Measure benchmarks, net of their overhead twins.",
        footerHeading = "%nExamples:%n",
        footer = {"  feuerprobe bench --list", "  feuerprobe bench --only 'cap_table_*' --json"})
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--list", description = "Name the target's benchmarks and their parameters.")
    boolean list;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            arity = "1..*",
            description = "Only benchmarks whose name or operation matches.")
    List<String> only = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    @Mixin TargetOptions target = new TargetOptions();

    @Mixin EffortOptions effortOptions = new EffortOptions();

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        Effort effort = effortOptions.effort();
        QemuTarget qemu = target.open(target.image());
        Campaign campaign = new Campaign(qemu, effortOptions.parallel());
        try {
            List<Benchmark> benchmarks = choose(campaign.catalogue());
            if (list) {
                console.result(
                        json
                                ? Documents.benchmarks(benchmarks) + "\n"
                                : BenchTable.catalogue(benchmarks));
                return ExitStatus.OK;
            }
            return print(measure(campaign, benchmarks, effort));
        } catch (CampaignException e) {
            throw ValidateCommand.failed(e);
        }
    }

    private CampaignResult measure(Campaign campaign, List<Benchmark> benchmarks, Effort effort)
            throws CampaignException, InterruptedException {
        try (ProgressLine progress = new ProgressLine(console, 0, effort.samples())) {
            Plan plan = GridPlanner.plan(benchmarks, effort, effortOptions.seed);
            return campaign.run(plan, effort.seeds(), progress);
        }
    }

    private int print(CampaignResult result) {
        console.result(
                json
                        ? Documents.measurements(result.measurements()) + "\n"
                        : BenchTable.measurements(result.measurements()));
        result.rejected().forEach(rejected -> console.note("no samples: " + rejected));
        if (!result.repetition().identical()) {
            console.note(
                    "two boots with the same seed differ: " + result.repetition().difference());
        }
        return result.rejected().isEmpty() ? ExitStatus.OK : ExitStatus.TARGET;
    }

    private List<Benchmark> choose(List<Benchmark> all) throws CommandException {
        List<Glob> globs = only.stream().map(Glob::new).toList();
        for (Glob glob : globs) {
            if (all.stream()
                    .noneMatch(b -> glob.matches(b.name()) || glob.matches(b.operation()))) {
                throw new CommandException(
                        ExitStatus.USAGE,
                        "--only '%s' matches no benchmark; there are: %s"
                                .formatted(
                                        glob.text(),
                                        all.stream()
                                                .map(Benchmark::name)
                                                .collect(Collectors.joining(", "))));
            }
        }
        return all.stream()
                .filter(b ->
                        globs.isEmpty()
                                || globs.stream()
                                        .anyMatch(g ->
                                                g.matches(b.name()) || g.matches(b.operation())))
                .toList();
    }
}
