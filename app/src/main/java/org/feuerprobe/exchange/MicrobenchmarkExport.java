package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Summary;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writer of a campaign in the JSON of JMH, Google Benchmark and sel4bench, with one entry per
 * point.
 */
final class MicrobenchmarkExport {
    /** Host name in an export, by which our own reader recognises it. */
    static final String HOST = "feuerprobe";

    private static final ObjectWriter PRETTY =
            JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
    private static final double[] PERCENT = {0, 50, 90, 95, 99, 99.9, 99.99, 99.999, 99.9999, 100};

    private MicrobenchmarkExport() {}

    /** JMH's JSON: a boot becomes a fork, and a value becomes an iteration. */
    static String jmh(StoredCampaign campaign) {
        List<Object> entries = new ArrayList<>();
        for (StoredSeries series : campaign.series()) {
            for (Measurement point : series.points()) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("jmhVersion", "1.37");
                entry.put("benchmark", "feuerprobe." + series.benchmark().replace('/', '.'));
                entry.put("mode", "avgt");
                entry.put("threads", 1);
                entry.put("forks", point.boots().size());
                entry.put("jvm", "none");
                entry.put("jvmArgs", List.of());
                entry.put("jdkVersion", "none");
                entry.put("vmName", "feuerprobe " + series.target());
                entry.put("vmVersion", campaign.provenance().version());
                entry.put("warmupIterations", 0);
                entry.put("warmupTime", "0 s");
                entry.put("warmupBatchSize", 1);
                entry.put("measurementIterations", point.boots().getFirst().operation().length);
                entry.put("measurementTime", "0 s");
                entry.put("measurementBatchSize", point.boots().getFirst().batch());
                Map<String, String> params = new LinkedHashMap<>();
                point.parameters().forEach((name, value) -> params.put(name, Long.toString(value)));
                if (!params.isEmpty()) {
                    entry.put("params", params);
                }
                entry.put("primaryMetric", primary(series, point));
                entry.put("secondaryMetrics", Map.of());
                entries.add(entry);
            }
        }
        return PRETTY.writeValueAsString(entries) + "\n";
    }

    private static Map<String, Object> primary(StoredSeries series, Measurement point) {
        double[] sorted = sorted(point);
        double mean = series.summary(point).mean();
        double error = 3.29 * deviation(sorted, mean) / Math.sqrt(sorted.length);
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("score", mean);
        metric.put("scoreError", error);
        metric.put("scoreConfidence", List.of(mean - error, mean + error));
        Map<String, Object> percentiles = new LinkedHashMap<>();
        for (double percent : PERCENT) {
            percentiles.put(Double.toString(percent), quantile(sorted, percent / 100));
        }
        metric.put("scorePercentiles", percentiles);
        metric.put("scoreUnit", series.metric() + "/op");
        metric.put(
                "rawData",
                point.boots().stream()
                        .map(boot -> Arrays.stream(boot.net()).boxed().toList())
                        .toList());
        return metric;
    }

    /**
     * Google Benchmark's JSON, with one entry per boot. The format knows only times, so each median
     * is written as a time in nanoseconds, and again under its own name as a user counter.
     */
    static String googleBenchmark(StoredCampaign campaign) {
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("date", campaign.provenance().began());
        context.put("host_name", HOST);
        context.put("executable", campaign.provenance().subject());
        context.put("num_cpus", 1);
        context.put("mhz_per_cpu", 0);
        context.put("cpu_scaling_enabled", false);
        context.put("caches", List.of());
        context.put("load_avg", List.of());
        context.put("library_build_type", "release");
        List<Object> entries = new ArrayList<>();
        int family = 0;
        for (StoredSeries series : campaign.series()) {
            int instance = 0;
            for (Measurement point : series.points()) {
                String name = googleName(series, point);
                int boots = point.boots().size();
                for (int i = 0; i < boots; i++) {
                    BootSamples boot = point.boots().get(i);
                    double median = Summary.of(boot.net()).median();
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("name", name);
                    entry.put("family_index", family);
                    entry.put("per_family_instance_index", instance);
                    entry.put("run_name", name);
                    entry.put("run_type", "iteration");
                    entry.put("repetitions", boots);
                    entry.put("repetition_index", i);
                    entry.put("threads", 1);
                    entry.put("iterations", boot.operation().length);
                    entry.put("real_time", median);
                    entry.put("cpu_time", median);
                    entry.put("time_unit", "ns");
                    entry.put(series.metric(), median);
                    entries.add(entry);
                }
                instance++;
            }
            family++;
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("context", context);
        document.put("benchmarks", entries);
        return PRETTY.writeValueAsString(document) + "\n";
    }

    private static String googleName(StoredSeries series, Measurement point) {
        return series.benchmark()
                + point.parameters().entrySet().stream()
                        .map(e -> "/" + e.getKey() + ":" + e.getValue())
                        .collect(Collectors.joining());
    }

    static String sel4bench(StoredCampaign campaign) {
        List<Object> benchmarks = new ArrayList<>();
        for (StoredSeries series : campaign.series()) {
            List<Object> results = new ArrayList<>();
            for (Measurement point : series.points()) {
                double[] sorted = sorted(point);
                double mean = series.summary(point).mean();
                double deviation = deviation(sorted, mean);
                Map<String, Object> result = new LinkedHashMap<>();
                point.parameters().forEach(result::put);
                result.put("Metric", series.metric());
                result.put("Min", sorted[0]);
                result.put("Max", sorted[sorted.length - 1]);
                result.put("Mean", mean);
                result.put("Stddev", deviation);
                result.put("Variance", deviation * deviation);
                result.put("Mode", mode(sorted));
                result.put("Median", quantile(sorted, 0.5));
                result.put("1st quantile", quantile(sorted, 0.25));
                result.put("3rd quantile", quantile(sorted, 0.75));
                result.put("Samples", sorted.length);
                result.put("Raw results", Arrays.stream(point.point().values()).boxed().toList());
                results.add(result);
            }
            Map<String, Object> benchmark = new LinkedHashMap<>();
            benchmark.put("Benchmark", series.benchmark());
            benchmark.put("Results", results);
            benchmarks.add(benchmark);
        }
        return PRETTY.writeValueAsString(benchmarks) + "\n";
    }

    static double[] sorted(Measurement point) {
        double[] sorted = point.point().values();
        Arrays.sort(sorted);
        return sorted;
    }

    static double quantile(double[] sorted, double order) {
        return sorted[
                Math.clamp((long) Math.ceil(order * sorted.length) - 1, 0, sorted.length - 1)];
    }

    static double deviation(double[] values, double mean) {
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
    }

    private static double mode(double[] sorted) {
        double mode = sorted[0];
        int longest = 0;
        int run = 0;
        for (int i = 0; i < sorted.length; i++) {
            run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
            if (run > longest) {
                longest = run;
                mode = sorted[i];
            }
        }
        return mode;
    }
}
