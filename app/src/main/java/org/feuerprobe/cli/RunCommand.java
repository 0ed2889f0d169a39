package org.feuerprobe.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.LibosBoot;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.linux.EndedProgram;
import org.feuerprobe.linux.LibosRun;
import org.feuerprobe.linux.LinuxArchive;
import org.feuerprobe.linux.ProgramArchive;
import org.feuerprobe.report.ProgramTable;
import org.feuerprobe.results.Documents;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs an unmodified Linux program on the LibOS. */
@Command(
        name = "run",
        description = "Run a Linux program on the exokernel's LibOS and count its system calls.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe run -- ./hello world",
            "  feuerprobe run --files root -- /bin/busybox ls -l /",
            "",
            "Exit status: the program's own, 128 + N after signal N;",
            "2 wrong use, 3 the boot failed; a message on stderr tells these two apart."
        })
final class RunCommand implements Callable<Integer> {
    private static final int MEMORY = 256;

    private final Console console;

    @Parameters(
            arity = "1..*",
            paramLabel = "PROGRAM [ARGUMENT...]",
            description =
                    "An x86-64 Linux program: a path in --files DIR, else a file of this machine, with its shared libraries; and its arguments.")
    List<String> words = new ArrayList<>();

    @Option(
            names = "--files",
            paramLabel = "DIR",
            description = "What the program finds under / (default: only itself).")
    @Under(Section.INPUT)
    @Nullable Path files;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "What it reads on its standard input (default: nothing).")
    @Under(Section.INPUT)
    @Nullable Path input;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "A variable of its environment; several are possible (default: PATH).")
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

    @Option(names = "--json", description = "Print JSON, with what the program printed in it.")
    @Under(Section.OUTPUT)
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only what the program prints.")
    @Under(Section.OUTPUT)
    boolean quiet;

    RunCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        if (limit < 1) {
            throw LabException.wrongUse("--limit " + limit + ": want at least 1 second");
        }
        if (memory < 1) {
            throw LabException.wrongUse("--memory " + memory + ": want at least 1 MiB");
        }
        LinuxArchive archive = ProgramArchive.of(words, files, input, variables);
        Places places = Installation.places();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            LibosBoot boot =
                    new LibosBoot(
                            places.emulator(),
                            new KernelBuilder(places.exokernel()).build(List.of()),
                            memory,
                            Duration.ofSeconds(limit));
            LibosRun run = LibosRun.of(boot, archive, !quiet, json ? printed : console.stream());
            if (!run.failure().isEmpty() || run.ended().isEmpty()) {
                throw LabException.targetFailed(failure(run));
            }
            return show(run.ended().getFirst(), printed.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }

    private static String failure(LibosRun run) {
        String last = run.log().strip().lines().reduce("", (_, line) -> line);
        return "the boot of the LibOS failed: %s%s"
                .formatted(
                        run.failure().isEmpty() ? "no program has ended" : run.failure(),
                        last.isEmpty() ? "" : "; the kernel's last line: " + last);
    }

    private int show(EndedProgram program, String printed) {
        if (json) {
            console.result(Documents.pretty(ProgramTable.document(program, printed)) + "\n");
        } else if (!quiet) {
            console.result(ProgramTable.text(program));
        }
        return program.status();
    }
}
