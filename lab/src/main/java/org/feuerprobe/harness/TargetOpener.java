package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.LinuxPeer;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.PerfCounters;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.guest.SerialTarget;
import org.feuerprobe.guest.VariantException;
import org.feuerprobe.guest.Worktree;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.Counter;

/** Opens a target: checks that its options go together, then builds or reads its image. */
public record TargetOpener(TargetChoice choice) {
    /** Opens the target so that it reads its own clock. */
    public OpenTarget open() throws LabException, InterruptedException {
        return open(new Measurand.Clock());
    }

    /** Opens the target so that it measures this. */
    public OpenTarget open(Measurand measurand) throws LabException, InterruptedException {
        new TargetChecks(choice).check();
        return switch (measurand) {
            case Measurand.Event(PerfEvent event) -> counting(event);
            case Measurand.GuestEvent(Quantity event) -> new CountingKernel(choice).open(event);
            case Measurand.Counted(Set<Counter> counters) -> chosen(counters);
            case Measurand.Nanoseconds _ -> {
                OpenTarget timed = chosen(Set.of());
                timed.nanoseconds().require();
                yield timed;
            }
            case Measurand.Clock _, Measurand.Bytes _, Measurand.EstimatedCycles _ ->
                    chosen(Set.of());
        };
    }

    private OpenTarget chosen(Set<Counter> counters) throws LabException, InterruptedException {
        return open(counters, choice.places().exokernel(), choice.kernel());
    }

    /** Opens the same target with another kernel: an image, or what this folder builds. */
    public OpenTarget openAs(Path exokernel, Optional<Path> image)
            throws LabException, InterruptedException {
        new TargetChecks(choice).check();
        TargetKind kind = choice.kind();
        if (kind != TargetKind.QEMU && !(kind == TargetKind.NATIVE && image.isEmpty())) {
            throw LabException.wrongUse(
                    "target %s cannot boot two kernels alternately".formatted(kind.word()));
        }
        return open(Set.of(), exokernel, image);
    }

    /** Why a kernel could not be opened: a wrong name of the user's, or a failure here. */
    static LabException notOpened(Optional<Path> named, IOException e) {
        String text = String.valueOf(e.getMessage());
        return named.isPresent() || e instanceof VariantException
                ? LabException.wrongUse(text)
                : LabException.targetFailed(text);
    }

    /** Opens a kernel so that each boot makes a profile. Only the translator shows instructions. */
    public QemuTarget profiled(KernelImage image) throws LabException, InterruptedException {
        if (choice.kind() != TargetKind.QEMU || choice.acceleration() != Acceleration.ICOUNT) {
            throw LabException.wrongUse(
                    "a profile needs target qemu with --accel icount: leave --target and --accel out");
        }
        try {
            return new EmulatedKernel(choice, image).profiled();
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }

    /** The kernel of target {@code qemu}: an image, or what this folder builds. */
    public KernelImage kernel() throws LabException, IOException, InterruptedException {
        new TargetChecks(choice).check();
        return kernel(choice.places().exokernel(), choice.kernel());
    }

    private KernelImage kernel(Path exokernel, Optional<Path> image)
            throws LabException, IOException, InterruptedException {
        return image.isPresent()
                ? KernelImage.readKernel(image.get())
                : new KernelBuilder(exokernel)
                        .build(choice.variant())
                        .of(Worktree.commitOf(exokernel));
    }

    private OpenTarget open(Set<Counter> counters, Path exokernel, Optional<Path> image)
            throws LabException, InterruptedException {
        try {
            return switch (choice.kind()) {
                case QEMU -> new EmulatedKernel(choice, kernel(exokernel, image)).open(counters);
                case NATIVE -> {
                    KernelImage library =
                            NativeTarget.build(exokernel, choice.variant())
                                    .of(Worktree.commitOf(exokernel));
                    NativeTarget timed = new NativeTarget(library, choice.processor());
                    yield new OpenTarget(timed, library, Optional.of(timed));
                }
                case IMAGE -> new ForeignKernel(choice).open(counters);
                case LINUX -> {
                    KernelImage program = choice.peers().program();
                    yield new OpenTarget(
                            choice.peers().host(program, choice.processor()),
                            program,
                            Optional.of(choice.nativeCore(List.of())));
                }
                case LINUX_GUEST -> {
                    LinuxPeer peer = choice.fetchedGuest();
                    SerialTarget guest =
                            counters.isEmpty()
                                    ? peer.guest(choice.places().emulator())
                                    : peer.guest(choice.places().emulator(), choice.cacheModel());
                    yield new OpenTarget(guest, peer.guestKernel(), Optional.empty());
                }
            };
        } catch (IOException e) {
            throw notOpened(image, e);
        }
    }

    /** The native core, or this host's Linux, which counts an event instead of reading a clock. */
    private OpenTarget counting(PerfEvent event) throws LabException, InterruptedException {
        boolean linux = choice.kind() == TargetKind.LINUX;
        PerfCounters counters = linux ? PerfCounters.withKernel() : new PerfCounters();
        if (counters.ask(event) instanceof PerfCounters.Counter.Absent absent) {
            throw LabException.targetFailed(absent.text());
        }
        try {
            if (linux) {
                KernelImage program = choice.peers().countingProgram();
                return new OpenTarget(
                        choice.peers().counting(program, choice.processor(), event),
                        program,
                        Optional.empty());
            }
            KernelImage library =
                    NativeTarget.buildCounting(choice.places().exokernel(), choice.variant());
            return new OpenTarget(
                    NativeTarget.counting(library, choice.processor(), event),
                    library,
                    Optional.empty());
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }
}
