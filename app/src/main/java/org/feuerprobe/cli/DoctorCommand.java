package org.feuerprobe.cli;

import java.util.concurrent.Callable;
import org.feuerprobe.report.TestbedDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin private TargetCpu where = new TargetCpu();

    DoctorCommand(Console console) {
        this.console = console;
    }

    /** The processor to look at. */
    static final class TargetCpu {
        @Option(
                names = "--cpu",
                paramLabel = "N",
                defaultValue = "1",
                description = "Processor to look at (default: ${DEFAULT-VALUE}).")
        int cpu = 1;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        TestbedCommand testbed = new TestbedCommand(console);
        testbed.cpu = where.cpu;
        testbed.noiseSeconds = 0;
        TestbedDocument document = testbed.examine();
        console.result(json ? document.adviceJson() + "\n" : document.advice(console.columns()));
        return ExitStatus.OK;
    }
}
