package org.feuerprobe.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.feuerprobe.check.CheckInput;
import org.feuerprobe.check.CheckOutput;
import org.feuerprobe.check.CheckRun;
import org.feuerprobe.check.FamilyOutput;
import org.feuerprobe.check.PlainOutput;
import org.feuerprobe.harness.Glob;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MostGrowth;
import org.feuerprobe.report.CheckedLine;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.feuerprobe.verdict.Decider;
import org.feuerprobe.verdict.VerdictKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides bounds on any data. It reads one JSON object per line, or the results of another tool,
 * and prints one verdict per line in the same order.
 */
@Command(
        name = "check",
        description = "Decide bounds on data from elsewhere, without a kernel.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe check data.jsonl --family",
            "  feuerprobe check gb.json --bound 'O(n log n)'",
            "  feuerprobe check boot1.csv boot2.csv --bound 'O(n) cycles' --value cost --only 'sort*'",
            "",
            "Formats: docs/check.md, docs/exchange.md"
        })
final class CheckCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            defaultValue = "-",
            description =
                    "Data sets, or another tool's results; several files are several boots; - is standard input (default).")
    private List<String> files = List.of("-");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "Format of the files (default: guessed): jsonl, google-benchmark, jmh, hyperfine, cyclictest, rtla, sel4bench, extra-p, extra-p-json, extra-p-jsonl, csv.")
    @Under(Section.INPUT)
    private @Nullable String format;

    @Option(
            names = "--bound",
            paramLabel = "CLAIM",
            description = "Claim to decide on each data set that contains no claim.")
    @Under(Section.BOUNDS)
    private String bound = "";

    @Option(
            names = "--value",
            paramLabel = "COLUMN",
            description = "Column of a table with the values (default: found by its name).")
    @Under(Section.INPUT)
    private @Nullable String value;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            arity = "1..*",
            description = "Only data sets whose name matches.")
    @Under(Section.INPUT)
    private List<String> only = List.of();

    @Option(names = "--json", description = "Print one JSON object per line.")
    @Under(Section.OUTPUT)
    private boolean json;

    @Option(
            names = "--summary",
            description = "With --json: add summary statistics of every point, with intervals.")
    @Under(Section.OUTPUT)
    private boolean summary;

    @Option(
            names = "--family",
            description =
                    "Correct for the number of lines (Holm): at most 5 %% chance of any false VIOLATED.")
    @Under(Section.JUDGEMENT)
    private boolean family;

    @Option(
            names = "--most-growth",
            paramLabel = "PERCENT",
            description =
                    "Leave a growth claim undecided if the noise can hide faster growth of more than this share of the cost (default: it holds, and the reason gives the share).")
    @Under(Section.JUDGEMENT)
    private @Nullable Double mostGrowth;

    @Option(names = "--strict", description = "Exit with 4 if a claim is INCONCLUSIVE.")
    @Under(Section.JUDGEMENT)
    private boolean strict;

    private final Console console;
    private final InputStream standardInput;
    private final JsonMapper mapper = JsonMapper.builder().build();

    CheckCommand(Console console, InputStream standardInput) {
        this.console = console;
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() throws Exception {
        CheckRun run =
                new CheckRun(
                        new Decider(MostGrowth.share(mostGrowth)), bound, summary, console::broken);
        CheckInput.Found found = open();
        CheckOutput output = family ? new FamilyOutput(this::print) : new PlainOutput(this::print);
        try (output) {
            switch (found) {
                case CheckInput.Found.Lines lines -> {
                    try (BufferedReader reader = lines.reader()) {
                        if (!run.decideAll(reader, output)) {
                            throw LabException.wrongUse(
                                    files.getFirst() + ": empty: there is nothing to decide");
                        }
                    }
                }
                case CheckInput.Found.Sets sets -> run.decideAll(sets.entries(), output);
            }
            output.finish();
        } catch (ExecutionException e) {
            throw LabException.targetFailed(
                    "internal error while deciding a line: " + e.getCause());
        }
        return status(output);
    }

    private CheckInput.Found open() throws IOException, LabException {
        List<Glob> globs = only.stream().map(Glob::new).toList();
        try {
            return new CheckInput(
                            Optional.ofNullable(format),
                            bound,
                            Optional.ofNullable(value),
                            name ->
                                    globs.isEmpty()
                                            || globs.stream().anyMatch(g -> g.matches(name)))
                    .open(files, standardInput);
        } catch (CheckInput.UnreadableInputException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private int status(CheckOutput output) {
        if (output.malformed()) {
            return ExitStatus.USAGE;
        }
        if (output.seen(VerdictKind.VIOLATED)) {
            return ExitStatus.VIOLATED;
        }
        return strict && output.seen(VerdictKind.INCONCLUSIVE)
                ? ExitStatus.UNDECIDED
                : ExitStatus.OK;
    }

    private void print(Map<String, Object> fields) {
        console.result((json ? mapper.writeValueAsString(fields) : plain(fields)) + "\n");
    }

    private String plain(Map<String, Object> fields) {
        if (fields.containsKey("error")) {
            return fields.containsKey("line")
                    ? "line %s: %s".formatted(fields.get("line"), fields.get("error"))
                    : "%s: %s".formatted(fields.get("id"), fields.get("error"));
        }
        return CheckedLine.of(fields, !console.outIsTerminal());
    }
}
