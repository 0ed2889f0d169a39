package org.feuerprobe.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.feuerprobe.check.CheckAnswer;
import org.feuerprobe.check.CheckInput;
import org.feuerprobe.check.CheckLine;
import org.feuerprobe.check.CheckOutput;
import org.feuerprobe.check.FamilyOutput;
import org.feuerprobe.check.LineReader;
import org.feuerprobe.check.PlainOutput;
import org.feuerprobe.harness.Glob;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MostGrowth;
import org.feuerprobe.report.CheckedLine;
import org.feuerprobe.results.DecisionDocument;
import org.feuerprobe.results.DescriptionDocument;
import org.feuerprobe.terminal.Console;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.feuerprobe.verdict.Decider;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.VerdictKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides bounds on any data. It reads one JSON object per line, and prints one verdict per line in
 * the same order. Lines are decided in parallel. At most {@value #MOST_PENDING} lines wait at a
 * time, and about half the characters of the longest permitted line, so memory does not grow with
 * the input.
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
    private static final int MOST_PENDING = 512;

    /** A million values with all their digits need 20 million characters. */
    private static final long LONGEST_LINE = 64_000_000;

    private static final long SHORTEST_LIMIT = 1_000_000;

    /** Upper limit on the bytes that a character of a line takes while the line is read. */
    private static final long BYTES_A_CHARACTER = 16;

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
            description = "Claim to decide on every data set that makes none itself.")
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

    @Option(
            names = "--strict",
            description = "Exit with 4 if a bound is neither kept nor VIOLATED.")
    @Under(Section.JUDGEMENT)
    private boolean strict;

    private final Console console;
    private final InputStream standardInput;
    private Decider decider = new Decider();
    private final int longest =
            (int)
                    Math.clamp(
                            Runtime.getRuntime().maxMemory() / BYTES_A_CHARACTER,
                            SHORTEST_LIMIT,
                            LONGEST_LINE);
    private final JsonMapper mapper = JsonMapper.builder().build();

    CheckCommand(Console console, InputStream standardInput) {
        this.console = console;
        this.standardInput = standardInput;
    }

    private record Pending(Future<CheckAnswer> answer, long characters) {}

    @Override
    public Integer call() throws Exception {
        decider = new Decider(MostGrowth.share(mostGrowth));
        CheckInput.Found found = open();
        CheckOutput output = family ? new FamilyOutput(this::print) : new PlainOutput(this::print);
        try (output) {
            switch (found) {
                case CheckInput.Found.Lines lines -> {
                    try (BufferedReader reader = lines.reader()) {
                        decideAll(reader, output);
                    }
                }
                case CheckInput.Found.Sets sets -> decideAll(sets.entries(), output);
            }
            output.finish();
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

    private void decideAll(List<CheckInput.Entry> entries, CheckOutput output)
            throws IOException, InterruptedException, LabException {
        Deque<Pending> pending = new ArrayDeque<>();
        try (ExecutorService workers = workers()) {
            try {
                for (CheckInput.Entry entry : entries) {
                    pending.add(new Pending(workers.submit(() -> decide(entry)), 0));
                }
                while (!pending.isEmpty()) {
                    take(pending, output);
                }
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private static ExecutorService workers() {
        return Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    }

    private void decideAll(BufferedReader reader, CheckOutput output)
            throws IOException, InterruptedException, LabException {
        LineReader lines = new LineReader(reader, longest);
        Deque<Pending> pending = new ArrayDeque<>();
        long waiting = 0;
        boolean any = false;
        try (ExecutorService workers = workers()) {
            try {
                for (LineReader.Line line = lines.next();
                        !line.end() && !console.broken(); // input may be endless
                        line = lines.next()) {
                    if (line.text().isBlank() && !line.tooLong()) {
                        continue;
                    }
                    LineReader.Line mine = line;
                    any = true;
                    pending.add(
                            new Pending(workers.submit(() -> decide(mine)), line.text().length()));
                    waiting += line.text().length();
                    while (pending.size() >= MOST_PENDING
                            || (waiting > longest / 2 && !pending.isEmpty())) {
                        waiting -= take(pending, output);
                    }
                }
                while (!pending.isEmpty()) {
                    take(pending, output);
                }
            } finally {
                workers.shutdownNow();
            }
        }
        if (!any) {
            throw LabException.wrongUse(files.getFirst() + ": empty: there is nothing to decide");
        }
    }

    private static long take(Deque<Pending> pending, CheckOutput output)
            throws InterruptedException, LabException, IOException {
        Pending first = pending.remove();
        try {
            output.accept(first.answer().get());
        } catch (ExecutionException e) {
            throw LabException.targetFailed(
                    "internal error while deciding a line: " + e.getCause());
        }
        return first.characters();
    }

    private CheckAnswer decide(LineReader.Line line) {
        if (line.tooLong()) {
            return malformed(line.number(), "longer than " + longest + " characters");
        }
        try {
            return decide(CheckLine.parse(line.text(), bound));
        } catch (CheckLine.MalformedLineException | IllegalArgumentException e) {
            return malformed(line.number(), String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError | StackOverflowError e) {
            return malformed(line.number(), "too large to decide");
        }
    }

    private CheckAnswer decide(CheckInput.Entry entry) {
        if (entry.line().isEmpty()) {
            return malformed(entry.id(), entry.error());
        }
        try {
            return decide(entry.line().get());
        } catch (IllegalArgumentException e) {
            return malformed(entry.id(), String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError | StackOverflowError e) {
            return malformed(entry.id(), "too large to decide");
        }
    }

    private CheckAnswer decide(CheckLine input) {
        Decision decision =
                input.open().isEmpty()
                        ? decider.decide(input.claim(), input.data())
                        : Decision.open(input.open());
        double chance =
                decision.kind() == VerdictKind.VIOLATED ? 1 - decision.confidence().orElse(0.0) : 1;
        Map<String, Object> fields = DecisionDocument.of(input.id(), decision, input.notes());
        fields.put("metric", input.data().metric());
        if (summary) {
            fields.put("summary", DescriptionDocument.points(input.data()));
        }
        return new CheckAnswer(fields, Optional.of(decision.kind()), chance);
    }

    /**
     * Answers a malformed line. The {@code place} is the number of the line, or the name of a data
     * set.
     */
    private static CheckAnswer malformed(Object place, String message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(place instanceof Long ? "line" : "id", place);
        fields.put("error", message);
        return new CheckAnswer(fields, Optional.empty(), 1);
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
