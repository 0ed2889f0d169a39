package org.feuerprobe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.jspecify.annotations.Nullable;

/** The folder of the project or release, which the launcher names in {@code feuerprobe.home}. */
final class Installation {
    private Installation() {}

    static Path path() {
        return Path.of(System.getProperty("feuerprobe.home", ".")).toAbsolutePath().normalize();
    }

    /** The project's folders and the emulator, which {@code FEUERPROBE_QEMU} can replace. */
    static Places places() {
        return new Places(
                path(), System.getenv().getOrDefault("FEUERPROBE_QEMU", "qemu-system-x86_64"));
    }

    /**
     * The folder for results: in a checkout of the project, or in the current folder for a release.
     */
    static Path results() {
        return (places().release() ? Path.of("").toAbsolutePath() : path()).resolve("results");
    }

    /** The bounds file that an option names, or else FeuerBird's. */
    static Path bounds(@Nullable Path named) {
        return named == null ? places().bounds() : named;
    }

    /** The exokernel, built if it is not. */
    static KernelImage kernel() throws LabException, InterruptedException {
        try {
            return new KernelBuilder(places().exokernel()).build(List.of());
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }

    /** Version of the program, from its jar. */
    static String version() {
        String version = Installation.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
