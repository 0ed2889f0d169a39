package org.feuerprobe.harness;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.campaign.AdaptiveCampaign;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.estimate.Estimates;
import org.feuerprobe.estimate.HostCosts;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.results.CampaignConditions;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.Context;
import org.feuerprobe.results.MissOnsets;
import org.feuerprobe.results.Published;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.testbed.Anchors;
import org.feuerprobe.testbed.Testbed;
import org.feuerprobe.testbed.TestbedState;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.FamilyCorrection;
import org.feuerprobe.verdict.VerdictKind;

/**
 * The main loop of the program: opens the target, calibrates its clock, measures and judges until
 * every bound is decided or the time is spent, and reports.
 *
 * <p>An example: {@code Validation.of(bounds, target, effort, budget).run(listener)}.
 */
public final class Validation {
    private final ChosenBounds bounds;
    private final TargetChoice target;
    private final EffortChoice effort;
    private final Duration budget;

    /** These are set once, before anyone else has the object. */
    private Invocation invocation = Invocation.now("development", List.of());

    private boolean estimates = true;
    private boolean core;
    private Substitution substitution = Substitution.none();
    private WorstCases proofs = WorstCases.none();

    private Validation(
            ChosenBounds bounds, TargetChoice target, EffortChoice effort, Duration budget) {
        this.bounds = bounds;
        this.target = target;
        this.effort = effort;
        this.budget = budget;
    }

    /** A copy, on which a method sets what it changes. */
    private Validation copy() {
        Validation copy = new Validation(bounds, target, effort, budget);
        copy.invocation = invocation;
        copy.estimates = estimates;
        copy.core = core;
        copy.substitution = substitution;
        copy.proofs = proofs;
        return copy;
    }

    /**
     * Prepares a campaign.
     *
     * @param budget time in which undecided bounds get further points and boots; zero for one round
     */
    public static Validation of(
            ChosenBounds bounds, TargetChoice target, EffortChoice effort, Duration budget) {
        return new Validation(bounds, target, effort, budget);
    }

    /** The same campaign for another request. */
    public Validation by(Invocation other) {
        Validation copy = copy();
        copy.invocation = other;
        return copy;
    }

    /** The same campaign without the extra boot that estimates cycles. */
    public Validation withoutEstimates() {
        Validation copy = copy();
        copy.estimates = false;
        return copy;
    }

    /**
     * The same campaign, in which target native also decides claims in cycles and nanoseconds that
     * the emulator cannot measure. This takes some further seconds.
     */
    public Validation withCore() {
        Validation copy = copy();
        copy.core = true;
        return copy;
    }

    /** The same campaign on other targets that boot in the place of its present ones. */
    public Validation on(Substitution other) {
        Validation copy = copy();
        copy.substitution =
                (reading, booted) -> other.of(reading, substitution.of(reading, booted));
        return copy;
    }

    /** The same campaign with proofs of worst cases, which settle claims about instructions. */
    public Validation proving(WorstCases other) {
        Validation copy = copy();
        copy.proofs = other;
        return copy;
    }

    /** The boots of the first round. It boots the target once, to obtain its benchmarks. */
    public PlannedCampaign planned() throws LabException, InterruptedException {
        MeasurementListener silent = MeasurementListener.none();
        OpenTarget opened = open(silent);
        CountedBounds counted = CountedBounds.of(bounds.bounds(), opened, target);
        return new PlannedCampaign(
                opened.image(),
                opened.target().exact() && opened.target().takesPlan(),
                counted.isEmpty() ? "" : target.geometry().describe(),
                new AdaptiveValidation(
                                opened,
                                bounds,
                                counted,
                                opened.calibration(target.places()),
                                effort,
                                budget,
                                silent,
                                substitution)
                        .firstRound());
    }

