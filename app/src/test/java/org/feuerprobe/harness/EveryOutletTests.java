package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.feuerprobe.archive.ResultsFolder;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.campaign.TimedResults;
import org.feuerprobe.compare.Comparer;
import org.feuerprobe.compare.Direction;
import org.feuerprobe.compare.LabelledCampaign;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.gate.CampaignGate;
import org.feuerprobe.gate.CampaignHistory;
import org.feuerprobe.gate.Finding;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.Target;
import org.feuerprobe.page.ReportPage;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.report.BenchTable;
import org.feuerprobe.report.CsvReport;
import org.feuerprobe.report.MarkdownReport;
import org.feuerprobe.results.CampaignConditions;
import org.feuerprobe.results.CampaignReport;
import org.feuerprobe.results.CampaignWriter;
import org.feuerprobe.results.Context;
import org.feuerprobe.results.Documents;
import org.feuerprobe.results.KeptCampaign;
import org.feuerprobe.results.Provenance;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.testbed.Testbed;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * May this figure be believed? Every metric in every state of the clock, shown by every outlet:
 * what one of them doubts, all of them doubt.
 */
class EveryOutletTests {
    private static final Places PLACES = new Places(Path.of(""), "qemu-system-x86_64");
    private static final ClockFitness AGREES = clock(1000, 400, 1000, 400, 1000, 401);
    private static final Trust ODD_SOURCE = Trust.unfit("ring 0 is emulated", "use a bare machine");

    @TempDir private static Path folder;

    /** A clock's state in the second of two boots, or a source that was refused at once. */
    @SuppressWarnings("ImmutableEnumChecker") // records of a test, which nobody changes
    enum Clocks {
        AGREE(TimedResults.of(AGREES, AGREES, AGREES), Trust.fit("")),
        APART(
                TimedResults.of(AGREES, AGREES, clock(1000, 1000, 1000, 1300, 1000, 800)),
                Trust.fit("")),
        ALONE(TimedResults.of(AGREES, AGREES, clock()), Trust.fit("")),
        UNREPORTED(TimedResults.untold(), Trust.fit("")),
        REFUSED(TimedResults.of(AGREES, AGREES, AGREES), ODD_SOURCE);

        private final CampaignResult measured;
        private final Trust source;

        Clocks(CampaignResult measured, Trust source) {
            this.measured = measured;
            this.source = source;
        }
    }

    /** One metric in one state of the clock. */
    record Case(Metric metric, Clocks clocks) {
        boolean believed() {
            return clocks == Clocks.AGREE || (!metric.timed() && clocks != Clocks.REFUSED);
        }

        @Override
        public String toString() {
            return metric + " " + clocks;
        }
    }

    /** Is asked for its name only. */
    private record Named(String metric) implements Target {
        @Override
        public String name() {
            return "native";
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public BootOutcome boot(Plan plan, int number, Progress progress) {
            throw new AssertionError("nothing is booted");
        }
    }

    private static ClockFitness clock(long... pairs) {
        return ClockFitness.of(new long[] {50}, Map.of(2, pairs));
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Metric metric :
                Stream.concat(Metric.all().stream(), Stream.of("ms", "peak_bytes").map(Metric::of))
                        .toList()) {
            for (Clocks clocks : Clocks.values()) {
                cases.add(new Case(metric, clocks));
            }
        }
        return cases.stream();
    }

    private static CampaignResult measured(Case one) {
        return one.clocks.measured.with(
                one.clocks.measured.measurements().stream()
                        .map(m ->
                                new Measurement(
                                        m.operation(),
                                        m.benchmark(),
                                        m.target(),
                                        one.metric.name(),
                                        m.parameters(),
                                        m.boots()))
                        .toList(),
                List.of());
    }

