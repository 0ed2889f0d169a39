package org.feuerprobe.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project lies: the launcher says so in the property {@code feuerprobe.home}. */
final class Home {
    private Home() {}

    static Path path() {
        return Path.of(System.getProperty("feuerprobe.home", ".")).toAbsolutePath().normalize();
    }

    /** Where results go: into a checkout, but not into an installed release. */
    static Path results() {
        boolean installed = Files.exists(path().resolve("lib/feuerprobe.jar"));
        return (installed ? Path.of("").toAbsolutePath() : path()).resolve("results");
    }

    /** Version of the program, from its jar. */
    static String version() {
        String version = Home.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The path as a user would type it: relative where that is shorter. */
    static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(here)
                ? here.relativize(absolute).toString()
                : absolute.toString();
    }
}
