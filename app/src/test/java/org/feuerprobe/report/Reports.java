package org.feuerprobe.report;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.Product;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.GuestCounters;
import org.feuerprobe.probe.ProbeRecord;
import org.feuerprobe.results.CampaignConditions;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.Context;
import org.feuerprobe.results.KeptCampaign;
import org.feuerprobe.results.Provenance;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.testbed.Testbed;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.VerdictKind;

/** Two small campaigns, the same at every run: a plain one, and one of a hostile kernel. */
public final class Reports {
    /** What a stranger may write into a name: markup, quotes, escapes, bidirectional overrides. */
    static final String HOSTILE =
            "<script>alert(\"1\")</script>'&\u001b[31m\u0007\u009b2J\u202e\u2066\u2028\u007f\n\r";

    static final Benchmark ALLOC =
            new Benchmark(
                    "alloc/full",
                    "alloc",
                    0,
                    false,
                    1,
                    List.of(new Benchmark.Parameter("N", 1, 64)),
                    "the entry is taken");

    private Reports() {}

    /** As a results folder keeps it. */
    public static StoredCampaign stored(CampaignReport report) {
        return KeptCampaign.of(report).stored();
    }

    public static CampaignReport plain() {
        return report("FeuerBird", "alloc", "alloc/full", "N", "document.md", "");
    }

    /** In cycles, which no second boot repeats. */
    public static CampaignReport timed() {
        return report(
                "FeuerBird", "alloc", "alloc/full", "N", "document.md", "30 is now 31", "cycles");
    }

    public static CampaignReport hostile() {
        return report(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE);
    }

    public static List<Measurement> measurements(
            String operation, String benchmark, String parameter) {
        List<Measurement> measurements = new ArrayList<>();
        for (long n : new long[] {1, 2, 4, 8, 16, 64}) {
            measurements.add(
                    new Measurement(
                            operation,
                            benchmark,
                            "qemu",
                            "instructions",
                            at(parameter, n),
                            List.of(
                                    samples(0, 1, 30 + 2 * n, 31 + 2 * n),
                                    samples(2, 2, 30 + 2 * n, 30 + 2 * n))));
        }
        return measurements;
    }

    private static CampaignReport report(
            String subject,
            String operation,
            String benchmark,
            String parameter,
            String document,
            String difference) {
        return report(
                subject, operation, benchmark, parameter, document, difference, "instructions");
    }

    private static CampaignReport report(
            String subject,
            String operation,
            String benchmark,
            String parameter,
            String document,
            String difference,
            String metric) {
        Plan plan = new Plan(1, List.of(new PlanEntry(ALLOC, at("N", 64), 2, 1, 1)));
        CampaignResult result =
                new CampaignResult(
                        new ProbeRecord.Kernel(
                                subject,
                                "0.1",
                                "CAP_ALLOC=scan",
                                2,
                                true,
                                0,
                                new GuestCounters.Unreported()),
                        plan,
                        List.of(
                                new CampaignResult.Boot(
                                        0, 1, Duration.ofMillis(31), 1000, new long[] {20, 20}),
                                new CampaignResult.Boot(
                                        1, 1, Duration.ofMillis(32), 1000, new long[] {20, 20})),
                        new CampaignResult.Repetition(1, 24, difference),
                        measurements(operation, benchmark, parameter),
                        List.of(
                                new CampaignResult.Rejected(
                                        "revoke",
                                        benchmark,
                                        at(parameter, 8),
                                        "the operation's effect did not take place")),
                        difference.isEmpty());
        return new CampaignReport(
                new Provenance(
                        "0.1.0",
                        List.of("feuerprobe", "validate", "--only", subject),
                        "2026-01-02T03:04:05Z",
                        1.234,
                        "bounds/x.yaml",
                        subject),
                "qemu",
                metric,
                new KernelImage(
                        Path.of("kernel.elf"),
                        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                        new TreeMap<>(Map.of("compiler", "gcc 13.2.0", "variant", subject))),
                testbed(),
                Map.of("quick", "false", "seed", "1"),
                result,
                verdicts(operation, benchmark, parameter, document),
                Context.NONE,
                CampaignConditions.UNKNOWN);
    }

    private static Testbed testbed() {
        SequencedMap<String, String> facts = new LinkedHashMap<>();
        facts.put("os", "Linux 6.1 amd64");
        facts.put("emulator", "QEMU emulator version 8.2.0");
        return new Testbed(facts);
    }

    private static List<BoundVerdict> verdicts(
            String operation, String benchmark, String parameter, String document) {
        CostModel line =
                new CostModel(
                        11,
                        List.of(new CostModel.Term(2, Product.of(parameter, Fraction.ONE, 0))),
                        true,
                        0);
        CostModel flat = new CostModel(31.25, List.of(), false, 0.75);
        SequencedMap<String, BoundVerdict.Range> range = new LinkedHashMap<>();
        range.put(parameter, new BoundVerdict.Range(1, 64));
        List<BoundVerdict> verdicts = new ArrayList<>();
        for (VerdictKind kind : VerdictKind.values()) {
            boolean decided = kind.compareTo(VerdictKind.INCONCLUSIVE) < 0;
            Optional<CostModel> model =
                    decided
                            ? Optional.of(kind == VerdictKind.LOOSE ? flat : line)
                            : Optional.empty();
            Decision decision =
                    new Decision(
                            kind,
                            model,
                            kind == VerdictKind.LOOSE ? Optional.of(0.975) : Optional.empty(),
                            kind == VerdictKind.HOLDS,
                            "because of " + benchmark);
            boolean measured = kind.compareTo(VerdictKind.INCONCLUSIVE) <= 0;
            Claim claim =
                    Claim.parse(
                            kind == VerdictKind.NOT_MEASURABLE ? "p99 <= 100 cycles" : "O(N)",
                            Claim.Mode.UPPER);
            verdicts.add(
                    new BoundVerdict(
                            new Bound(
                                    operation + "/" + kind,
                                    operation,
                                    claim,
                                    Bound.Kind.DOCUMENTED,
                                    new Bound.Source(document, "section 3"),
                                    ""),
                            kind == VerdictKind.NOT_MEASURABLE ? "cycles" : "instructions",
                            "qemu",
                            kind,
                            benchmark
                                    + ": the reason of a verdict, long enough to be wrapped into a"
                                    + " second line of the terminal",
                            measured ? range : new LinkedHashMap<>(),
                            measured
                                    ? List.of(new BoundVerdict.Evidence(benchmark, decision))
                                    : List.of()));
        }
        return verdicts;
    }

    private static BootSamples samples(int boot, long seed, long... operation) {
        return new BootSamples(boot, seed, 1, operation, new long[] {20, 20});
    }

    private static SequencedMap<String, Long> at(String parameter, long n) {
        SequencedMap<String, Long> point = new LinkedHashMap<>();
        point.put(parameter, n);
        return point;
    }
}
