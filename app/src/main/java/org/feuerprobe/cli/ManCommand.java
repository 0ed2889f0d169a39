package org.feuerprobe.cli;

import java.util.concurrent.Callable;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.ManualPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the manual page. */
@Command(
        name = "man",
        description = "Print the manual page.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe man | man -l -",
            "  feuerprobe man > ~/.local/share/man/man1/feuerprobe.1"
        })
final class ManCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    ManCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.result(ManualPage.of(spec.root(), Installation.version()));
        return ExitStatus.OK;
    }
}
