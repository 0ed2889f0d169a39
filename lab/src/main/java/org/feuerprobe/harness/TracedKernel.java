package org.feuerprobe.harness;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.QemuTarget;

/**
 * The exokernel that notes what happens: built with {@code TRACE=on}, or an image that was.
 *
 * @param ring events that a processor keeps, as a power of two
 */
public record TracedKernel(TargetChoice choice, int ring) {
    /** Fewest and most events of a ring, as powers of two. */
    public static final int LEAST_RING = 8;

    public static final int MOST_RING = 20;

    private static final String SWITCH = "TRACE=on";

    /** Opens it. */
    public QemuTarget open() throws LabException, InterruptedException {
        if (choice.kind() != TargetKind.QEMU || choice.acceleration() != Acceleration.ICOUNT) {
            throw LabException.wrongUse(
                    "a trace is of target qemu with --accel icount, not of another one");
        }
        if (ring < LEAST_RING || ring > MOST_RING) {
            throw LabException.wrongUse(
                    "--ring %d: want %d to %d".formatted(ring, LEAST_RING, MOST_RING));
        }
        if (choice.variant().contains("TRACE=off")) {
            throw LabException.wrongUse(
                    "--variant TRACE=off: that kernel notes nothing; leave it out");
        }
        try {
            KernelImage image = image();
            TargetChoice traced =
                    choice.with(choice.variant(), (choice.append() + " trace=" + ring).strip());
            return new EmulatedKernel(traced, image).target(Set.of());
        } catch (IOException e) {
            throw TargetOpener.notOpened(choice.kernel(), e);
        }
    }

    private KernelImage image() throws LabException, IOException, InterruptedException {
        List<String> variant =
                Stream.concat(choice.variant().stream(), Stream.of(SWITCH)).distinct().toList();
        return new TargetOpener(
                        choice.kernel().isPresent()
                                ? choice
                                : choice.with(variant, choice.append()))
                .kernel();
    }
}
