package org.feuerprobe.kit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.feuerprobe.guest.Machine;

/** The CI templates of {@code docs/ci}, filled with the kit's paths, command and packages. */
record CiFiles(Path templates, Machine machine, Path folder) {
    static final List<String> NAMES = List.of("github.yml", "gitlab.yml");

    private static final String BUILD = "make build/kernel.elf";
    private static final String KERNEL = "build/kernel.elf";
    private static final String BOUNDS = "--bounds bounds.yaml";
    private static final String EMULATOR = "qemu-system-x86 ";
    private static final String COMPILERS = "gcc libc6-dev make";

    String text(String name) throws IOException {
        String inside = inside();
        String packages =
                String.join(
                        " ",
                        machine.debianPackage(),
                        "make",
                        Toolchain.of(machine).debianPackage(),
                        "binutils ");
        return Files.readString(templates.resolve(name))
                .replace(BUILD, inside.isEmpty() ? "make" : "make -C " + inside)
                .replace("--kernel " + KERNEL, "--kernel " + within(inside, KERNEL) + naming())
                .replace(BOUNDS, "--bounds " + within(inside, "bounds.yaml"))
                .replace(" " + COMPILERS, "")
                .replace(EMULATOR, packages);
    }

    private String naming() {
        return NewKernel.chosen(machine) ? "" : " --machine " + machine.word();
    }

    private static String within(String folder, String file) {
        return folder.isEmpty() ? file : folder + "/" + file;
    }

    /** Path of the folder inside its git repository; empty for the repository's root. */
    private String inside() {
        Path here = folder.toAbsolutePath().normalize();
        for (Path root = here; root != null; root = root.getParent()) {
            if (Files.exists(root.resolve(".git"))) {
                return root.relativize(here).toString();
            }
        }
        return "";
    }
}