    /** Measures and judges. */
    public CampaignReport run(MeasurementListener listener)
            throws LabException, InterruptedException {
        Testbed testbed = Testbed.read(target.places().emulator());
        OpenTarget opened = open(listener);
        TestbedState.Begun before = opened.testbed(target);
        CountedBounds counted = CountedBounds.of(bounds.bounds(), opened, target);
        AdaptiveValidation.JudgedCampaign found =
                new AdaptiveValidation(
                                opened,
                                bounds,
                                counted,
                                opened.calibration(target.places()),
                                effort,
                                budget,
                                listener,
                                substitution)
                        .judgedCampaign();
        AdaptiveCampaign.Outcome outcome = complemented(found, listener);
        TestbedState state = before.end(opened.speed());
        CampaignReport report =
                report(
                        testbed,
                        opened,
                        counted,
                        outcome.result(),
                        settled(outcome.verdicts(), opened, state),
                        outcome.rounds(),
                        listener);
        CampaignReport whole =
                report.with(context(report), conditions(state, opened, report, listener));
        listener.judged(outcome);
        return whole;
    }

    /** Leaves violations open that were measured on this machine's clock while it was busy. */
    private static List<BoundVerdict> settled(
            List<BoundVerdict> verdicts, OpenTarget opened, TestbedState state) {
        Optional<String> busy =
                opened.timed().isEmpty()
                        ? Optional.empty()
                        : CoreComplement.disturbance(state.after());
        return busy.map(why -> verdicts.stream().map(v -> v.disturbed(why)).toList())
                .orElse(verdicts);
    }

    /** Adds the claims that target native decides. */
    private AdaptiveCampaign.Outcome complemented(
            AdaptiveValidation.JudgedCampaign found, MeasurementListener listener)
            throws InterruptedException {
        Optional<TargetChoice> here = core ? target.core() : Optional.empty();
        if (here.isEmpty()) {
            return found.outcome();
        }
        CoreComplement.Added added =
                new CoreComplement(
                                here.get(),
                                new TargetOpener(here.get())::open,
                                bounds,
                                effort,
                                budget,
                                listener)
                        .to(found.alone());
        List<BoundVerdict> alone =
                found.alone().stream()
                        .map(v -> added.verdicts().getOrDefault(v.bound().id(), v))
                        .toList();
        List<BoundVerdict> together =
                FamilyCorrection.of(alone).stream().map(added::settled).toList();
        return new AdaptiveCampaign.Outcome(
                added.result()
                        .map(found.outcome().result()::joinedWith)
                        .orElse(found.outcome().result()),
                together,
                found.outcome().rounds(),
                found.outcome().stopped());
    }

    /**
     * Measures this kernel and another alternately, in one round.
     *
     * @param other the other kernel, which stays open
     */
    public AgainstKernel.Reports runAgainst(AgainstKernel other, MeasurementListener listener)
            throws LabException, InterruptedException {
        Testbed testbed = Testbed.read(target.places().emulator());
        OpenTarget opened = open(listener);
        TestbedState.Begun before = opened.testbed(target);
        InterleavedValidation validation =
                new InterleavedValidation(bounds, target, effort, listener);
        OpenTarget base = other.opened();
        Interleaved<InterleavedValidation.Result> both = validation.run(base, opened);
        CampaignConditions conditions =
                new CampaignConditions(Optional.of(before.end(opened.speed())), Map.of(), "");
        return new AgainstKernel.Reports(
                other.label(),
                report(testbed, base, both.base(), listener).with(Context.NONE, conditions),
                report(testbed, opened, both.now(), listener).with(Context.NONE, conditions));
    }

    private OpenTarget open(MeasurementListener listener)
            throws LabException, InterruptedException {
        bounds.requireFigures(target.places());
        OpenTarget opened = new TargetOpener(target).open().with(substitution);
        opened.requirePlan("--samples", effort.samplesNamed());
        if (!opened.choice().isEmpty()) {
            listener.note(opened.choice());
        }
        return opened;
    }

