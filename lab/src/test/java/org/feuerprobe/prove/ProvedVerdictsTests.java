package org.feuerprobe.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.campaign.Campaign;
import org.feuerprobe.campaign.CampaignProgress;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.FakeTarget;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MeasurementListener;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a proof says about a campaign: it settles claims, and no count may exceed it. */
final class ProvedVerdictsTests {
    private static final Benchmark SUM =
            new Benchmark(
                    "sum/all",
                    "add",
                    0,
                    false,
                    1,
                    List.of(new Benchmark.Parameter("n", 1, 64)),
                    "the sum is right");
    private static final List<Long> POINTS = List.of(1L, 8L, 64L);

    @TempDir Path folder;

    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void thereIsACompiler() throws Exception {
        Compiler.assumed();
    }

    /** A program whose loop has this bound. */
    private Prover program(String bound) throws Exception {
        return Prover.of(image(bound).file());
    }

    private KernelImage image(String bound) throws Exception {
        String text =
                """
                long numbers[64];
                __attribute__((noipa)) long sum(unsigned long n)
                {
                    long all = 0;
                    FB_LOOP("%s", for (unsigned long i = 0; i < n; i++))
                        all += numbers[i];
                    return all;
                }
                long task(unsigned long n) { return sum(n); }
                """
                        .formatted(bound);
        return new KernelImage(Compiler.program(folder, text, "-O1"), "", Map.of());
    }

    private static BoundsFile bounds(String claim, String tie) throws Exception {
        return BoundsFile.parse(
                "f",
                """
                schema: 1
                subject: S
                bounds:
                  - {id: b, operation: add, claim: "%s", kind: proposed, source: {document: d, section: s}}
                proved:
                  - {operation: add, function: sum%s}
                """
                        .formatted(claim, tie));
    }

    /** Counts what the right program takes at most, and a little more. */
    private CampaignResult counted(long more) throws Exception {
        Law law = program("n").prove("sum").law().orElseThrow();
        List<PlanEntry> entries = new ArrayList<>();
        for (long n : POINTS) {
            LinkedHashMap<String, Long> point = new LinkedHashMap<>();
            point.put("n", n);
            entries.add(new PlanEntry(SUM, point, 4, 1, 1));
        }
        FakeTarget target =
                new FakeTarget(List.of(SUM), call -> law.at(Map.of("n", call.at("n"))) + 1 + more);
        return new Campaign(target, 1).run(new Plan(1, entries), 1, CampaignProgress.none());
    }

    private BoundVerdict settled(
            BoundsFile bounds, KernelImage image, CampaignResult result, VerdictKind measured)
            throws Exception {
        Bound bound = bounds.bounds().getFirst();
        BoundVerdict verdict =
                new BoundVerdict(
                        bound,
                        "instructions",
                        "fake",
                        measured,
                        "as measured",
                        new LinkedHashMap<>(),
                        List.of());
        MeasurementListener quiet = MeasurementListener.none();
        MeasurementListener listener =
                new MeasurementListener() {
                    @Override
                    public Progress begin(int bounds, int samples) {
                        return quiet.begin(bounds, samples);
                    }

                    @Override
                    public void note(String text) {
                        notes.add(text);
                    }
                };
        return new ProvedVerdicts()
                .settle(bounds, image, result, List.of(verdict), listener)
                .getFirst();
    }

