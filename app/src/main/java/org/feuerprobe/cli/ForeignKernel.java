package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.guest.SerialSource;
import org.feuerprobe.guest.SerialSources;
import org.feuerprobe.guest.SerialTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.results.UnfitSeries;

/** A stranger's kernel: found out by one boot whether it takes a plan or speaks by itself. */
record ForeignKernel(TargetOptions options) {
    private static final int MEBIBYTES = 256;

    /** With these counters of the emulator's plugin. */
    OpenTarget open(Set<Counter> counters)
            throws CommandException, IOException, InterruptedException {
        if (options.serial != null && !counters.isEmpty()) {
            throw TargetOptions.usage(
                    "the emulator's plugin counts only what the emulator runs, not what comes from %s: name the image with --kernel"
                            .formatted(options.serial));
        }
        if (options.serial != null) {
            SerialSource line = SerialSources.file(options.serial, UnfitSeries.timed(options.unit));
            KernelImage recorded = KernelImage.recorded(options.serial);
            return new OpenTarget(
                    new SerialTarget("image", options.unit, line, options.limits()),
                    recorded,
                    Optional.empty(),
                    line.notice());
        }
        if (options.kernel == null) {
            throw TargetOptions.usage(
                    "target image needs --kernel FILE (booted in the emulator) or --serial FILE");
        }
        return booted(options.kernel, counters);
    }

    private OpenTarget booted(Path kernel, Set<Counter> counters)
            throws CommandException, IOException, InterruptedException {
        KernelImage image = KernelImage.read(kernel);
        QemuTarget planned = new EmulatedKernel(options, image).target(counters);
        BootOutcome first = planned.boot(Plan.catalogue(), 0, Target.Progress.none());
        if (!(first instanceof BootOutcome.Failed failed)) {
            return new OpenTarget(planned, image, Optional.empty());
        }
        if (!failed.log().contains("#fp")) {
            throw new CommandException(
                    ExitStatus.TARGET,
                    "%s carried out no plan and said nothing on its serial line (%s: %s): see docs/measure-your-kernel.md%s"
                            .formatted(
                                    kernel,
                                    failed.failure(),
                                    failed.detail(),
                                    ValidateCommand.tail(failed)));
        }
        SerialSource line =
                SerialSources.emulated(
                        TargetOptions.emulator(),
                        image,
                        MEBIBYTES,
                        options.extra(),
                        counters.isEmpty()
                                ? Optional.empty()
                                : Optional.of(options.caches.model()));
        return new OpenTarget(
                new SerialTarget("image", "instructions", line, options.limits()),
                image,
                Optional.empty());
    }
}
