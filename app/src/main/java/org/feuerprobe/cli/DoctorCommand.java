package org.feuerprobe.cli;

import java.util.concurrent.Callable;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TestbedExamination;
import org.feuerprobe.report.TestbedDocument;
import org.feuerprobe.terminal.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reports what is missing for which metric, and how to get it. */
@Command(
        name = "doctor",
        description = "Report what is missing for which metric, and how to get it.",
        footerHeading = "%nExamples:%n",
        footer = {"  feuerprobe doctor"})
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Mixin MachineOptions machine = new MachineOptions();

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        TestbedDocument document =
                new TestbedDocument(
                        TestbedExamination.of(
                                Installation.places(), machine.cpu, 0, machine.meters));
        console.result(
                machine.json ? document.adviceJson() + "\n" : document.advice(console.columns()));
        return ExitStatus.OK;
    }
}
