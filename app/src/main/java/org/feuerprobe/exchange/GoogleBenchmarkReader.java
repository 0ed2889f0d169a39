package org.feuerprobe.exchange;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.json.Json;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.UnitOfTime;
import tools.jackson.databind.JsonNode;

/**
 * Reader of Google Benchmark's JSON. {@code BM_sort/1024} is benchmark {@code BM_sort} at {@code n}
 * = 1024. {@code BM_copy/size:64/threads:2} names its arguments; a second unnamed argument is
 * {@code n2}. Repetitions count as boots, and counters are metrics of their own. Runs that were
 * skipped or failed are left out. Aggregates are left out too, unless the file has nothing else;
 * then the medians are used.
 */
final class GoogleBenchmarkReader {
    /** Keys of the library itself; every other number in a run is a counter. */
    private static final Set<String> OWN =
            Set.of(
                    "name",
                    "run_name",
                    "run_type",
                    "family_index",
                    "per_family_instance_index",
                    "repetitions",
                    "repetition_index",
                    "threads",
                    "iterations",
                    "real_time",
                    "cpu_time",
                    "time_unit",
                    "aggregate_name",
                    "aggregate_unit",
                    "label",
                    "error_occurred",
                    "error_message",
                    "skipped",
                    "skip_message",
                    "big_o",
                    "rms",
                    "cpu_coefficient",
                    "real_coefficient");

    /** Options of a run that appear in its name but are not arguments. */
    private static final Pattern OPTION =
            Pattern.compile(
                    "(?:iterations|repeats|min_time|min_warmup_time):[^/]*|(?:process_time|real_time|manual_time)");

    private static final Pattern AGGREGATE =
            Pattern.compile("(.+)_(mean|median|stddev|cv|BigO|RMS)");

    private static final Pattern ARGUMENT = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(e[+-]?[0-9]+)?");

    private final Gatherer gatherer;
    private final Map<String, Map<String, Integer>> leftOut = new LinkedHashMap<>();

    private final boolean ours;

    private GoogleBenchmarkReader(Gatherer gatherer, boolean ours) {
        this.gatherer = gatherer;
        this.ours = ours;
    }

    /** A benchmark's name without its arguments, and the arguments. */
    private record Run(String name, Map<String, Double> at) {
        static Run of(String full) throws ForeignFormatException {
            Map<String, Double> at = new LinkedHashMap<>();
            StringBuilder name = new StringBuilder();
            int unnamed = 0;
            for (String part : full.split("/", -1)) {
                int colon = part.lastIndexOf(':');
                String number = part.substring(colon + 1);
                if (!name.isEmpty() && OPTION.matcher(part).matches()) {
                    continue;
                }
                if (!name.isEmpty() && ARGUMENT.matcher(number).matches()) {
                    unnamed += colon < 0 ? 1 : 0;
                    String parameter =
                            colon > 0
                                    ? part.substring(0, colon)
                                    : unnamed == 1 ? "n" : "n" + unnamed;
                    at.put(parameter, ForeignNumber.of(number, 0));
                } else {
                    name.append(name.isEmpty() ? "" : "/").append(part);
                }
            }
            return new Run(name.toString(), at);
        }
    }

    static void read(String text, Gatherer gatherer) throws ForeignFormatException {
        JsonNode root = ForeignJson.parse(text);
        if (!root.path("benchmarks").isArray()) {
            throw new ForeignFormatException(
                    0, "no list 'benchmarks': not Google Benchmark's JSON");
        }
        boolean ours =
                root.path("context")
                        .path("host_name")
                        .asString("")
                        .equals(MicrobenchmarkExport.HOST);
        new GoogleBenchmarkReader(gatherer, ours).read(root.path("benchmarks"));
    }

    private void read(JsonNode entries) throws ForeignFormatException {
        Set<String> runs = new HashSet<>();
        boolean values = false;
        for (JsonNode entry : entries) {
            if (isAggregate(entry, runs)) {
                continue;
            }
            runs.add(entry.path("name").asString(""));
            String full = entry.path("run_name").asString(entry.path("name").asString(""));
            Run run = Run.of(full);
            String reason = notRun(entry);
            if (reason.isEmpty()) {
                add(run, full, entry);
                values = true;
            } else {
                leftOut.computeIfAbsent(run.name(), _ -> new LinkedHashMap<>())
                        .merge(reason, 1, Integer::sum);
            }
        }
        if (!values && runs.isEmpty()) {
            medians(entries);
        }
        leftOut.forEach((name, reasons) ->
                reasons.forEach((reason, times) ->
                        gatherer.note(
                                name,
                                "%s left out (%s)"
                                        .formatted(Numbers.counted(times, "run"), reason))));
        if (!values && !runs.isEmpty()) {
            Set<String> reasons = new LinkedHashSet<>();
            leftOut.values().forEach(r -> reasons.addAll(r.keySet()));
            throw new ForeignFormatException(
                    0,
                    "no measurements: all %d runs were left out (%s)"
                            .formatted(
                                    leftOut.values().stream()
                                            .flatMap(r -> r.values().stream())
                                            .mapToInt(Integer::intValue)
                                            .sum(),
                                    String.join(", ", reasons)));
        }
    }

