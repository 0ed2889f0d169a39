package org.feuerprobe.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.feuerprobe.guest.CacheGeometry;
import org.feuerprobe.guest.CacheModel;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.harness.ChosenBounds;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.linux.LinuxArchive;
import org.feuerprobe.report.WorkloadDocument;
import org.feuerprobe.report.WorkloadText;
import org.feuerprobe.results.Documents;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.feuerprobe.workload.Characterisation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds what kind of program a Linux program is. */
@Command(
        name = "characterise",
        description =
                "Describe what a Linux program does: instruction mix, working set, reuse of data, branches, phases, kernel operations.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe characterise -- ./sort 1000",
            "  feuerprobe characterise --out workload.json --files root -- /bin/busybox ls -l /",
            "",
            "Exit status: 0 done, 2 wrong use, 3 the boot failed."
        })
final class CharacteriseCommand implements Callable<Integer> {
    private final Console console;

    @Mixin ProgramOptions program = new ProgramOptions();

    @Option(
            names = "--bounds",
            paramLabel = "FILE",
            description =
                    "Bounds file with claims about the kernel operations (default: bounds/feuerbird.yaml).")
    @Under(Section.BOUNDS)
    @Nullable Path bounds;

    @Option(names = "--out", paramLabel = "FILE", description = "Also write all figures as JSON.")
    @Under(Section.OUTPUT)
    @Nullable Path out;

    @Option(names = "--json", description = "Print all figures as JSON instead of a summary.")
    @Under(Section.OUTPUT)
    boolean json;

    CharacteriseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        LinuxArchive archive = program.archive();
        Places places = Installation.places();
        try {
            KernelImage image = Installation.kernel();
            Characterisation found =
                    Characterisation.of(
                            program.boot(image),
                            image,
                            CacheModel.build(places.plugin(), CacheGeometry.host()),
                            archive,
                            ChosenBounds.read(Installation.bounds(bounds), Set.of(), List.of())
                                    .bounds(),
                            new ByteArrayOutputStream());
            String document = Documents.pretty(WorkloadDocument.of(found, program.words)) + "\n";
            if (out != null) {
                Output.write(console, out, document);
            }
            console.result(json ? document : WorkloadText.of(found));
            return ExitStatus.OK;
        } catch (IOException e) {
            throw LabException.targetFailed(String.valueOf(e.getMessage()));
        }
    }
}
