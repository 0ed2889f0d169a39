package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.guest.CacheModel;
import org.feuerprobe.guest.LinuxPeer;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.QemuLimits;

/**
 * Which kernel is measured, where, and how long a boot may take.
 *
 * @param acceptUnfit whether cycles under KVM are measured even if they are not trustworthy
 * @param variant switches of the kernel's build, such as {@code CAP_ALLOC=scan}
 * @param kernel an image that is booted as it is; nothing is built then
 * @param machine machine that boots {@code kernel}, if that is a foreign one
 * @param serial a recording or a device that is read instead of booting
 * @param unit what the clock behind {@code serial} counts
 * @param caches caches to model; the host's if none are named
 * @param cpu processor that a timed target is bound to
 * @param append the kernel's command line
 * @param several whether the run measures other targets too, which may be meant by an option
 */
public record TargetChoice(
        Places places,
        TargetKind kind,
        Acceleration acceleration,
        boolean acceptUnfit,
        List<String> variant,
        Optional<Path> kernel,
        MachineChoice machine,
        Optional<Path> serial,
        String unit,
        Optional<CacheGeometry> caches,
        int cpu,
        Duration bootLimit,
        String append,
        boolean several) {
    /** The default of {@link #cpu}, also where there is one processor. */
    public static final int CPU = 1;

    /** The default of {@link #unit}. */
    public static final String UNIT = "ticks";

    /** The default of {@link #bootLimit}, after which a boot is ended. */
    public static final Duration BOOT_LIMIT = Duration.ofMinutes(2);

    public TargetChoice {
        variant = List.copyOf(variant);
    }

    /** The target with all defaults. */
    public static TargetChoice of(Places places, TargetKind kind) {
        return new TargetChoice(
                places,
                kind,
                Acceleration.ICOUNT,
                false,
                List.of(),
                Optional.empty(),
                MachineChoice.AUTOMATIC,
                Optional.empty(),
                UNIT,
                Optional.empty(),
                CPU,
                BOOT_LIMIT,
                "",
                false);
    }

    /** The same target with an image that is booted as it is. */
    public TargetChoice booting(Path image) {
        return new TargetChoice(
                places,
                kind,
                acceleration,
                acceptUnfit,
                variant,
                Optional.of(image),
                machine,
                serial,
                unit,
                caches,
                cpu,
                bootLimit,
                append,
                several);
    }

    /** The same target with another variant and another command line of the kernel. */
    TargetChoice with(List<String> otherVariant, String commandLine) {
        return new TargetChoice(
                places,
                kind,
                acceleration,
                acceptUnfit,
                otherVariant,
                kernel,
                machine,
                serial,
                unit,
                caches,
                cpu,
                bootLimit,
                commandLine,
                several);
    }

    /** The native core, to decide what the emulator cannot; only our own kernel has one. */
    Optional<TargetChoice> core() {
        return kind == TargetKind.QEMU
                        && acceleration == Acceleration.ICOUNT
                        && kernel.isEmpty()
                        && !several
                ? Optional.of(
                        new TargetChoice(
                                places,
                                TargetKind.NATIVE,
                                acceleration,
                                false,
                                variant,
                                kernel,
                                machine,
                                serial,
                                unit,
                                Optional.empty(),
                                cpu,
                                bootLimit,
                                "",
                                false))
                : Optional.empty();
    }

    /** The processor that a timed target is bound to; the default is there on every machine. */
    public int processor() {
        return Math.min(cpu, Runtime.getRuntime().availableProcessors() - 1);
    }

    /** The processor that {@code cpu} names; an error if the machine does not have it. */
    public static int processor(int cpu) throws LabException {
        int most = Runtime.getRuntime().availableProcessors() - 1;
        if (cpu < 0 || (cpu > most && cpu != CPU)) {
            throw LabException.wrongUse("--cpu %d: want 0 to %d".formatted(cpu, most));
        }
        return Math.min(cpu, most);
    }

    /** The caches that are modelled. */
    public CacheGeometry geometry() {
        return caches.orElseGet(CacheGeometry::host);
    }

    /** The plugin, built, with these caches. */
    CacheModel cacheModel() throws IOException, InterruptedException {
        return CacheModel.build(places.plugin(), geometry());
    }

    /** The core of the kernel as a library of this host, in the default or another variant. */
    NativeTarget nativeCore(List<String> of) throws IOException, InterruptedException {
        return new NativeTarget(NativeTarget.build(places.exokernel(), of), processor());
    }

    /** Linux, on this host and in the emulator. */
    public LinuxPeer peers() {
        return new LinuxPeer(places.peers(), limits());
    }

    /** The Linux guest, once {@code make peers} has fetched it. */
    LinuxPeer fetchedGuest() throws LabException {
        if (!peers().fetched()) {
            throw LabException.targetFailed("the Linux guest is not here yet: run make peers");
        }
        return peers();
    }

    QemuLimits limits() {
        return new QemuLimits(
                QemuLimits.DEFAULT.stall(), bootLimit, QemuLimits.DEFAULT.serialBytes());
    }

    /** Further options of the emulator. */
    List<String> emulatorOptions() {
        return append.isEmpty() ? List.of() : List.of("-append", append);
    }
}
