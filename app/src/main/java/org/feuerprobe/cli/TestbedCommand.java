package org.feuerprobe.cli;

import java.util.concurrent.Callable;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TestbedExamination;
import org.feuerprobe.report.TestbedDocument;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reports which machine this is, and which of its figures can be trusted. */
@Command(
        name = "testbed",
        description = "Report which machine this is, and which of its figures can be trusted.",
        footerHeading = "%nExamples:%n",
        footer = {"  feuerprobe testbed", "  feuerprobe testbed --json --cpu 1"})
final class TestbedCommand implements Callable<Integer> {
    private final Console console;

    @Mixin MachineOptions machine = new MachineOptions();

    @Option(
            names = "--noise",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Length of the noise probe; 0 leaves it out (default: ${DEFAULT-VALUE}).")
    @Under(Section.MEASUREMENT)
    int noiseSeconds = 2;

    TestbedCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        TestbedDocument document =
                new TestbedDocument(
                        TestbedExamination.of(
                                Installation.places(), machine.cpu, noiseSeconds, machine.meters));
        console.result(machine.json ? document.json() + "\n" : document.text(console.columns()));
        return ExitStatus.OK;
    }
}
