package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.target.KernelBuilder;
import org.feuerprobe.target.KernelImage;
import org.feuerprobe.target.QemuLimits;
import org.feuerprobe.target.QemuTarget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which kernel is booted, and how long it may take. */
final class TargetOptions {
    @Option(
            names = "--target",
            paramLabel = "TARGET",
            defaultValue = "qemu",
            description = "Where to measure: qemu (the default).")
    String target = "qemu";

    @Option(
            names = "--variant",
            paramLabel = "NAME=VALUE",
            description =
                    "Build and boot a variant of the exokernel, such as CAP_ALLOC=scan. May be repeated.")
    List<String> variant = new ArrayList<>();

    @Option(
            names = "--kernel",
            paramLabel = "FILE",
            description = "Boot this image; nothing is built.")
    @Nullable Path kernel;

    @Option(
            names = "--boot-limit",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "Give a boot up after this long (default: ${DEFAULT-VALUE}).")
    int bootLimit = 120;

    @Option(
            names = "--append",
            hidden = true,
            paramLabel = "TEXT",
            description = "Kernel command line.")
    String append = "";

    /** Builds or reads the image. */
    KernelImage image() throws CommandException, InterruptedException {
        if (!target.equals("qemu")) {
            throw new CommandException(
                    ExitStatus.USAGE, "unknown target '" + target + "', want: qemu");
        }
        if (kernel != null && !variant.isEmpty()) {
            throw new CommandException(
                    ExitStatus.USAGE, "--kernel boots an image as it is: leave --variant out");
        }
        if (bootLimit < 1) {
            throw new CommandException(
                    ExitStatus.USAGE, "--boot-limit " + bootLimit + ": want at least 1 second");
        }
        try {
            return kernel != null
                    ? KernelImage.read(kernel)
                    : new KernelBuilder(Home.path().resolve("exokernel")).build(variant);
        } catch (IOException e) {
            int status = kernel != null ? ExitStatus.USAGE : ExitStatus.TARGET;
            throw new CommandException(status, String.valueOf(e.getMessage()));
        }
    }

    QemuTarget open(KernelImage image) {
        QemuLimits limits =
                new QemuLimits(
                        QemuLimits.DEFAULT.stall(),
                        Duration.ofSeconds(bootLimit),
                        QemuLimits.DEFAULT.serialBytes());
        List<String> extra = append.isEmpty() ? List.of() : List.of("-append", append);
        return new QemuTarget(emulator(), image, 2, limits, extra, (_, _) -> {});
    }

    /** The emulator's program; {@code FEUERPROBE_QEMU} names another. */
    static String emulator() {
        return System.getenv().getOrDefault("FEUERPROBE_QEMU", "qemu-system-x86_64");
    }
}
