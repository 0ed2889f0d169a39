package org.feuerprobe.timeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.profile.Profiler;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.trace.Answer;
import org.feuerprobe.trace.Trace;
import org.feuerprobe.trace.TraceQuery;

/**
 * What is to be traced, and how it is shown.
 *
 * @param name a benchmark or an operation; empty: all
 * @param folder where traces are written; only with a format
 */
public record TraceRequest(
        Optional<String> name,
        int samples,
        Optional<TraceQuery> query,
        Optional<TraceFormat> format,
        Optional<Path> folder,
        boolean json) {
    private static final int ROWS = 20;

    /** A request from the words of a command line; an error if they do not go together. */
    public static TraceRequest of(
            Optional<String> name,
            boolean all,
            int samples,
            Optional<String> query,
            Optional<String> format,
            Optional<Path> folder,
            boolean json)
            throws LabException {
        if (name.isPresent() == all) {
            throw LabException.wrongUse(
                    "trace: name an operation or a benchmark, or ask for --all");
        }
        if (samples < 1) {
            throw LabException.wrongUse("--samples %d: want 1 or more".formatted(samples));
        }
        Optional<TraceFormat> written = known(format);
        if (folder.isPresent() && written.isEmpty()) {
            throw LabException.wrongUse(
                    "--out: name what to write, with --format " + TraceFormat.words());
        }
        if (folder.isEmpty() && written.isPresent()) {
            TraceFiles.requireText(written.get());
            if (all || json || query.isPresent()) {
                throw LabException.wrongUse(
                        "--format with --all, --query or --json: name a folder with --out");
            }
        }
        return new TraceRequest(name, samples, asked(query), written, folder, json);
    }

    private static Optional<TraceQuery> asked(Optional<String> word) throws LabException {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Optional<TraceQuery> query = TraceQuery.named(word.get());
        if (query.isEmpty()) {
            throw LabException.wrongUse(
                    "--query %s: want one of %s".formatted(word.get(), TraceQuery.words()));
        }
        return query;
    }

    private static Optional<TraceFormat> known(Optional<String> word) throws LabException {
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Optional<TraceFormat> format = TraceFormat.of(word.get());
        if (format.isEmpty()) {
            throw LabException.wrongUse(
                    "--format %s: want one of %s".formatted(word.get(), TraceFormat.words()));
        }
        return format;
    }

    /** The points to trace, one for each benchmark. */
    public List<PlanEntry> entries(List<Benchmark> catalogue, Map<String, Long> chosen)
            throws LabException {
        List<PlanEntry> entries = new ArrayList<>();
        List<Benchmark> found =
                name.isPresent()
                        ? List.of(Profiler.find(catalogue, name.get()).getFirst())
                        : catalogue;
        for (Benchmark benchmark : found) {
            entries.add(Profiler.at(benchmark, chosen, samples));
        }
        return entries;
    }

    /** Whether traces are written to a folder. */
    public boolean writes() {
        return folder.isPresent();
    }

    /** What is printed. */
    public String show(PlanEntry entry, Trace trace) throws LabException {
        if (format.isPresent() && folder.isEmpty()) {
            return TraceFiles.text(trace, format.get());
        }
        Optional<Answer> answer = query.map(asked -> asked.of(trace));
        if (json) {
            return TraceDocument.of(entry, trace, answer) + "\n";
        }
        if (writes() && answer.isEmpty()) {
            return "";
        }
        String title = (entry.benchmark().name() + " " + Numbers.point(entry.parameters())).strip();
        return answer.map(known -> title + ": " + TraceText.of(known, ROWS))
                .orElseGet(() -> TraceText.summary(title, trace));
    }
}
