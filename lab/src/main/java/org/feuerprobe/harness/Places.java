package org.feuerprobe.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Locations of the project's files, and the emulator that boots kernels.
 *
 * @param home folder of the project
 * @param emulator name or path of the emulator
 */
public record Places(Path home, String emulator) {
    /** Whether this is an unpacked release, and no checkout. */
    public boolean release() {
        return Files.exists(home.resolve("lib/feuerprobe.jar"));
    }

    /** Sources of the kernel. */
    public Path exokernel() {
        return home.resolve("exokernel");
    }

    /** Sources of the emulator's plugin. */
    public Path plugin() {
        return home.resolve("plugin");
    }

    /** The probe that any kernel may copy. */
    public Path serialProbe() {
        return home.resolve("probe/serial");
    }

    /** Templates for continuous integration. */
    public Path ci() {
        return home.resolve("docs/ci");
    }

    /** Programs that measure Linux, for comparison with the kernel. */
    public Path peers() {
        return home.resolve("peers");
    }

    /** Published facts about processors. */
    public Path cpus() {
        return home.resolve("cpus");
    }

    /** Bounds of this project's kernel. */
    public Path bounds() {
        return home.resolve("bounds/feuerbird.yaml");
    }

    /** Figures that others have published. */
    public Path anchors() {
        return home.resolve("anchors");
    }

    /** The path as a user would type it: relative where that is shorter. */
    public static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(here)
                ? here.relativize(absolute).toString()
                : absolute.toString();
    }
}
