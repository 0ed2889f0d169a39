package org.feuerprobe.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.feuerprobe.report.TestbedDocument;

/**
 * Which of the programs that the measurements take are here, and how are the others had? Looked for
 * where the system looks for them, and never run.
 *
 * @param path folders, as in the variable of that name
 * @param root of the system's files
 */
record Programs(String path, Path root) {
    /** What a measurement takes, and which package of Debian holds it. */
    enum Program {
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

    static Programs here() {
        return new Programs(System.getenv().getOrDefault("PATH", ""), Path.of("/"));
    }

    boolean has(Program program) {
        if (program == Program.HEADERS) {
            return Files.isReadable(root.resolve(program.file.substring(1)));
        }
        String name = program == Program.EMULATOR ? TargetOptions.emulator() : program.file;
        return name.indexOf('/') >= 0
                ? executable(Path.of(name))
                : Arrays.stream(path.split(File.pathSeparator, -1))
                        .anyMatch(folder -> executable(Path.of(folder, name)));
    }

    private static boolean executable(Path file) {
        return Files.isExecutable(file) && !Files.isDirectory(file);
    }

    /** What is not here of these, and the command that gets it; empty where all are. */
    Optional<String> lacking(Program... wanted) {
        List<Program> missing = Arrays.stream(wanted).filter(program -> !has(program)).toList();
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

    /** All of them, for {@code doctor}. */
    List<TestbedDocument.Program> rows() {
        List<TestbedDocument.Program> rows = new ArrayList<>();
        for (Program program : Program.values()) {
            rows.add(
                    new TestbedDocument.Program(
                            program.file,
                            has(program),
                            program.use,
                            "apt-get install -y " + program.debian));
        }
        return rows;
    }
}
