package org.feuerprobe.harness;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.Accelerator;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.KvmFitness;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.probe.Counter;

/** An image under the chosen accelerator. KVM is used only if its cycles are trustworthy. */
public record EmulatedKernel(TargetChoice choice, KernelImage image) {
    private static final int CPUS = 2;

    /** The emulator's translator and the kernel share the time that its clock shows. */
    static final Trust TRANSLATED =
            Trust.unfit(
                    "the translator's time, which says nothing of the kernel's: never a claim",
                    "count instructions, or use --accel kvm or target native");

    /** Opens it with these counters of the plugin, which only {@code icount} has. */
    OpenTarget open(Set<Counter> counters) throws LabException, IOException, InterruptedException {
        QemuTarget qemu = target(counters);
        return switch (choice.acceleration()) {
            case TCG ->
                    new OpenTarget(
                            qemu.under(Accelerator.TCG, choice.processor()),
                            image,
                            Optional.empty(),
                            TRANSLATED.text(),
                            TRANSLATED);
            case KVM, AUTO -> virtualised(qemu);
            case ICOUNT -> new OpenTarget(qemu, image, Optional.empty());
        };
    }

    private OpenTarget virtualised(QemuTarget qemu)
            throws LabException, IOException, InterruptedException {
        KvmFitness kvm = KvmFitness.probe(choice.places().emulator(), image);
        if (kvm.trust().believed()) {
            return new OpenTarget(
                    qemu.under(Accelerator.KVM, choice.processor()),
                    image,
                    Optional.of(choice.nativeCore(List.of())),
                    "cycles of the hardware under KVM: " + kvm.trust().text());
        }
        Trust found = kvm.trust();
        Trust trust =
                new Trust(
                        found.state(),
                        "cycles under KVM are not fit here: " + found.why(),
                        found.remedy());
        String unfit = trust.text();
        if (choice.acceleration() == Acceleration.AUTO) {
            return new OpenTarget(qemu, image, Optional.empty(), "instructions, since " + unfit);
        }
        if (!choice.acceptUnfit()) {
            throw LabException.targetFailed(unfit);
        }
        return new OpenTarget(
                qemu.under(Accelerator.UNFIT_KVM, choice.processor()),
                image,
                Optional.empty(),
                unfit + "; they are shown, and decide nothing",
                trust);
    }

    /** The same, which makes a profile. */
    QemuTarget profiled() throws LabException, IOException, InterruptedException {
        return target(Set.of()).profiling(choice.cacheModel());
    }

    /** A translated target, with the plugin if there is something to count. */
    QemuTarget target(Set<Counter> counters)
            throws LabException, IOException, InterruptedException {
        QemuTarget qemu =
                new QemuTarget(
                                choice.places().emulator(),
                                image,
                                CPUS,
                                choice.limits(),
                                choice.emulatorOptions(),
                                (_, _) -> {})
                        .named(choice.kind().word());
        return counters.isEmpty() ? qemu : qemu.counting(choice.cacheModel());
    }
}