    private CampaignReport report(
            Testbed testbed,
            OpenTarget opened,
            InterleavedValidation.Result measured,
            MeasurementListener listener)
            throws LabException, InterruptedException {
        return report(
                testbed,
                opened,
                CountedBounds.of(bounds.bounds(), opened, target),
                measured.result(),
                measured.verdicts(),
                1,
                listener);
    }

    private CampaignReport report(
            Testbed testbed,
            OpenTarget opened,
            CountedBounds counted,
            CampaignResult result,
            List<BoundVerdict> verdicts,
            int rounds,
            MeasurementListener listener)
            throws LabException, InterruptedException {
        boolean readable = target.kind() == TargetKind.QEMU || target.kind() == TargetKind.IMAGE;
        List<BoundVerdict> settled =
                readable
                        ? proofs.settle(
                                bounds.written(), opened.image(), result, verdicts, listener)
                        : verdicts;
        return new CampaignReport(
                invocation.provenance(bounds.file(), bounds.subject()),
                opened.target().name(),
                opened.target().metric(),
                opened.image(),
                testbed,
                options(rounds, counted, opened),
                result,
                settled,
                Context.NONE,
                CampaignConditions.UNKNOWN);
    }

    private Map<String, String> options(int rounds, CountedBounds counted, OpenTarget opened)
            throws InterruptedException {
        Map<String, String> options = new TreeMap<>();
        options.put("effort", effort.word());
        options.put("samples", Integer.toString(effort.effort().samples()));
        options.put("variant", String.join(",", target.variant()));
        options.put("rounds", Integer.toString(rounds));
        options.put("only", String.join(",", bounds.only()));
        options.put("boot", BootCommand.of(target, opened.image()));
        if (counted.modelled()) {
            options.put(CampaignReport.CACHES, target.geometry().describe());
        }
        return options;
    }

    /** Published figures of these operations, and where misses begin. */
    private Context context(CampaignReport report) throws LabException {
        try {
            return new Context(
                    Optional.empty(),
                    Published.of(
                            Anchors.read(target.places().anchors()),
                            bounds.written().published(),
                            report.verdicts().stream()
                                    .filter(v -> v.kind() != VerdictKind.NOT_EXERCISED)
                                    .map(v -> v.bound().operation())
                                    .distinct()
                                    .toList()),
                    MissOnsets.of(report.result(), target.geometry().bytes()));
        } catch (IOException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    /** State of the machine, and estimates of the cycles that it cannot measure. */
    private CampaignConditions conditions(
            TestbedState state,
            OpenTarget opened,
            CampaignReport report,
            MeasurementListener listener)
            throws LabException, InterruptedException {
        CampaignConditions plain = new CampaignConditions(Optional.of(state), Map.of(), "");
        Set<String> wanted =
                report.verdicts().stream()
                        .filter(verdict -> verdict.kind() == VerdictKind.NOT_MEASURABLE)
                        .filter(verdict -> verdict.metric().equals(Metric.CYCLES.name()))
                        .map(BoundVerdict::bound)
                        .map(Bound::operation)
                        .collect(Collectors.toSet());
        boolean counted =
                target.kind() == TargetKind.QEMU
                        && opened.target().metric().equals(Counter.INSTRUCTIONS.metric());
        if (!estimates || wanted.isEmpty() || !counted) {
            return plain;
        }
        try {
            NativeTarget core = target.nativeCore(List.of());
            HostCosts costs = HostCosts.measure(target.places().cpus(), core);
            Estimates found =
                    Estimates.of(
                            new EmulatedKernel(target, opened.image())
                                    .target(EnumSet.allOf(Counter.class)),
                            costs.processor(),
                            report.result().plan(),
                            wanted);
            boolean ours = target.variant().isEmpty() && target.kernel().isEmpty();
            String error = !found.isEmpty() && ours ? found.error(core, core) + costs.behind() : "";
            return new CampaignConditions(Optional.of(state), found.byOperation(), error);
        } catch (IOException e) {
            listener.note("no estimates of cycles: " + e.getMessage());
            return plain;
        }
    }
}
