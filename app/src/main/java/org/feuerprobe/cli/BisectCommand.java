package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.harness.Bisection;
import org.feuerprobe.harness.BoundBisection;
import org.feuerprobe.harness.ChosenBounds;
import org.feuerprobe.harness.CountedBounds;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.results.Documents;
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
                        this::tell);
        return print(bisection, bisection.firstBad(good, bad));
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

    private void tell(
            String commit, int left, Bisection.Answer answer, boolean known, String reason) {
        console.note(
                "%s%s %s%s: %s"
                        .formatted(
                                left == 0 ? "" : left + " left: ",
                                commit.substring(0, 12),
                                answer == Bisection.Answer.SKIP ? "skipped" : answer.name(),
                                known ? " (the same sources)" : "",
                                ForeignText.middle(first(reason), 120)));
    }

    private static String first(String text) {
        return ForeignText.prose(text.lines().findFirst().orElse(""));
    }

    private int print(BoundBisection bisection, List<String> suspects)
            throws LabException, InterruptedException {
        Map<String, String> reasons = bisection.reasons();
        boolean found = suspects.size() == 1;
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("schema", 1);
            document.put("bound", id);
            document.put("found", found);
            document.put("suspects", suspects);
            document.put("asked", reasons);
            console.result(Documents.pretty(document) + "\n");
            return found ? ExitStatus.OK : ExitStatus.TARGET;
        }
        console.result(
                found
                        ? "the first commit that breaks %s:\n".formatted(id)
                        : "the first commit that breaks %s is one of these; the others were skipped:\n"
                                .formatted(id));
        for (String commit : suspects) {
            console.result("  " + ForeignText.prose(bisection.summary(commit)) + "\n");
            String words = reasons.getOrDefault(commit, "");
            if (!words.isEmpty()) {
                console.result("    " + first(words) + "\n");
            }
        }
        return found ? ExitStatus.OK : ExitStatus.TARGET;
    }
}