    private static CampaignReport report(
            Case one, CampaignResult result, String began, List<BoundVerdict> verdicts) {
        return new CampaignReport(
                new Provenance(
                        "0.1.0",
                        List.of("feuerprobe", "validate"),
                        began,
                        1,
                        "bounds/x.yaml",
                        "subject"),
                "native",
                one.metric.name(),
                new KernelImage(Path.of("kernel.elf"), "00", new TreeMap<>()),
                new Testbed(new TreeMap<>()),
                Map.of(),
                result,
                verdicts,
                Context.NONE,
                CampaignConditions.UNKNOWN);
    }

    private static LabelledCampaign side(String label, CampaignReport report) {
        KeptCampaign kept = KeptCampaign.of(report);
        return new LabelledCampaign(label, kept.manifest(), kept.stored());
    }

    private static Path written(String name, CampaignReport report) throws IOException {
        try (ResultsFolder results = ResultsFolder.begin(folder.resolve(name))) {
            CampaignWriter.write(results, KeptCampaign.of(report), _ -> "");
            return results.commit();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void allOutletsAgree(Case one) throws Exception {
        Target target = new Named(one.metric.name());
        Calibration calibration =
                new Calibration(PLACES, target, one.clocks.source, Optional.empty());
        CampaignResult result = calibration.withTimes(target, measured(one), List.of());
        String doubt = result.trust().getFirst().trust().text();
        assertThat(result.trust().getFirst().trust().believed())
                .as(doubt)
                .isEqualTo(one.believed());

        BoundVerdict verdict =
                calibration
                        .judge(measured(one))
                        .judge(
                                new Bound(
                                        "op/limit",
                                        "op",
                                        Claim.parse("max <= 900 " + one.metric, Claim.Mode.UPPER),
                                        Bound.Kind.TARGET,
                                        new Bound.Source("d", "s"),
                                        ""));
        assertThat(verdict.kind() != VerdictKind.NOT_MEASURABLE)
                .as("validate: " + verdict.reason())
                .isEqualTo(one.believed());

        String warning = "%s of target native are not sound: %s".formatted(one.metric, doubt);
        says(one, "bench", BenchTable.doubtful(result.trust(), 0), warning);
        says(
                one,
                "bench --json",
                Documents.measurements(List.of(result)),
                "\"unfit\" : \"" + doubt);
        CampaignReport now = report(one, result, "2026-01-03T00:00:00Z", List.of(verdict));
        CampaignReport before = report(one, result, "2026-01-02T00:00:00Z", List.of());
        StoredCampaign stored = KeptCampaign.of(now).stored();
        says(
                one,
                "report --format html",
                ReportPage.html(stored),
                "of target native are not sound");
        says(
                one,
                "report --format md",
                MarkdownReport.of(stored),
                "of target native are not sound");
        assertThat(CsvReport.figures(stored).lines().skip(1))
                .as("report --format figures")
                .allMatch(line -> line.endsWith(",FIT") == one.believed());
        assertThat(stored.doubtful().isEmpty()).as("export").isEqualTo(one.believed());

        assertThat(new Comparer(0.01).compare(side("a", before), side("b", now)).points())
                .as("compare")
                .isNotEmpty()
                .allMatch(point ->
                        point.direction() != Direction.OPEN == one.believed()
                                || point.reason().contains("one boot says nothing"));
        Path older = written(one.toString().replace(' ', '-'), before);
        LabelledCampaign newest = side("b", now);
        List<Finding> findings =
                CampaignGate.changes(
                                newest, CampaignHistory.read(List.of(older.toString()), newest, ""))
                        .result()
                        .findings();
        assertThat(findings)
                .as("gate")
                .isNotEmpty()
                .allMatch(finding -> finding.message().equals("open: " + doubt) != one.believed());
    }

    private static void says(Case one, String outlet, String text, String doubt) {
        if (one.believed()) {
            assertThat(text).as(outlet).doesNotContain("not sound").doesNotContain(doubt);
        } else {
            assertThat(text).as(outlet).contains(doubt);
        }
    }
}
