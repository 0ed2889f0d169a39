package org.feuerprobe.harness;

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
public record ForeignKernel(TargetChoice choice) {
    private static final int MEBIBYTES = 256;

    /** With these counters of the emulator's plugin. */
    OpenTarget open(Set<Counter> counters) throws LabException, IOException, InterruptedException {
        if (choice.serial().isPresent() && !counters.isEmpty()) {
            throw LabException.wrongUse(
                    "the emulator's plugin counts only what the emulator runs, not what comes from %s: name the image with --kernel"
                            .formatted(choice.serial().get()));
        }
        if (choice.serial().isPresent()) {
            Path serial = choice.serial().get();
            SerialSource line = SerialSources.file(serial, UnfitSeries.timed(choice.unit()));
            KernelImage recorded = KernelImage.recorded(serial);
            return new OpenTarget(
                    new SerialTarget("image", choice.unit(), line, choice.limits()),
                    recorded,
                    Optional.empty(),
                    line.notice());
        }
        if (choice.kernel().isEmpty()) {
            throw LabException.wrongUse(
                    "target image needs --kernel FILE (booted in the emulator) or --serial FILE");
        }
        return booted(choice.kernel().get(), counters);
    }

    private OpenTarget booted(Path kernel, Set<Counter> counters)
            throws LabException, IOException, InterruptedException {
        KernelImage image = KernelImage.readKernel(kernel);
        QemuTarget planned = new EmulatedKernel(choice, image).target(counters);
        BootOutcome first = planned.boot(Plan.catalogue(), 0, Target.Progress.none());
        if (!(first instanceof BootOutcome.Failed failed)) {
            return new OpenTarget(planned, image, Optional.empty());
        }
        if (!failed.log().contains("#fp")) {
            throw LabException.targetFailed(
                    "%s carried out no plan and said nothing on its serial line (%s: %s): see docs/measure-your-kernel.md%s"
                            .formatted(
                                    kernel,
                                    failed.failure(),
                                    failed.detail(),
                                    BootFailure.serialEnd(failed)));
        }
        SerialSource line =
                SerialSources.emulated(
                        choice.places().emulator(),
                        image,
                        MEBIBYTES,
                        choice.emulatorOptions(),
                        counters.isEmpty() ? Optional.empty() : Optional.of(choice.cacheModel()));
        return new OpenTarget(
                new SerialTarget("image", "instructions", line, choice.limits()),
                image,
                Optional.empty());
    }
}
