package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.feuerprobe.guest.Accelerator;
import org.feuerprobe.guest.CounterFitness;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.guest.Worktree;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.GuestCounters;

/**
 * The exokernel that counts events of its processor, under KVM. It is built with {@code
 * CLOCK=counter} unless an image or another {@code CLOCK} was named. Its counts are believed only
 * if the emulator counts the same for some operations of the kernel without counters.
 */
public record CountingKernel(TargetChoice choice) {
    private static final String SWITCH = "CLOCK=";

    /** Opens it. If this event cannot be counted, throws and says what is missing. */
    OpenTarget open(Quantity event) throws LabException, InterruptedException {
        try {
            KernelImage image = image();
            CounterFitness fitness = fitness(image);
            String absent = fitness.absent(event);
            if (!absent.isEmpty()) {
                throw LabException.targetFailed(
                        "%s under KVM: %s".formatted(event.metric(), absent));
            }
            return new OpenTarget(
                    under(image, event),
                    image,
                    Optional.empty(),
                    "%s of the guest's processor under KVM: %s"
                            .formatted(event.metric(), fitness.trust().text()));
        } catch (IOException e) {
            throw TargetOpener.notOpened(choice.kernel(), e);
        }
    }

    /** Trust in its counts on this machine. */
    CounterFitness fitness() throws LabException, IOException, InterruptedException {
        return fitness(image());
    }

    private CounterFitness fitness(KernelImage image)
            throws LabException, IOException, InterruptedException {
        CounterFitness shown =
                CounterFitness.shown(choice.places().emulator(), image, choice.emulatorOptions());
        if (!(shown.counters() instanceof GuestCounters.Shown)) {
            return shown;
        }
        List<String> plain =
                choice.variant().stream().filter(value -> !value.startsWith(SWITCH)).toList();
        KernelImage uncounted = new KernelBuilder(exokernel()).build(plain);
        return CounterFitness.probe(
                under(image, Quantity.INSTRUCTIONS),
                new EmulatedKernel(choice, uncounted).target(Set.of()));
    }

    private QemuTarget under(KernelImage image, Quantity event)
            throws LabException, IOException, InterruptedException {
        return new EmulatedKernel(choice, image)
                .target(Set.of())
                .under(Accelerator.KVM, choice.processor())
                .counting(event);
    }

    private KernelImage image() throws IOException, InterruptedException {
        if (choice.kernel().isPresent()) {
            return KernelImage.readKernel(choice.kernel().get());
        }
        boolean chosen = choice.variant().stream().anyMatch(value -> value.startsWith(SWITCH));
        List<String> variant =
                chosen
                        ? choice.variant()
                        : Stream.concat(choice.variant().stream(), Stream.of(SWITCH + "counter"))
                                .toList();
        return new KernelBuilder(exokernel()).build(variant).of(Worktree.commitOf(exokernel()));
    }

    private Path exokernel() {
        return choice.places().exokernel();
    }
}
