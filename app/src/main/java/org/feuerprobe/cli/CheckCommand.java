package org.feuerprobe.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.feuerprobe.exchange.ForeignData;
import org.feuerprobe.exchange.ForeignFormatException;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.results.DecisionDocument;
import org.feuerprobe.results.DescriptionDocument;
import org.feuerprobe.verdict.Decider;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.VerdictKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides bounds on data from anywhere: one JSON object a line in, one verdict a line out, in the
 * same order. Lines are decided in parallel; at most {@value #MOST_PENDING} of them and half the
 * characters of the longest line allowed wait at a time, so memory does not grow with the input.
 */
@Command(
        name = "check",
        description = "Decide bounds on data from elsewhere (JSON Lines), without a kernel.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  feuerprobe check data.jsonl --family",
            "  feuerprobe check gb.json --format google-benchmark --bound 'O(n log n)'",
            "",
            "Formats: docs/check.md, docs/exchange.md"
        })
final class CheckCommand implements Callable<Integer> {
    private static final int MOST_PENDING = 512;

    /** A million values with all their digits need 20 million characters. */
    private static final long LONGEST_LINE = 64_000_000;

    private static final long SHORTEST_LIMIT = 1_000_000;

    /** A line takes up to so many times its characters in bytes while it is read. */
    private static final long BYTES_A_CHARACTER = 16;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            defaultValue = "-",
            description = "data sets, one JSON object a line; - for standard input (the default)")
    private String file = "-";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "what the file is: jsonl (the default), google-benchmark, extra-p, extra-p-jsonl, csv")
    private String format = "jsonl";

    @Option(
            names = "--bound",
            paramLabel = "CLAIM",
            description = "the claim to decide on every data set of another tool's file")
    private String bound = "";

    @Option(names = "--json", description = "print one JSON object a line")
    private boolean json;

    @Option(
            names = "--summary",
            description = "with --json: summary statistics of every point, with intervals")
    private boolean summary;

    @Option(
            names = "--family",
            description =
                    "correct for the number of lines (Holm): at most 5 %% chance of any false VIOLATED")
    private boolean family;

    @Option(names = "--strict", description = "exit with status 4 where something is undecided")
    private boolean strict;

    private final Console console;
    private final InputStream standardInput;
    private final Decider decider = new Decider();
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
        try (BufferedReader reader = lines(open())) {
            CheckOutput output =
                    family ? new FamilyOutput(this::print) : new PlainOutput(this::print);
            try (output) {
                decideAll(reader, output);
                output.finish();
            }
            return status(output);
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

    /** Another tool's file becomes lines of ours; it is held in memory whole. */
    private BufferedReader lines(BufferedReader reader) throws IOException, LabException {
        if (format.equals("jsonl")) {
            return reader;
        }
        ForeignData.Format foreign =
                ForeignData.Format.of(format)
                        .orElseThrow(() ->
                                LabException.wrongUse(
                                        "unknown format '%s', want: jsonl, %s"
                                                .formatted(format, ForeignData.Format.words())));
        if (bound.isEmpty()) {
            throw LabException.wrongUse(
                    "--format " + format + " holds no claims: say one with --bound 'O(n)'");
        }
        try (reader) {
            return new BufferedReader(
                    new StringReader(
                            ForeignData.checkLines(foreign, reader.readAllAsString(), bound)));
        } catch (ForeignFormatException e) {
            throw LabException.wrongUse(file + ": " + e.getMessage());
        }
    }

    private BufferedReader open() throws LabException {
        if (file.equals("-")) {
            return new BufferedReader(
                    new InputStreamReader(standardInput, StandardCharsets.UTF_8), 1 << 16);
        }
        Path path = Path.of(file);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw LabException.wrongUse(
                    file + ": " + (Files.exists(path) ? "cannot be read" : "no such file"));
        }
        try {
            return new BufferedReader(
                    new InputStreamReader(Files.newInputStream(path), StandardCharsets.UTF_8),
                    1 << 16);
        } catch (IOException e) {
            throw LabException.wrongUse(file + ": " + e.getMessage());
        }
    }

    private void decideAll(BufferedReader reader, CheckOutput output)
            throws IOException, InterruptedException, LabException {
        int threads = Runtime.getRuntime().availableProcessors();
        LineReader lines = new LineReader(reader, longest);
        Deque<Pending> pending = new ArrayDeque<>();
        long waiting = 0;
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            try {
                for (LineReader.Line line = lines.next(); !line.end(); line = lines.next()) {
                    if (line.text().isBlank() && !line.tooLong()) {
                        continue;
                    }
                    LineReader.Line mine = line;
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
            CheckLine input = CheckLine.parse(line.text());
            Decision decision = decider.decide(input.claim(), input.data());
            double chance =
                    decision.kind() == VerdictKind.VIOLATED
                            ? 1 - decision.confidence().orElse(0.0)
                            : 1;
            Map<String, Object> fields = DecisionDocument.of(input.id(), decision, input.ignored());
            if (summary) {
                fields.put("summary", DescriptionDocument.points(input.data()));
            }
            return new CheckAnswer(fields, Optional.of(decision.kind()), chance);
        } catch (CheckLine.MalformedLineException | IllegalArgumentException e) {
            return malformed(line.number(), String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError | StackOverflowError e) {
            return malformed(line.number(), "too large to decide");
        }
    }

    private static CheckAnswer malformed(long number, String message) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("line", number);
        fields.put("error", message);
        return new CheckAnswer(fields, Optional.empty(), 1);
    }

    private void print(Map<String, Object> fields) {
        console.result((json ? mapper.writeValueAsString(fields) : plain(fields)) + "\n");
    }

    private static String plain(Map<String, Object> fields) {
        if (fields.containsKey("error")) {
            return "line %s: %s".formatted(fields.get("line"), fields.get("error"));
        }
        Object id = fields.get("id");
        Object confidence = fields.get("confidence");
        String sure =
                confidence instanceof Number number
                        ? String.format(
                                Locale.ROOT,
                                "%5.1f %%",
                                Math.floor(number.doubleValue() * 1000) / 10)
                        : "";
        return "%-20s %-12s %-14s %8s  %s"
                .formatted(
                        id == null ? "-" : String.valueOf(id).replace("\"", ""),
                        fields.get("verdict"),
                        fields.get("class") == null ? "" : fields.get("class"),
                        sure,
                        fields.get("reason"))
                .stripTrailing();
    }
}
