package org.feuerprobe.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.feuerprobe.sample.Resolution;
import org.feuerprobe.target.KernelImage;
import org.feuerprobe.target.NativeClock;
import org.feuerprobe.target.NativeTarget;
import org.feuerprobe.target.Target;
import org.feuerprobe.testbed.Processor;
import org.feuerprobe.testbed.SystemFiles;
import org.feuerprobe.testbed.TestbedState;
import org.feuerprobe.verdict.Judge;

/**
 * A target that can be booted, and what is in it.
 *
 * @param timed a target that tells what this machine's own clock is worth, where {@code target}
 *     reads that clock
 * @param choice what the target counts and why, where that was a choice; else empty
 * @param unfit why nothing may be decided on its clock; else empty
 */
record OpenTarget(
        Target target,
        KernelImage image,
        Optional<NativeTarget> timed,
        String choice,
        String unfit) {
    OpenTarget(Target target, KernelImage image, Optional<NativeTarget> timed, String choice) {
        this(target, image, timed, choice, "");
    }

    OpenTarget(Target target, KernelImage image, Optional<NativeTarget> timed) {
        this(target, image, timed, "", "");
    }

    /** What tells a judge how well the target's clock resolves, or that it is not fit. */
    UnaryOperator<Judge> calibration() throws CommandException, InterruptedException {
        if (!unfit.isEmpty()) {
            return judge -> judge.unfit(unfit);
        }
        if (timed.isEmpty()) {
            return judge -> judge;
        }
        NativeClock clock = clock(timed.get());
        Processor.Truth truth =
                Processor.host(Home.path().resolve("cpus"))
                        .check(clock.multiplication(), clock.load());
        Resolution resolution =
                new Resolution(
                        clock.quantum(),
                        Math.min(1, clock.cyclesPerTick()),
                        Math.max(1, clock.cyclesPerTick()));
        return judge -> {
            Judge timedJudge = judge.timedBy(resolution);
            return truth.fit() ? timedJudge : timedJudge.unfit(truth.text());
        };
    }

    /** The machine before a campaign on this target; {@code core} is the processor it runs on. */
    TestbedState.Begun testbed(int core) throws CommandException, InterruptedException {
        return TestbedState.begin(SystemFiles.HOST, core, TestbedCommand.fingerprint(), speed());
    }

    /** Cycles of the core in a tick of its counter now; empty where the target does not time. */
    OptionalDouble speed() throws CommandException, InterruptedException {
        return timed.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(clock(timed.get()).cyclesPerTick());
    }

    static NativeClock clock(NativeTarget target) throws CommandException, InterruptedException {
        try {
            return target.clock();
        } catch (IOException e) {
            throw new CommandException(ExitStatus.TARGET, String.valueOf(e.getMessage()));
        }
    }
}
