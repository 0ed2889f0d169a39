package org.feuerprobe.harness;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.testbed.SystemFiles;
import org.feuerprobe.testbed.TestbedState;

/**
 * A target that can be booted, and what is in it.
 *
 * @param timed the target that calibrates this machine's clock, if {@code target} reads that clock
 * @param choice a note on what the target counts, and why, if there was a choice; else empty
 * @param trust trust in what the target's clock measures, found when it was opened
 */
public record OpenTarget(
        Target target,
        KernelImage image,
        Optional<NativeTarget> timed,
        String choice,
        Trust trust) {
    OpenTarget(Target target, KernelImage image, Optional<NativeTarget> timed, String choice) {
        this(target, image, timed, choice, Trust.fit(""));
    }

    OpenTarget(Target target, KernelImage image, Optional<NativeTarget> timed) {
        this(target, image, timed, "");
    }

    /** The same with another target that boots in its place. */
    OpenTarget with(Substitution substitution) {
        return new OpenTarget(
                substitution.of(Substitution.Reading.CLOCK, target), image, timed, choice, trust);
    }

    /** Throws if the kernel takes no plan, so that it cannot follow this option. */
    public void requirePlan(String option, boolean given) throws LabException {
        if (given && !target.takesPlan()) {
            throw LabException.wrongUse(
                    "%s: target %s takes no plan over its serial line and has its own way: leave it out"
                            .formatted(option, target.name()));
        }
    }

    /** Calibrates the target's clock now. */
    Calibration calibration(Places places) throws LabException, InterruptedException {
        return new Calibration(
                places,
                target,
                trust,
                timed.isEmpty() || !trust.believed()
                        ? Optional.empty()
                        : Optional.of(clock(timed.get())));
    }

    /** Converter from ticks to time, for a target that reads this machine's clock. */
    Nanoseconds nanoseconds() throws LabException, InterruptedException {
        return Calibration.nanoseconds(clock(timed.orElseThrow()));
    }

    /** The step of this machine's clock, in a sentence; empty if the target has another clock. */
    public Optional<String> steps() throws LabException, InterruptedException {
        if (timed.isEmpty()) {
            return Optional.empty();
        }
        NativeClock clock = clock(timed.get());
        return Optional.of(
                String.format(
                        Locale.ROOT,
                        "the clock has steps of %.0f cycles (%.1f ns): a single value is off by up to one, the mean of many is not",
                        clock.quantum() * clock.cyclesPerTick(),
                        clock.quantum() * clock.rate().nanosPerTick()));
    }

    /** State of the machine before a campaign on this target. */
    TestbedState.Begun testbed(TargetChoice choice) throws LabException, InterruptedException {
        return TestbedState.begin(
                SystemFiles.HOST,
                choice.processor(),
                HostFingerprint.read(choice.places()),
                speed());
    }

    /** Core cycles per tick of the counter now; empty if the target is not timed. */
    OptionalDouble speed() throws LabException, InterruptedException {
        return timed.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(clock(timed.get()).cyclesPerTick());
    }

    static NativeClock clock(NativeTarget target) throws LabException, InterruptedException {
        try {
            return target.clock();
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }
}