    /** The claims that the law keeps are proved, whatever the measurement could decide. */
    @ParameterizedTest
    @CsvSource({
        "O(n), HOLDS, true, HOLDS",
        "O(n), INCONCLUSIVE, true, HOLDS",
        "O(n^2), LOOSE, true, LOOSE",
        "mean O(n), HOLDS, true, HOLDS",
        "O(1), INCONCLUSIVE, false, INCONCLUSIVE",
        "O(log n), HOLDS, false, HOLDS",
        "O(n), VIOLATED, false, VIOLATED",
        "max <= 10000, INCONCLUSIVE, true, HOLDS",
        "p99 < 10000 instructions, HOLDS, true, HOLDS",
        "max <= 20, HOLDS, false, HOLDS",
        "max == 10000, INCONCLUSIVE, false, INCONCLUSIVE",
    })
    void settlesWhatTheLawKeeps(String claim, VerdictKind measured, boolean proved, VerdictKind now)
            throws Exception {
        BoundVerdict verdict = settled(bounds(claim, ""), image("n"), counted(0), measured);

        assertThat(verdict.kind()).isEqualTo(now);
        assertThat(verdict.proved().isPresent()).isEqualTo(proved);
        Law law = program("n").prove("sum").law().orElseThrow().plus(Law.of(1));
        assertThat(verdict.reason())
                .isEqualTo(
                        proved
                                ? "proved: at most "
                                        + law
                                        + " instructions on every path, 1.00 times the largest count; as measured"
                                : "as measured");
        assertThat(notes).isEmpty();
    }

    /** The note of the loop says one iteration, and a run has sixty-four. */
    @Test
    void aCountAboveAProofThatIsTooLowEndsTheRun() throws Exception {
        Law low = program("1").prove("sum").law().orElseThrow().plus(Law.of(1));
        Law right = program("n").prove("sum").law().orElseThrow().plus(Law.of(1));
        BoundsFile bounds = bounds("O(n)", "");
        CampaignResult result = counted(0);

        assertThatThrownBy(() -> settled(bounds, image("1"), result, VerdictKind.HOLDS))
                .isInstanceOf(LabException.class)
                .satisfies(e ->
                        assertThat(((LabException) e).kind())
                                .isEqualTo(LabException.Kind.TARGET_FAILED))
                .hasMessage(
                        "sum/all n=8: boot 0 counted %d instructions, but sum proves at most %s (%s): a loop bound in the source is too low, the operation is more than this call, or an interrupt came (docs/prove.md#in-validate)"
                                .formatted(right.at(Map.of("n", 8L)), low.at(Map.of()), low));
    }

    @Test
    void oneInstructionMoreThanProvedIsAnError() throws Exception {
        CampaignResult result = counted(1);
        assertThatThrownBy(() -> settled(bounds("O(n)", ""), image("n"), result, VerdictKind.HOLDS))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("sum/all n=1: boot 0 counted ");
        BoundVerdict wider =
                settled(bounds("O(n)", ", plus: 3"), image("n"), result, VerdictKind.HOLDS);
        assertThat(wider.proved()).isPresent();
    }

    /** A parameter that no benchmark has is named, or the file gives it a value. */
    @Test
    void parametersOfTheLawGetTheirValues() throws Exception {
        CampaignResult result = counted(0);

        assertThat(settled(bounds("O(n)", ""), image("items"), result, VerdictKind.HOLDS).proved())
                .isEmpty();
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("add is not proved: sum has the law ")
                .endsWith(", and no benchmark says what items is");
        notes.clear();

        assertThat(
                        settled(
                                        bounds("O(n)", ", with: {items: n}"),
                                        image("items"),
                                        result,
                                        VerdictKind.HOLDS)
                                .proved())
                .isPresent();
        BoundVerdict given =
                settled(
                        bounds("max <= 10000", ", with: {items: 64}"),
                        image("items"),
                        result,
                        VerdictKind.HOLDS);
        assertThat(given.proved().orElseThrow().words())
                .endsWith("instructions on every path with items=64");
        assertThat(notes).isEmpty();
    }

    @Test
    void saysWhatIsNotProved() throws Exception {
        BoundsFile none = bounds("O(n)", "");
        String other =
                """
                schema: 1
                subject: S
                bounds:
                  - {id: b, operation: add, claim: O(n), kind: proposed, source: {document: d, section: s}}
                proved: [{operation: add, function: summ}]
                """;

        CampaignResult result = counted(0);
        assertThat(settled(none, image("n*"), result, VerdictKind.HOLDS).proved()).isEmpty();
        assertThat(notes).singleElement().asString().startsWith("add is not proved: sum, test.c:");
        notes.clear();
        settled(BoundsFile.parse("f", other), image("n"), result, VerdictKind.HOLDS);
        assertThat(notes).singleElement().asString().contains("add is not proved: ", "summ");
    }
}
