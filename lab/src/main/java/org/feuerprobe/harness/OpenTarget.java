package org.feuerprobe.harness;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.SerialTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.testbed.SystemFiles;
import org.feuerprobe.testbed.TestbedState;

/**
 * A target that can be booted, and what is in it.
 *
 * @param timed a target that tells what this machine's own clock is worth, where {@code target}
 *     reads that clock
 * @param choice what the target counts and why, or which boots, where that was a choice; else empty
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

    /** Throws where an option asks for what a kernel without a plan decides, or cannot tell. */
    public void requirePlan(String option, boolean given) throws LabException {
        if (given && target instanceof SerialTarget) {
            throw LabException.wrongUse(
                    "%s: target %s takes no plan over its serial line and has its own way: leave it out"
                            .formatted(option, target.name()));
        }
    }

    /** Finds out what the target's clock is worth now. */
    Calibration calibration(Places places) throws LabException, InterruptedException {
        return new Calibration(
                places,
                target,
                trust,
                timed.isEmpty() || !trust.believed()
                        ? Optional.empty()
                        : Optional.of(clock(timed.get())));
    }

    /** Ticks of the target's clock as time; for a target that reads this machine's. */
    Nanoseconds nanoseconds() throws LabException, InterruptedException {
        return Calibration.nanoseconds(clock(timed.orElseThrow()));
    }

    /** How finely this machine's clock reads, in a sentence; empty where the target has another. */
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

    /** The machine before a campaign on this target. */
    TestbedState.Begun testbed(TargetChoice choice) throws LabException, InterruptedException {
        return TestbedState.begin(
                SystemFiles.HOST,
                choice.processor(),
                HostFingerprint.read(choice.places()),
                speed());
    }

    /** Cycles of the core in a tick of its counter now; empty where the target does not time. */
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
