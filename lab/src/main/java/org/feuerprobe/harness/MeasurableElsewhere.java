package org.feuerprobe.harness;

import java.util.Optional;
import org.feuerprobe.guest.Machine;
import org.feuerprobe.guest.Target;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.Metric;

/**
 * Advice on how to measure a metric that the target does not have. It names only commands that
 * work: a user's own kernel does not run on target native, and only target qemu has accelerators.
 */
public final class MeasurableElsewhere {
    private static final String INSTRUCTIONS = Counter.INSTRUCTIONS.metric();

    private static final String OURS = "target qemu with --accel icount, whose plugin counts it";
    private static final String EMULATED =
            "the kernel in the emulator: --target image --kernel FILE";
    private static final String ON_X86 =
            "a kernel for x86, booted in QEMU: on other processors the emulator's plugin does not count it";
    private static final String NOT_ON_ARM =
            "a kernel for x86, RISC-V or AArch64, booted in QEMU: on 32-bit Arm the emulator's plugin does not count";
    private static final String HOST = "target linux: this host's, and its clock";

    private MeasurableElsewhere() {}

    /** The advice for this metric; empty if the judge's own advice is right. */
    static Optional<String> of(Target target, String wanted) {
        boolean timed =
                wanted.equals(Metric.CYCLES.name()) || wanted.equals(Metric.NANOSECONDS.name());
        boolean counted = Counter.of(wanted).isPresent();
        if (!timed && !counted) {
            return Optional.empty();
        }
        return switch (TargetKind.of(target.name()).orElse(TargetKind.QEMU)) {
            case IMAGE ->
                    Optional.of(
                            timed
                                    ? clock(target, wanted)
                                    : !target.exact()
                                            ? EMULATED
                                            : Machine.RISCV64_VIRT.counts(
                                                            Counter.of(wanted).orElseThrow())
                                                    ? NOT_ON_ARM
                                                    : ON_X86);
            case LINUX, LINUX_GUEST -> Optional.of(timed ? HOST : guest(wanted));
            case QEMU, NATIVE -> counted ? Optional.of(OURS) : Optional.empty();
        };
    }

    private static String guest(String wanted) {
        return wanted.equals(INSTRUCTIONS)
                ? "target linux-guest, whose clock counts them"
                : "bench --target linux-guest --metric %s, which shows them and decides nothing"
                        .formatted(wanted);
    }

    private static String clock(Target target, String unit) {
        boolean heard = !target.exact();
        if (heard) {
            return "--unit %s, if that is what the recorded clock counts".formatted(unit);
        }
        boolean planned = target.takesPlan();
        if (planned && unit.equals(Metric.CYCLES.name())) {
            return "--target qemu --kernel FILE --accel kvm, on a machine with hardware virtualisation";
        }
        return "%s: --target image --serial FILE --unit %s"
                .formatted(
                        planned
                                ? "a kernel that speaks on a serial line, recorded on a real machine"
                                : "a real machine, its serial line recorded",
                        unit);
    }
}
