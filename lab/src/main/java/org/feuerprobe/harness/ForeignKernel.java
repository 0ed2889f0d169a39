package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.guest.AxisTarget;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.Machine;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.guest.SerialSource;
import org.feuerprobe.guest.SerialSources;
import org.feuerprobe.guest.SerialTarget;
import org.feuerprobe.guest.Target;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.Metric;

/** A user's own kernel. One boot finds out whether it takes a plan or follows its own. */
public record ForeignKernel(TargetChoice choice) {
    /** Opens it with these counters of the emulator's plugin. */
    OpenTarget open(Set<Counter> counters) throws LabException, IOException, InterruptedException {
        if (choice.serial().isPresent() && !counters.isEmpty()) {
            throw LabException.wrongUse(
                    "the emulator's plugin counts only what the emulator runs, not what comes from %s: name the image with --kernel"
                            .formatted(choice.serial().get()));
        }
        if (choice.serial().isPresent()) {
            Path serial = choice.serial().get();
            SerialSource line = SerialSources.file(serial, Metric.of(choice.unit()).timed());
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
        Path kernel = choice.kernel().get();
        Optional<KernelAxis> axis = KernelAxis.of(kernel);
        return axis.isPresent() ? several(axis.get(), counters) : booted(kernel, counters);
    }

    /** Images that differ in one parameter of their build. */
    private OpenTarget several(KernelAxis axis, Set<Counter> counters)
            throws LabException, IOException, InterruptedException {
        List<KernelImage> images = new ArrayList<>();
        List<AxisTarget.Member> members = new ArrayList<>();
        for (long value : axis.values()) {
            OpenTarget opened = booted(axis.image(value), counters);
            if (opened.target().takesPlan()) {
                throw LabException.wrongUse(
                        "%s takes a plan: several images must be kernels that speak on their serial line"
                                .formatted(opened.image().file()));
            }
            images.add(opened.image());
            members.add(new AxisTarget.Member(value, opened.target()));
        }
        return new OpenTarget(
                new AxisTarget(axis.parameter(), members),
                KernelImage.several(axis.text(), images),
                Optional.empty());
    }

    private OpenTarget booted(Path kernel, Set<Counter> counters)
            throws LabException, IOException, InterruptedException {
        if (!choice.machine().command().isEmpty()) {
            return emulated(KernelImage.recorded(kernel), counters);
        }
        KernelImage image = KernelImage.readForeign(kernel);
        Machine machine = machine(image);
        if (!machine.takesPlan()) {
            return speaking(machine, image, counters);
        }
        QemuTarget planned = new EmulatedKernel(choice, image).target(counters);
        BootOutcome first = planned.boot(Plan.catalogue(), 0, Target.Progress.none());
        if (!(first instanceof BootOutcome.Failed failed)) {
            return new OpenTarget(planned, image, Optional.empty());
        }
        if (failed.failure() == BootOutcome.Failure.MISSING) {
            throw LabException.targetFailed(failed.detail());
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
        return speaking(machine, image, counters);
    }

    /** Whether the emulator's plugin counts this on the machine of each image. */
    boolean counts(Counter counter) {
        if (choice.kernel().isEmpty() || !choice.machine().command().isEmpty()) {
            return false;
        }
        try {
            for (Path image : KernelAxis.images(choice.kernel().get())) {
                if (!machine(KernelImage.readForeign(image)).counts(counter)) {
                    return false;
                }
            }
            return true;
        } catch (LabException | IOException e) {
            return false; // the image has gone meanwhile
        }
    }

    /** The machine asked for, or the one that the image is for. */
    Machine machine(KernelImage image) throws LabException, IOException {
        KernelImage.Kind kind = image.kind();
        Optional<Machine> asked = choice.machine().machine();
        if (asked.isPresent() && !asked.get().runs(kind)) {
            throw LabException.wrongUse(
                    "--machine %s cannot run %s: it is for %s"
                            .formatted(asked.get().word(), image.file(), kind.text()));
        }
        Optional<Machine> machine = asked.or(() -> Machine.of(kind));
        if (machine.isEmpty()) {
            throw LabException.wrongUse(
                    "%s is for %s, which none of these machines has: %s; name an emulator's command with --emulator"
                            .formatted(image.file(), kind.text(), Machine.words()));
        }
        return machine.get();
    }

    /** A kernel that takes no plan and speaks on its serial line. */
    private OpenTarget speaking(Machine machine, KernelImage image, Set<Counter> counters)
            throws LabException, IOException, InterruptedException {
        for (Counter counter : counters) {
            if (!machine.counts(counter)) {
                throw LabException.wrongUse(
                        "the emulator's plugin does not count %s on %s: leave it out of --metric"
                                .formatted(counter.metric(), machine.word()));
            }
        }
        SerialSource line =
                SerialSources.emulated(
                        machine,
                        choice.places().emulator(),
                        image,
                        choice.emulatorOptions(),
                        counters.isEmpty() ? Optional.empty() : Optional.of(choice.cacheModel()));
        return new OpenTarget(
                new SerialTarget("image", Metric.INSTRUCTIONS.name(), line, choice.limits()),
                image,
                Optional.empty());
    }

    /** A kernel in an emulator that the user names. Only the user knows what its clock counts. */
    private OpenTarget emulated(KernelImage image, Set<Counter> counters) throws LabException {
        if (!counters.isEmpty()) {
            throw LabException.wrongUse(
                    "--metric: the plugin counts in QEMU, not in the command of --emulator: leave one of them out");
        }
        SerialSource line =
                SerialSources.program(
                        choice.machine().emulating(image), !Metric.of(choice.unit()).timed());
        return new OpenTarget(
                new SerialTarget("image", choice.unit(), line, choice.limits()),
                image,
                Optional.empty());
    }
}
