package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.FakeTarget;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.testbed.Check;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.VerdictKind;
import org.junit.jupiter.api.Test;

/** What the native core may decide beside the emulator, and what is said where it may not. */
class CoreComplementTests {
    private static final Places PLACES = new Places(Path.of(""), "qemu-system-x86_64");
    private static final TargetChoice QEMU = TargetChoice.of(PLACES, TargetKind.QEMU);
    private static final Benchmark LOOKUP =
            new Benchmark(
                    "lookup",
                    "op",
                    0,
                    false,
                    1,
                    List.of(new Benchmark.Parameter("N", 1, 1000)),
                    "effect");

    private static BoundVerdict verdict(String operation, String claim, VerdictKind kind) {
        Claim parsed = Claim.parse(claim, Claim.Mode.UPPER);
        return new BoundVerdict(
                new Bound(
                        operation + "/" + parsed.unit(),
                        operation,
                        parsed,
                        Bound.Kind.TARGET,
                        new Bound.Source("d", "s"),
                        ""),
                parsed.unit(),
                "qemu",
                kind,
                "to measure it, use another target",
                new LinkedHashMap<>(),
                List.of());
    }

    private static final List<BoundVerdict> EMULATED =
            List.of(
                    verdict("op", "max <= 3 instructions", VerdictKind.HOLDS),
                    verdict("op", "max <= 3 cache_misses", VerdictKind.NOT_MEASURABLE),
                    verdict("op", "p99 <= 50 cycles", VerdictKind.NOT_MEASURABLE),
                    verdict("call", "p99 <= 50 cycles", VerdictKind.NOT_MEASURABLE),
                    verdict("call", "p99 <= 50 ns", VerdictKind.NOT_MEASURABLE));

    private static Map<String, BoundVerdict> added(CoreComplement.Opening opening)
            throws Exception {
        ChosenBounds bounds =
                new ChosenBounds(
                        "b.yaml",
                        new BoundsFile("s", List.of(), Map.of(), Map.of(), Map.of()),
                        List.of(),
                        EMULATED.stream().map(BoundVerdict::bound).toList());
        CoreComplement.Added added =
                new CoreComplement(
                                QEMU.core().orElseThrow(),
                                opening,
                                bounds,
                                EffortChoice.quickest(),
                                Duration.ZERO,
                                MeasurementListener.none())
                        .to(EMULATED);
        assertThat(added.result()).isEmpty();
        return added.verdicts();
    }

    private static String reason(Map<String, BoundVerdict> verdicts, String bound) {
        BoundVerdict found = Objects.requireNonNull(verdicts.get(bound), bound);
        assertThat(found.kind()).isEqualTo(VerdictKind.NOT_MEASURABLE);
        return found.reason();
    }

    @Test
    void aCoreThatCannotBeBuiltIsTheReasonAndNoFailure() throws Exception {
        Map<String, BoundVerdict> verdicts =
                added(() -> {
                    throw LabException.targetFailed("there is no gcc\nand more lines");
                });

        assertThat(verdicts.keySet())
                .containsExactlyInAnyOrder("op/cycles", "call/cycles", "call/ns");
        assertThat(reason(verdicts, "op/cycles"))
                .isEqualTo("no trustworthy source of cycles here: target native: there is no gcc");
        assertThat(reason(verdicts, "call/ns"))
                .isEqualTo("no trustworthy source of ns here: target native: there is no gcc");
    }

    @Test
    void anUnfitClockDecidesNothingAndSaysWhy() throws Exception {
        FakeTarget fake = new FakeTarget(List.of(LOOKUP), _ -> 1);
        KernelImage image = new KernelImage(Path.of("library"), "0", Map.of());

        Map<String, BoundVerdict> verdicts =
                added(() ->
                        new OpenTarget(
                                fake,
                                image,
                                Optional.empty(),
                                "",
                                Trust.unfit(
                                        "multiplication 3.40 cycles contradicts the profile", "")));

        assertThat(reason(verdicts, "op/cycles"))
                .isEqualTo(
                        "no trustworthy source of cycles here: target native: multiplication 3.40 cycles contradicts the profile");
        assertThat(reason(verdicts, "call/cycles"))
                .isEqualTo(
                        "to measure cycles, use hardware virtualisation (--accel kvm); targets qemu and native do not time this operation");
        assertThat(reason(verdicts, "call/ns"))
                .isEqualTo(
                        "targets qemu and native do not time this operation, so nothing here measures its ns");
    }

    /** A stranger's image has no native core, and a clock under KVM is another one. */
    @Test
    void onlyTheEmulatedKernelOfThisFolderHasACore() {
        assertThat(QEMU.core().map(TargetChoice::kind)).contains(TargetKind.NATIVE);
        assertThat(QEMU.booting(Path.of("k.elf")).core()).isEmpty();
        for (TargetKind kind : TargetKind.values()) {
            assertThat(TargetChoice.of(PLACES, kind).core().isPresent())
                    .as(kind.word())
                    .isEqualTo(kind == TargetKind.QEMU);
        }
    }

    @Test
    void onlyAMachineThatIsKnownToBeQuietIsNoDisturbance() {
        for (Check.State state : Check.State.values()) {
            Check contention =
                    new Check("contention", state, "busy 7 %", "/proc", "wait", List.of());
            Check other = new Check("turbo", Check.State.UNFIT, "on", "/sys", "off", List.of());
            assertThat(CoreComplement.disturbance(List.of(other, contention)))
                    .isEqualTo(
                            state == Check.State.FIT ? Optional.empty() : Optional.of("busy 7 %"));
        }
    }
}
