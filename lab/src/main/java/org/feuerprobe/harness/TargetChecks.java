package org.feuerprobe.harness;

import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;
import org.feuerprobe.bound.Claim;

/** Do the options of a target go together? */
public record TargetChecks(TargetChoice choice) {
    private static final Set<TargetKind> OURS = EnumSet.of(TargetKind.QEMU, TargetKind.NATIVE);
    private static final Set<TargetKind> EMULATED =
            EnumSet.of(TargetKind.QEMU, TargetKind.IMAGE, TargetKind.LINUX_GUEST);
    private static final Set<TargetKind> LINUXES =
            EnumSet.of(TargetKind.LINUX, TargetKind.LINUX_GUEST);

    /** Throws if they do not; the message says why. */
    void check() throws LabException {
        accelerator();
        kernel();
        machine();
        serial();
        unused();
        numbers();
    }

    private void accelerator() throws LabException {
        if (choice.acceleration() != Acceleration.ICOUNT && choice.kind() != TargetKind.QEMU) {
            throw LabException.wrongUse("--accel is for target qemu");
        }
        if (choice.acceptUnfit() && choice.acceleration() != Acceleration.KVM) {
            throw LabException.wrongUse("--accept-unfit is for --accel kvm");
        }
    }

    private void kernel() throws LabException {
        if (choice.kernel().isPresent() && !choice.variant().isEmpty()) {
            throw LabException.wrongUse("--kernel boots an image as it is: leave --variant out");
        }
        if (choice.kernel().isPresent() && choice.kind() == TargetKind.NATIVE) {
            throw LabException.wrongUse("--kernel boots an image: target native has none");
        }
    }

    private void machine() throws LabException {
        boolean asked = !choice.machine().equals(MachineChoice.AUTOMATIC);
        if (asked && (choice.kind() != TargetKind.IMAGE || choice.kernel().isEmpty())) {
            throw LabException.wrongUse(
                    "--machine and --emulator boot an image: they need --target image --kernel FILE");
        }
    }

    private void serial() throws LabException {
        if (choice.serial().isPresent() && choice.kind() != TargetKind.IMAGE) {
            throw LabException.wrongUse("--serial is for target image");
        }
        if (choice.serial().isPresent() && choice.kernel().isPresent()) {
            throw LabException.wrongUse(
                    "--serial reads what a kernel says elsewhere: leave --kernel out");
        }
        if (choice.serial().isEmpty()
                && choice.machine().command().isEmpty()
                && !choice.unit().equals(TargetChoice.UNIT)) {
            throw LabException.wrongUse(
                    "--unit says what the clock behind --serial or --emulator counts: leave it out without them");
        }
        if (!choice.unit().matches(Claim.UNIT)) {
            throw LabException.wrongUse(
                    "--unit '%s': want a unit as bounds have it, cycles, ns, ticks"
                            .formatted(choice.unit()));
        }
        if (choice.serial().isPresent() && !Files.exists(choice.serial().get())) {
            throw LabException.wrongUse(
                    "--serial: there is no %s: want a recording, or a device"
                            .formatted(choice.serial().get()));
        }
    }

    /** Refuses options without effect. With several targets, one of them may use the option. */
    private void unused() throws LabException {
        if (choice.several()) {
            return;
        }
        String target = choice.kind().word();
        if (choice.kernel().isPresent() && LINUXES.contains(choice.kind())) {
            throw LabException.wrongUse(
                    "--kernel boots an image of yours: target %s has its own".formatted(target));
        }
        if (!choice.variant().isEmpty() && !OURS.contains(choice.kind())) {
            throw LabException.wrongUse(
                    "--variant builds the exokernel: leave it out with target %s"
                            .formatted(target));
        }
        boolean emulated = EMULATED.contains(choice.kind()) && choice.serial().isEmpty();
        if (choice.caches().isPresent() && !emulated) {
            throw LabException.wrongUse(
                    "--caches: nothing is modelled here: want target qemu, linux-guest, or image with --kernel");
        }
    }

    private void numbers() throws LabException {
        if (choice.bootLimit().toSeconds() < 1) {
            throw LabException.wrongUse(
                    "--boot-limit " + choice.bootLimit().toSeconds() + ": want at least 1 second");
        }
        int _ = TargetChoice.processor(choice.cpu());
    }
}
