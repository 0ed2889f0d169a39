package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.feuerprobe.timeline.TraceFiles;
import org.feuerprobe.timeline.TraceRequest;
import org.feuerprobe.trace.Trace;
import org.feuerprobe.trace.Tracer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what happened when in a kernel that notes it. */
@Command(
        name = "trace",
        description = "Show what happened when: system calls, messages, switches, faults.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe trace exo_call",
            "  feuerprobe trace exo_call --query requests",
            "  feuerprobe trace exo_call --format text",
            "  feuerprobe trace exo_call --format perfetto --out traces",
            "  feuerprobe trace --all --format ctf --out traces",
            "",
            "Exit status: 0 done, 2 wrong use, 3 a boot failed or lost events."
        })
final class TraceCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "OPERATION",
            description = "An operation or a benchmark, as bench --list shows them.")
    @Nullable String name;

    @Option(names = "--all", description = "Trace every benchmark.")
    @Under(Section.MEASUREMENT)
    boolean all;

    @Mixin PointOption point = new PointOption();

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "4",
            description = "Operations that the trace shows (default: ${DEFAULT-VALUE}).")
    @Under(Section.MEASUREMENT)
    int samples = Tracer.SAMPLES;

    @Option(
            names = "--ring",
            paramLabel = "N",
            defaultValue = "16",
            description =
                    "Each processor keeps 2^N events, from 2^8 to 2^20 (default: ${DEFAULT-VALUE}).")
    @Under(Section.MEASUREMENT)
    int ring = Tracer.RING;

    @Option(
            names = "--query",
            paramLabel = "QUERY",
            description = "Answer a question: waits, blocked, messages, requests or environments.")
    @Under(Section.OUTPUT)
    @Nullable String query;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Write the trace: text, chrome, perfetto or ctf.")
    @Under(Section.OUTPUT)
    @Nullable String format;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "With --format: the folder to write to.")
    @Under(Section.OUTPUT)
    @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object for each trace.")
    @Under(Section.OUTPUT)
    boolean json;

    @Mixin TargetOptions target = new TargetOptions();

    TraceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        TraceRequest request =
                TraceRequest.of(
                        Optional.ofNullable(name),
                        all,
                        samples,
                        Optional.ofNullable(query),
                        Optional.ofNullable(format),
                        Optional.ofNullable(out),
                        json);
        Tracer tracer = Tracer.open(target.choice(), ring);
        List<PlanEntry> entries = request.entries(tracer.catalogue(), point.values());
        for (PlanEntry entry : entries) {
            Trace trace = tracer.trace(entry);
            if (request.writes()) {
                Path file = TraceFiles.write(request, entry, trace);
                console.note("written: " + Places.shown(file.toAbsolutePath()));
            }
            console.result(request.show(entry, trace));
        }
        return ExitStatus.OK;
    }
}
