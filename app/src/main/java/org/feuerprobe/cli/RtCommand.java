package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.realtime.SetFile;
import org.feuerprobe.realtime.Trial;
import org.feuerprobe.report.ScheduleText;
import org.feuerprobe.schedule.Policy;
import org.feuerprobe.schedule.TaskSet;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides whether a task set keeps its deadlines, and runs it. */
@Command(
        name = "rt",
        description = "Decide whether a set of real-time tasks keeps all deadlines.",
        footer = {
            "",
            "Exit status: 0 all deadlines are kept, 1 not all, 2 wrong use, 3 a boot failed.",
            "Format of the file: docs/real-time.md"
        })
final class RtCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "SET", description = "A file with tasks: YAML, or rt-app's *.json.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    Path file;

    @Option(
            names = "--policy",
            paramLabel = "fp|edf",
            description =
                    "For rt-app's files: the policy of tasks that name none with deadlines, such as SCHED_OTHER.")
    @Under(Section.INPUT)
    Optional<Policy> policy = Optional.empty();

    @Option(names = "--paper", description = "Only compute with the file's costs; boot nothing.")
    @Under(Section.TARGET)
    boolean paper;

    @Option(names = "--json", description = "Print JSON.")
    @Under(Section.OUTPUT)
    boolean json;

    RtCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        TaskSet set = SetFile.read(file, policy);
        Trial trial =
                paper ? Trial.onPaper(set) : Trial.of(set, Trial.machine(Installation.places()));
        console.result(ScheduleText.of(file.toString(), trial, json));
        return trial.kept() ? ExitStatus.OK : ExitStatus.VIOLATED;
    }
}
