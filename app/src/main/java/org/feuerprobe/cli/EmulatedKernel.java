package org.feuerprobe.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.guest.Accelerator;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.KvmFitness;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.probe.Counter;

/** An image under the accelerator asked for; KVM only where its cycles are fit. */
record EmulatedKernel(TargetOptions options, KernelImage image) {
    private static final int CPUS = 2;
    private static final String TRANSLATED =
            "the translator's time, which says nothing of the kernel's: never a claim";

    /** With these counters of the plugin, which only {@code icount} has. */
    OpenTarget open(Set<Counter> counters)
            throws CommandException, IOException, InterruptedException {
        QemuTarget qemu = target(counters);
        return switch (options.accel) {
            case "tcg" ->
                    new OpenTarget(
                            qemu.under(Accelerator.TCG, options.core()),
                            image,
                            Optional.empty(),
                            TRANSLATED);
            case "kvm", "auto" -> virtualised(qemu);
            default -> new OpenTarget(qemu, image, Optional.empty());
        };
    }

    private OpenTarget virtualised(QemuTarget qemu)
            throws CommandException, IOException, InterruptedException {
        KvmFitness kvm = KvmFitness.probe(TargetOptions.emulator(), image);
        if (kvm.fit()) {
            return new OpenTarget(
                    qemu.under(Accelerator.KVM, options.core()),
                    image,
                    Optional.of(options.core(List.of())),
                    "cycles of the hardware under KVM: " + kvm.text());
        }
        String unfit = "cycles under KVM are not fit here: " + kvm.text();
        if (options.accel.equals("auto")) {
            return new OpenTarget(qemu, image, Optional.empty(), "instructions, since " + unfit);
        }
        if (!options.acceptUnfit) {
            throw new CommandException(ExitStatus.TARGET, unfit);
        }
        return new OpenTarget(
                qemu.under(Accelerator.UNFIT_KVM, options.core()),
                image,
                Optional.empty(),
                unfit + "; they are shown, and decide nothing",
                unfit);
    }

    /** Translated, with the plugin where it has something to count. */
    QemuTarget target(Set<Counter> counters)
            throws CommandException, IOException, InterruptedException {
        QemuTarget qemu =
                new QemuTarget(
                                TargetOptions.emulator(),
                                image,
                                CPUS,
                                options.limits(),
                                options.extra(),
                                (_, _) -> {})
                        .named(options.kind().word());
        return counters.isEmpty() ? qemu : qemu.counting(options.caches.model());
    }
}
