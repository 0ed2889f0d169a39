package org.feuerprobe.cli;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignException;
import org.feuerprobe.estimate.Estimates;
import org.feuerprobe.estimate.HostCosts;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.SerialTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.report.BenchTable;
import org.feuerprobe.testbed.Processor;

/** Counts times costs, held against the processor itself where that is possible. */
record EstimatedBench(TargetOptions target, EffortOptions effort, BenchmarkChoice choice) {
    /** The estimates, and how far they are off, as a table. */
    String table(int columns) throws CommandException, InterruptedException {
        try {
            NativeTarget core = target.core(List.of());
            HostCosts costs = HostCosts.measure(Home.path().resolve("cpus"), core);
            Processor processor = costs.processor();
            if (processor.costs().byEvent().isEmpty()) {
                throw new CommandException(ExitStatus.TARGET, processor.unpriced());
            }
            boolean guest = target.kind() == TargetKind.LINUX_GUEST;
            Estimates estimates = guest ? ofGuest(processor) : ofKernel(processor);
            Target truth =
                    guest ? target.peers().host(target.peers().program(), target.core()) : core;
            String error = estimates.error(truth, core) + costs.behind();
            return "%s\n%s\nEstimated of %s; an estimate decides nothing.\n"
                    .formatted(BenchTable.rows(estimates.rows(), columns), error, processor.name());
        } catch (CampaignException e) {
            throw ValidateCommand.failed(e);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.TARGET, String.valueOf(e.getMessage()));
        }
    }

    private Estimates ofGuest(Processor processor)
            throws CommandException, IOException, InterruptedException {
        return Estimates.of(
                target.fetchedGuest().guest(TargetOptions.emulator(), target.caches.model()),
                processor);
    }

    private Estimates ofKernel(Processor processor)
            throws CommandException, CampaignException, IOException, InterruptedException {
        OpenTarget opened = target.open();
        if (opened.target() instanceof SerialTarget) { // it takes no plan
            Metric all = new Metric.Counted(EnumSet.allOf(Counter.class));
            return target.open(all).target() instanceof SerialTarget counted
                    ? Estimates.of(counted, processor)
                    : Estimates.none(processor);
        }
        List<Benchmark> benchmarks =
                choice.choose(new Campaign(opened.target(), effort.parallel()).catalogue());
        return Estimates.of(
                target.counting(opened.image()),
                processor,
                GridPlanner.plan(benchmarks, effort.effort(), effort.seed),
                benchmarks.stream().map(Benchmark::operation).collect(Collectors.toSet()));
    }
}
