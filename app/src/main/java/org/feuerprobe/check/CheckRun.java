package org.feuerprobe.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.feuerprobe.results.DecisionDocument;
import org.feuerprobe.results.DescriptionDocument;
import org.feuerprobe.verdict.Decider;
import org.feuerprobe.verdict.Decision;
import org.feuerprobe.verdict.VerdictKind;

/**
 * Decides data sets in parallel, and hands on the answers in their order. At most {@value
 * #MOST_PENDING} lines wait at a time, and about half the characters of the longest permitted line,
 * so memory does not grow with the input.
 *
 * @param bound the claim for lines without one; may be empty
 * @param summary whether answers hold summary statistics of every point
 * @param closed whether nobody reads the answers any more, since the input may be endless
 */
public record CheckRun(Decider decider, String bound, boolean summary, BooleanSupplier closed) {
    private static final int MOST_PENDING = 512;

    /** A million values with all their digits need 20 million characters. */
    private static final long LONGEST_LINE = 64_000_000;

    private static final long SHORTEST_LIMIT = 1_000_000;

    /** Upper limit on the bytes that a character of a line takes while the line is read. */
    private static final long BYTES_A_CHARACTER = 16;

    private record Pending(Future<CheckAnswer> answer, long characters) {}

    private static int longest() {
        return (int)
                Math.clamp(
                        Runtime.getRuntime().maxMemory() / BYTES_A_CHARACTER,
                        SHORTEST_LIMIT,
                        LONGEST_LINE);
    }

    /** Decides all of them, and prints the answers in their order. */
    public void decideAll(List<CheckInput.Entry> entries, CheckOutput output)
            throws IOException, InterruptedException, ExecutionException {
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

    /** Decides every line, and prints the answers in their order; returns whether there was one. */
    public boolean decideAll(BufferedReader reader, CheckOutput output)
            throws IOException, InterruptedException, ExecutionException {
        int longest = longest();
        LineReader lines = new LineReader(reader, longest);
        Deque<Pending> pending = new ArrayDeque<>();
        long waiting = 0;
        boolean any = false;
        try (ExecutorService workers = workers()) {
            try {
                for (LineReader.Line line = lines.next();
                        !line.end() && !closed.getAsBoolean(); // input may be endless
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
        return any;
    }

    private static long take(Deque<Pending> pending, CheckOutput output)
            throws InterruptedException, ExecutionException, IOException {
        Pending first = pending.remove();
        output.accept(first.answer().get());
        return first.characters();
    }

    private CheckAnswer decide(LineReader.Line line) {
        return line.tooLong()
                ? malformed(line.number(), "longer than " + longest() + " characters")
                : decide(line.number(), () -> CheckLine.parse(line.text(), bound));
    }

    private CheckAnswer decide(CheckInput.Entry entry) {
        return entry.line().isEmpty()
                ? malformed(entry.id(), entry.error())
                : decide(entry.id(), () -> entry.line().get());
    }

    /** What gives a data set and its claim. */
    private interface Source {
        CheckLine line() throws CheckLine.MalformedLineException;
    }

    private CheckAnswer decide(Object place, Source source) {
        try {
            return decide(source.line());
        } catch (CheckLine.MalformedLineException | IllegalArgumentException e) {
            return malformed(place, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError | StackOverflowError e) {
            return malformed(place, "too large to decide");
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
}
