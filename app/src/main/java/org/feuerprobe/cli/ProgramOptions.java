package org.feuerprobe.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.LibosBoot;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.linux.LinuxArchive;
import org.feuerprobe.linux.ProgramArchive;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A Linux program, what it finds, and the machine that it runs on. */
final class ProgramOptions {
    private static final int MEMORY = 256;

    @Parameters(
            arity = "1..*",
            paramLabel = "PROGRAM [ARG...]",
            hideParamSyntax = true,
            description =
                    "An x86-64 Linux program and its arguments: with --files, a path in DIR; otherwise a file of this machine, whose shared libraries are added.")
    List<String> words = new ArrayList<>();

    @Option(
            names = "--files",
            paramLabel = "DIR",
            description = "Folder that the program sees as / (default: only the program).")
    @Under(Section.INPUT)
    @Nullable Path files;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "File that the program reads on standard input (default: nothing).")
    @Under(Section.INPUT)
    @Nullable Path input;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "Variable of the program's environment (default: PATH). May be repeated.")
    @Under(Section.INPUT)
    List<String> variables = new ArrayList<>();

    @Option(
            names = "--memory",
            paramLabel = "MIB",
            description = "Memory of the machine in MiB (default: 256).")
    @Under(Section.TARGET)
    int memory = MEMORY;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description = "End the boot after this time (default: 120).")
    @Under(Section.TARGET)
    int limit = 120;

    /** Refuses limits that no boot can keep. */
    private void check() throws LabException {
        if (limit < 1) {
            throw LabException.wrongUse("--limit " + limit + ": want at least 1 second");
        }
        if (memory < 1) {
            throw LabException.wrongUse("--memory " + memory + ": want at least 1 MiB");
        }
    }

    /** A boot of this kernel. */
    LibosBoot boot(KernelImage image) {
        return new LibosBoot(
                Installation.places().emulator(), image, memory, Duration.ofSeconds(limit));
    }

    /** What the program finds, and what to run; a missing file is wrong use. */
    LinuxArchive archive() throws LabException, InterruptedException {
        check();
        return ProgramArchive.of(words, files, input, variables);
    }
}