    /**
     * Whether an entry is an aggregate. Files from before 2019 have no {@code run_type}, so the
     * name decides.
     */
    private static boolean isAggregate(JsonNode entry, Set<String> runs) {
        String type = entry.path("run_type").asString("");
        if (!type.isEmpty()) {
            return type.equals("aggregate");
        }
        Matcher name = AGGREGATE.matcher(entry.path("name").asString(""));
        return name.matches()
                && (runs.contains(name.group(1))
                        || runs.stream().anyMatch(run -> run.startsWith(name.group(1) + "/")));
    }

    /** Why the entry is not a measurement; empty if it is one. */
    private static String notRun(JsonNode entry) {
        if (entry.path("error_occurred").asBoolean(false)) {
            return "error_occurred";
        }
        JsonNode skipped = entry.path("skipped");
        if (skipped.isBoolean()
                ? skipped.booleanValue()
                : !skipped.isMissingNode() && !skipped.isNull()) {
            return "skipped";
        }
        if (entry.path("iterations").isNumber() && entry.path("iterations").asDouble() == 0) {
            return "0 iterations";
        }
        return ForeignJson.isNumber(entry.path("real_time")) ? "" : "no real_time";
    }

    /**
     * Adds the values of a run. Our own export stores its metric as a counter, and repeats it as a
     * time because other readers know only times. In such a file the counter is the value, and the
     * time is ignored.
     */
    private void add(Run run, String full, JsonNode entry) throws ForeignFormatException {
        for (Map.Entry<String, JsonNode> field : entry.properties()) {
            if (OWN.contains(field.getKey()) || !field.getValue().isNumber()) {
                continue;
            }
            double[] value = {ForeignJson.number(field.getValue(), full + ": " + field.getKey())};
            if (ours) {
                gatherer.add(run.name(), field.getKey(), run.at(), value);
                continue;
            }
            String metric = metric(field.getKey());
            // A counter that is a time must not be joined with the measured time.
            String name =
                    UnitOfTime.of(metric).isPresent()
                            ? run.name() + " " + field.getKey()
                            : run.name();
            gatherer.addSecondary(name, metric, run.at(), value);
        }
        if (!ours) {
            double time = ForeignJson.number(entry.path("real_time"), full + ": real_time");
            UnitOfTime unit = unit(full, entry.path("time_unit").asString(UnitOfTime.DECIDED_IN));
            gatherer.add(run.name(), unit.symbol(), run.at(), new double[] {time});
        }
    }

    private void medians(JsonNode entries) throws ForeignFormatException {
        for (String wanted : new String[] {"median", "mean"}) {
            boolean found = false;
            for (JsonNode entry : entries) {
                if (entry.path("aggregate_name").asString("").equals(wanted)
                        && notRun(entry).isEmpty()) {
                    String full = entry.path("run_name").asString("");
                    Run run = Run.of(full);
                    add(run, full, entry);
                    gatherer.note(
                            run.name(),
                            ("the file contains only aggregates: each point is one %s; "
                                            + "run without --benchmark_report_aggregates_only for all values")
                                    .formatted(wanted));
                    found = true;
                }
            }
            if (found) {
                return;
            }
        }
    }

    /**
     * The metric of a counter. A performance counter's {@code CACHE-MISSES} becomes {@code
     * cache_misses}.
     */
    private static String metric(String counter) {
        return counter.equals(counter.toUpperCase(Locale.ROOT))
                ? counter.toLowerCase(Locale.ROOT).replace('-', '_')
                : counter;
    }

    private static UnitOfTime unit(String run, String word) throws ForeignFormatException {
        return UnitOfTime.of(word)
                .orElseThrow(() ->
                        new ForeignFormatException(
                                0,
                                "%s: time_unit '%s', want ns, us, ms or s"
                                        .formatted(run, Json.excerpt(word))));
    }
}
