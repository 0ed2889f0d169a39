package org.feuerprobe.cli;

import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.guest.CacheGeometry;

/** Do the options of a target go together? */
record TargetChecks(TargetOptions options) {
    private static final List<String> ACCELERATORS = List.of("icount", "kvm", "tcg", "auto");
    private static final Set<TargetKind> OURS = EnumSet.of(TargetKind.QEMU, TargetKind.NATIVE);
    private static final Set<TargetKind> EMULATED =
            EnumSet.of(TargetKind.QEMU, TargetKind.IMAGE, TargetKind.LINUX_GUEST);
    private static final Set<TargetKind> LINUXES =
            EnumSet.of(TargetKind.LINUX, TargetKind.LINUX_GUEST);

    /** Throws where they do not, and says why. */
    void check() throws CommandException {
        accelerator();
        kernel();
        serial();
        unused();
        numbers();
    }

    private void accelerator() throws CommandException {
        if (!ACCELERATORS.contains(options.accel)) {
            throw TargetOptions.usage(
                    "unknown accelerator '%s', want: %s"
                            .formatted(options.accel, String.join(", ", ACCELERATORS)));
        }
        if (!options.accel.equals("icount") && options.kind() != TargetKind.QEMU) {
            throw TargetOptions.usage("--accel is for target qemu");
        }
        if (options.acceptUnfit && !options.accel.equals("kvm")) {
            throw TargetOptions.usage("--accept-unfit is for --accel kvm");
        }
    }

    private void kernel() throws CommandException {
        if (options.kernel != null && !options.variant.isEmpty()) {
            throw TargetOptions.usage("--kernel boots an image as it is: leave --variant out");
        }
        if (options.kernel != null && options.kind() == TargetKind.NATIVE) {
            throw TargetOptions.usage("--kernel boots an image: target native has none");
        }
    }

    private void serial() throws CommandException {
        if (options.serial != null && options.kind() != TargetKind.IMAGE) {
            throw TargetOptions.usage("--serial is for target image");
        }
        if (options.serial != null && options.kernel != null) {
            throw TargetOptions.usage(
                    "--serial reads what a kernel says elsewhere: leave --kernel out");
        }
        if (options.serial == null && !options.unit.equals(TargetOptions.UNIT)) {
            throw TargetOptions.usage(
                    "--unit says what the clock behind --serial counts: leave it out without");
        }
        if (!options.unit.matches(Claim.UNIT)) {
            throw TargetOptions.usage(
                    "--unit '%s': want a unit as bounds have it, cycles, ns, ticks"
                            .formatted(options.unit));
        }
        if (options.serial != null && !Files.exists(options.serial)) {
            throw TargetOptions.usage(
                    "--serial: there is no %s: want a recording, or a device"
                            .formatted(options.serial));
        }
    }

    /** What would be passed over in silence; of several targets, one may have use for it. */
    private void unused() throws CommandException {
        CacheGeometry _ = options.caches.geometry();
        if (options.several) {
            return;
        }
        String target = options.kind().word();
        if (options.kernel != null && LINUXES.contains(options.kind())) {
            throw TargetOptions.usage(
                    "--kernel boots an image of yours: target %s has its own".formatted(target));
        }
        if (!options.variant.isEmpty() && !OURS.contains(options.kind())) {
            throw TargetOptions.usage(
                    "--variant builds the exokernel: target %s is something else"
                            .formatted(target));
        }
        boolean emulated = EMULATED.contains(options.kind()) && options.serial == null;
        if (!options.caches.caches.isEmpty() && !emulated) {
            throw TargetOptions.usage(
                    "--caches: nothing is modelled here: want target qemu, linux-guest, or image with --kernel");
        }
    }

    private void numbers() throws CommandException {
        if (options.bootLimit < 1) {
            throw TargetOptions.usage(
                    "--boot-limit " + options.bootLimit + ": want at least 1 second");
        }
        int _ = processor(options.cpu);
    }

    /** The processor that {@code --cpu} names; its default is there on every machine. */
    static int processor(int cpu) throws CommandException {
        int most = Runtime.getRuntime().availableProcessors() - 1;
        if (cpu < 0 || (cpu > most && cpu != TargetOptions.CPU)) {
            throw TargetOptions.usage("--cpu %d: want 0 to %d".formatted(cpu, most));
        }
        return Math.min(cpu, most);
    }
}
