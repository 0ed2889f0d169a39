package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.feuerprobe.realtime.Trial;
import org.feuerprobe.results.Documents;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.schedule.Analysis;
import org.feuerprobe.schedule.Policy;
import org.feuerprobe.schedule.Task;
import org.jspecify.annotations.Nullable;

/** How is a task set shown, analysed and run: as a table, as JSON? */
public final class ScheduleText {
    private static final double HUNDREDTHS = 100.0;
    private static final double TENTHS = 10.0;

    private ScheduleText() {}

    /** Text, or one JSON document. */
    public static String of(String name, Trial trial, boolean json) {
        return json ? Documents.pretty(document(name, trial)) + "\n" : text(name, trial);
    }

    /** A sentence on the set, then a row for each task, then what the runs say. */
    private static String text(String name, Trial trial) {
        Analysis analysis = trial.analysis();
        List<List<String>> rows = new ArrayList<>();
        rows.add(head(trial));
        for (int i = 0; i < analysis.results().size(); i++) {
            rows.add(row(trial, i));
        }
        String costs =
                String.format(
                        Locale.ROOT,
                        "system: %,d per release, %,d per job, masked for at most %,d%n",
                        analysis.set().costs().release(),
                        analysis.set().costs().completion(),
                        analysis.set().costs().masked());
        return headline(name, analysis) + costs + TextTable.of(rows) + ran(trial);
    }

    private static List<String> head(Trial trial) {
        List<String> head = new ArrayList<>(List.of("task", "C", "T", "D", "J", "blocked"));
        if (trial.analysis().set().policy() == Policy.FP) {
            head.add(1, "priority");
        }
        head.addAll(List.of("response", "deadlines", "C may be"));
        if (trial.runs() > 0) {
            head.addAll(List.of("observed", "jobs", "missed"));
        }
        return head;
    }

    private static List<String> row(Trial trial, int place) {
        Analysis.Result result = trial.analysis().results().get(place);
        Task task = result.task();
        List<String> row =
                new ArrayList<>(
                        List.of(
                                task.name(),
                                number(task.cost()),
                                number(task.period()),
                                number(task.deadline()),
                                number(task.jitter()),
                                number(result.blocking()),
                                response(result.response()),
                                result.kept() ? "kept" : "NOT KEPT",
                                largest(result)));
        if (trial.analysis().set().policy() == Policy.FP) {
            row.add(1, number(task.priority().orElseThrow()));
        }
        if (trial.runs() > 0) {
            Trial.Observed seen = trial.tasks().get(place);
            row.addAll(
                    List.of(number(seen.response()), number(seen.jobs()), number(seen.misses())));
        }
        return row;
    }

    private static String ran(Trial trial) {
        if (trial.runs() == 0) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "%d runs of %,d instructions from different phasings, the critical instant among them: %s%n",
                trial.runs(),
                trial.horizon(),
                trial.refuted().isEmpty()
                        ? "no job took longer than computed"
                        : "jobs took longer than computed. Please report this defect of the analysis:\n  "
                                + String.join("\n  ", trial.refuted()));
    }

    private static String headline(String name, Analysis analysis) {
        return String.format(
                Locale.ROOT,
                "%s: %s%n%s, %s, %.2f %% of the processor%s%n",
                name,
                analysis.kept()
                        ? "SCHEDULABLE"
                        : "REFUSED" + (analysis.why().isEmpty() ? "" : ": " + analysis.why()),
                analysis.set().policy() == Policy.FP
                        ? "fixed priorities"
                        : "earliest deadline first",
                Numbers.counted(analysis.results().size(), "task"),
                analysis.set().share().hundredths() / HUNDREDTHS,
                analysis.assigned() ? "; priorities were assigned (Audsley)" : "");
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String response(OptionalLong response) {
        return response.isPresent() ? number(response.getAsLong()) : "no bound";
    }

    private static String largest(Analysis.Result result) {
        Optional<Long> slack = result.slackPermille();
        return slack.isEmpty()
                ? "no cost is small enough"
                : String.format(
                        Locale.ROOT,
                        "%,d (%+.1f %%)",
                        result.largest().orElseThrow(),
                        slack.get() / TENTHS);
    }

    /** The same as a document. */
    static Map<String, @Nullable Object> document(String name, Trial trial) {
        Analysis analysis = trial.analysis();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("set", name);
        document.put("policy", analysis.set().policy().name().toLowerCase(Locale.ROOT));
        document.put("schedulable", analysis.kept());
        document.put("why", analysis.why());
        document.put("prioritiesAssigned", analysis.assigned());
        document.put("sharePercent", analysis.set().share().hundredths() / HUNDREDTHS);
        document.put(
                "kernel",
                Map.of(
                        "release", analysis.set().costs().release(),
                        "completion", analysis.set().costs().completion(),
                        "masked", analysis.set().costs().masked()));
        List<Map<String, @Nullable Object>> tasks = new ArrayList<>();
        for (Analysis.Result result : analysis.results()) {
            Map<String, @Nullable Object> task = new LinkedHashMap<>();
            task.put("name", result.task().name());
            task.put("kind", result.task().sporadic() ? "sporadic" : "periodic");
            if (result.task().priority().isPresent()) {
                task.put("priority", result.task().priority().getAsInt());
            }
            task.put("cost", result.task().cost());
            task.put("period", result.task().period());
            task.put("deadline", result.task().deadline());
            task.put("jitter", result.task().jitter());
            task.put("blocking", result.blocking());
            task.put("response", boxed(result.response()));
            task.put("kept", result.kept());
            task.put("largestCost", boxed(result.largest()));
            if (trial.runs() > 0) {
                Trial.Observed seen = trial.tasks().get(tasks.size());
                Map<String, Object> observed = new LinkedHashMap<>();
                observed.put("jobs", seen.jobs());
                observed.put("response", seen.response());
                observed.put("start", seen.start());
                observed.put("jitter", seen.jitter());
                observed.put("misses", seen.misses());
                task.put("observed", observed);
            }
            tasks.add(task);
        }
        document.put("tasks", tasks);
        document.put("runs", trial.runs());
        document.put("horizon", trial.horizon());
        document.put("refuted", trial.refuted());
        return document;
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
