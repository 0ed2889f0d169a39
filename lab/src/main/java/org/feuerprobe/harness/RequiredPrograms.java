package org.feuerprobe.harness;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.guest.KernelBuilder;

/**
 * External programs that measurements need, whether they are installed, and which packages provide
 * them. They are searched like the system does, and not run.
 *
 * @param path folders, as in the variable {@code PATH}
 * @param root root of the system's files
 * @param emulator name or path of the emulator
 * @param needed programs that this installation needs; a release contains what a checkout has to
 *     build
 */
public record RequiredPrograms(String path, Path root, String emulator, Set<Program> needed) {
    /** A program that measurements need, and the package of Debian that provides it. */
    public enum Program {
        EMULATOR(
                "qemu-system-x86_64", "qemu-system-x86", "boots kernels: qemu, image, linux-guest"),
        COMPILER("gcc", "gcc", "builds the kernel, the plugin, the native core, Linux's probes"),
        LINKER("ld", "binutils", "links them"),
        MAKE("make", "make", "builds them"),
        HEADERS(
                "/usr/include/stdio.h",
                "libc6-dev",
                "the C library of the native core and the probes"),
        MAVEN("mvn", "maven", "builds feuerprobe itself: make build"),
        GIT("git", "git", "validate --against COMMIT, bisect, the commit in results");

        private final String file;
        private final String debian;
        private final String use;

        Program(String file, String debian, String use) {
            this.file = file;
            this.debian = debian;
            this.use = use;
        }
    }

    private static final Set<Program> BUILD =
            EnumSet.of(Program.COMPILER, Program.LINKER, Program.MAKE, Program.HEADERS);

    private static final Set<Program> CHECKOUT = EnumSet.of(Program.MAVEN, Program.GIT);

    public RequiredPrograms {
        needed = Set.copyOf(needed);
    }

    /** A program, whether it is here, what needs it, and the command that gets it. */
    public record Presence(String program, boolean present, String use, String command) {}

    static RequiredPrograms here(Places places) {
        return new RequiredPrograms(
                System.getenv().getOrDefault("PATH", ""),
                Path.of("/"),
                places.emulator(),
                needed(places));
    }

    /** In a release whose sources were changed, the compilers are needed again. */
    static Set<Program> needed(Places places) {
        EnumSet<Program> needed = EnumSet.allOf(Program.class);
        if (places.release()) {
            needed.removeAll(CHECKOUT);
        }
        if (new KernelBuilder(places.exokernel()).prebuilt()) {
            needed.removeAll(BUILD);
        }
        return needed;
    }

    boolean has(Program program) {
        if (program == Program.HEADERS) {
            return Files.isReadable(root.resolve(program.file.substring(1)));
        }
        String name = program == Program.EMULATOR ? emulator : program.file;
        return name.indexOf('/') >= 0
                ? executable(Path.of(name))
                : Arrays.stream(path.split(File.pathSeparator, -1))
                        .anyMatch(folder -> executable(Path.of(folder, name)));
    }

    private static boolean executable(Path file) {
        return Files.isExecutable(file) && !Files.isDirectory(file);
    }

    /** The missing ones of these programs, and the command that installs them; empty if none is. */
    Optional<String> lacking(Program... wanted) {
        List<Program> missing =
                Arrays.stream(wanted)
                        .filter(needed::contains)
                        .filter(program -> !has(program))
                        .toList();
        if (missing.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                "%s %s not here: apt-get install -y %s"
                        .formatted(
                                missing.stream()
                                        .map(program -> program.file)
                                        .collect(Collectors.joining(" and ")),
                                missing.size() == 1 ? "is" : "are",
                                missing.stream()
                                        .map(program -> program.debian)
                                        .collect(Collectors.joining(" "))));
    }

    /** All programs, for {@code doctor}. */
    List<Presence> rows() {
        List<Presence> rows = new ArrayList<>();
        for (Program program : Program.values()) {
            if (!needed.contains(program)) {
                continue;
            }
            rows.add(
                    new Presence(
                            program.file,
                            has(program),
                            program.use,
                            "apt-get install -y " + program.debian));
        }
        return rows;
    }
}
