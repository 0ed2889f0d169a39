package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.harness.BoundBisection;
import org.feuerprobe.harness.ChosenBounds;
import org.feuerprobe.harness.CountedBounds;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.report.BisectionText;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the commit that broke a bound. */
@Command(
        name = "bisect",
        description = "Find the commit that broke a bound; each step builds and boots a kernel.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe bisect v0.1 HEAD --bound cap_table_alloc/target --quick",
            "",
            "The working tree stays as it is. Exit status: 0 found, 2 wrong use,",
            "3 commits that cannot be built or decided are in the way."
        })
final class BisectCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "GOOD", description = "A commit that keeps the bound.")
    String good = "";

    @Parameters(index = "1", paramLabel = "BAD", description = "A later commit that breaks it.")
    String bad = "";

    @Option(
            names = "--bound",
            paramLabel = "ID",
            required = true,
            description = "The bound, such as cap_table_alloc/target (required).")
    @Under(Section.BOUNDS)
    String id = "";

    @Option(
            names = "--bounds",
            paramLabel = "FILE",
            description = "File of the bound (default: bounds/feuerbird.yaml as it is now).")
    @Under(Section.BOUNDS)
    @Nullable Path boundsFile;

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description = "Repository with the exokernel's history (default: this project).")
    @Under(Section.INPUT)
    @Nullable Path repository;

    @Option(names = "--json", description = "Print JSON instead of sentences.")
    @Under(Section.OUTPUT)
    boolean json;

    @Mixin TargetOptions target = new TargetOptions();

    @Mixin EffortOptions effortOptions = new EffortOptions();

    BisectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws LabException, InterruptedException {
        if (target.kernel != null || target.target.startsWith("linux")) {
            throw LabException.wrongUse("bisect builds each kernel: leave --kernel and linux out");
        }
        BoundBisection bisection =
                new BoundBisection(
                        repository == null ? Installation.path() : repository,
                        target.choice(),
                        effortOptions.choice(),
                        bound(),
                        (commit, left, answer, known, reason) ->
                                console.note(
                                        BisectionText.step(commit, left, answer, known, reason)));
        List<String> suspects = bisection.firstBad(good, bad);
        console.result(
                json
                        ? BisectionText.document(id, bisection, suspects)
                        : BisectionText.found(id, bisection, suspects));
        return suspects.size() == 1 ? ExitStatus.OK : ExitStatus.TARGET;
    }

    private Bound bound() throws LabException {
        Path file = Installation.bounds(boundsFile);
        return ChosenBounds.read(file, CountedBounds.units(target.unit), List.of())
                .bounds()
                .stream()
                .filter(bound -> bound.id().equals(id))
                .findFirst()
                .orElseThrow(() -> LabException.wrongUse("no bound '%s'".formatted(id)));
    }
}
