package org.feuerprobe.cli;

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
import org.feuerprobe.guest.VariantException;
import org.feuerprobe.guest.Worktree;
import org.feuerprobe.plan.Reading;
import org.feuerprobe.probe.GuestCounters;

/**
 * The exokernel that counts events of its processor, under KVM: built so ({@code CLOCK=counter})
 * unless an image or another {@code CLOCK} was named, and believed only where its counts of some
 * operations are what the emulator counts of the kernel without counters.
 */
record CountingKernel(TargetOptions options) {
    private static final String SWITCH = "CLOCK=";

    /** Throws, with what is missing, where this event cannot be counted. */
    OpenTarget open(Reading event) throws CommandException, InterruptedException {
        try {
            KernelImage image = image();
            CounterFitness fitness = fitness(image);
            String absent = fitness.absent(event);
            if (!absent.isEmpty()) {
                throw new CommandException(
                        ExitStatus.TARGET, "%s under KVM: %s".formatted(event.metric(), absent));
            }
            return new OpenTarget(
                    under(image, event),
                    image,
                    Optional.empty(),
                    "%s of the guest's processor under KVM: %s"
                            .formatted(event.metric(), fitness.text()));
        } catch (IOException e) {
            boolean wrongUse = options.kernel != null || e instanceof VariantException;
            throw new CommandException(
                    wrongUse ? ExitStatus.USAGE : ExitStatus.TARGET,
                    String.valueOf(e.getMessage()));
        }
    }

    /** Whether its counts can be believed here. */
    CounterFitness fitness() throws CommandException, IOException, InterruptedException {
        return fitness(image());
    }

    private CounterFitness fitness(KernelImage image)
            throws CommandException, IOException, InterruptedException {
        CounterFitness shown =
                CounterFitness.shown(TargetOptions.emulator(), image, options.extra());
        if (!(shown.counters() instanceof GuestCounters.Shown)) {
            return shown;
        }
        List<String> plain =
                options.variant.stream().filter(value -> !value.startsWith(SWITCH)).toList();
        KernelImage uncounted = new KernelBuilder(exokernel()).build(plain);
        return CounterFitness.probe(
                under(image, Reading.INSTRUCTIONS),
                new EmulatedKernel(options, uncounted).target(Set.of()));
    }

    private QemuTarget under(KernelImage image, Reading event)
            throws CommandException, IOException, InterruptedException {
        return new EmulatedKernel(options, image)
                .target(Set.of())
                .under(Accelerator.KVM, options.core())
                .counting(event);
    }

    private KernelImage image() throws IOException, InterruptedException {
        if (options.kernel != null) {
            return KernelImage.read(options.kernel);
        }
        boolean chosen = options.variant.stream().anyMatch(value -> value.startsWith(SWITCH));
        List<String> variant =
                chosen
                        ? options.variant
                        : Stream.concat(options.variant.stream(), Stream.of(SWITCH + "counter"))
                                .toList();
        return new KernelBuilder(exokernel()).build(variant).of(Worktree.commitOf(exokernel()));
    }

    private static Path exokernel() {
        return Home.path().resolve("exokernel");
    }
}
