package org.feuerprobe.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.feuerprobe.guest.LibosBoot;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.linux.EndedProgram;
import org.feuerprobe.linux.LibosRun;
import org.feuerprobe.linux.LinuxArchive;
import org.feuerprobe.report.ProgramTable;
import org.feuerprobe.results.Documents;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            "2 wrong use, 3 the boot failed: then a message on stderr says so."
        })
final class RunCommand implements Callable<Integer> {
    private final Console console;

    @Mixin ProgramOptions program = new ProgramOptions();

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
        LinuxArchive archive = program.archive();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            LibosBoot boot = program.boot(Installation.kernel());
            LibosRun run = LibosRun.of(boot, archive, !quiet, json ? printed : console.stream());
            if (!run.failure().isEmpty() || run.ended().isEmpty()) {
                throw LabException.targetFailed(run.problem());
            }
            return show(run.ended().getFirst(), printed.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }

    private int show(EndedProgram ended, String printed) {
        if (json) {
            console.result(Documents.pretty(ProgramTable.document(ended, printed)) + "\n");
        } else if (!quiet) {
            console.result(ProgramTable.text(ended));
        }
        return ended.status();
    }
}
