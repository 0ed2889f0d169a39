package org.feuerprobe.cli;

import java.util.concurrent.Callable;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TestbedExamination;
import org.feuerprobe.report.TestbedDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which machine is this, and which figures can be trusted on it? */
@Command(
        name = "testbed",
        description = "Tell which machine this is, and which of its figures can be trusted.",
        footerHeading = "%nExamples:%n",
        footer = {"  feuerprobe testbed", "  feuerprobe testbed --json --cpu 1"})
final class TestbedCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    @Option(
            names = "--cpu",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processor to look at (default: ${DEFAULT-VALUE}).")
    int cpu = 1;

    @Option(
            names = "--noise",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Length of the noise probe; 0 leaves it out (default: ${DEFAULT-VALUE}).")
    int noiseSeconds = 2;

    TestbedCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        TestbedDocument document =
                new TestbedDocument(TestbedExamination.of(Home.places(), cpu, noiseSeconds));
        console.result(json ? document.json() + "\n" : document.text(console.columns()));
        return ExitStatus.OK;
    }
}
