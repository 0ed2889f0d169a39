package org.feuerprobe.cli;

import java.util.concurrent.Callable;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TestbedExamination;
import org.feuerprobe.report.TestbedDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What is missing for which metric, and how is it had? */
@Command(
        name = "doctor",
        description = "Tell what is missing for which metric, and how to get it.",
        footerHeading = "%nExamples:%n",
        footer = {"  feuerprobe doctor"})
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print JSON instead of text.")
    boolean json;

    @Option(
            names = "--cpu",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processor to look at (default: ${DEFAULT-VALUE}).")
    int cpu = 1;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        TestbedDocument document =
                new TestbedDocument(TestbedExamination.of(Home.places(), cpu, 0));
        console.result(json ? document.adviceJson() + "\n" : document.advice(console.columns()));
        return ExitStatus.OK;
    }
}
