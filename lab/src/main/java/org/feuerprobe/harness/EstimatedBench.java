package org.feuerprobe.harness;

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
import org.feuerprobe.testbed.Processor;

/** Estimates cycles as counts times costs, and compares them with the processor if it can. */
public record EstimatedBench(TargetChoice target, EffortChoice effort, BenchmarkChoice choice) {
    /**
     * Estimates of cycles, which decide nothing.
     *
     * @param error their error, in a sentence
     * @param processor the processor's name
     */
    public record Result(Estimates estimates, String error, String processor) {}

    /** Boots with the plugin. Measures the processor's own costs if its cycles are trustworthy. */
    public Result run() throws LabException, InterruptedException {
        try {
            NativeTarget core = target.nativeCore(List.of());
            HostCosts costs = HostCosts.measure(target.places().cpus(), core);
            Processor processor = costs.processor();
            if (processor.costs().byEvent().isEmpty()) {
                throw LabException.targetFailed(processor.unpriced());
            }
            boolean guest = target.kind() == TargetKind.LINUX_GUEST;
            Estimates estimates = guest ? ofGuest(processor) : ofKernel(processor);
            Target truth =
                    guest
                            ? target.peers().host(target.peers().program(), target.processor())
                            : core;
            return new Result(
                    estimates,
                    estimates.error(truth, core) + costs.behind(),
                    processor.described());
        } catch (CampaignException e) {
            throw BootFailure.of(e);
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }

    private Estimates ofGuest(Processor processor)
            throws LabException, IOException, InterruptedException {
        return Estimates.of(
                target.fetchedGuest().guest(target.places().emulator(), target.cacheModel()),
                processor);
    }

    private Estimates ofKernel(Processor processor)
            throws LabException, CampaignException, IOException, InterruptedException {
        TargetOpener opener = new TargetOpener(target);
        OpenTarget opened = opener.open();
        if (!opened.target().takesPlan()) {
            Measurand all = new Measurand.Counted(EnumSet.allOf(Counter.class));
            return opener.open(all).target() instanceof SerialTarget counted
                    ? Estimates.of(counted, processor)
                    : Estimates.none(processor);
        }
        List<Benchmark> benchmarks =
                choice.choose(new Campaign(opened.target(), effort.parallel()).catalogue());
        return Estimates.of(
                new EmulatedKernel(target, opened.image()).target(EnumSet.allOf(Counter.class)),
                processor,
                GridPlanner.plan(benchmarks, effort.effort(), effort.seed()),
                benchmarks.stream().map(Benchmark::operation).collect(Collectors.toSet()));
    }
}
