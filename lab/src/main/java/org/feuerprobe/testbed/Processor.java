package org.feuerprobe.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is published of this processor? From {@code cpus/*.yaml}: the file whose vendor, family and
 * model match {@code /proc/cpuinfo}.
 *
 * @param multiplication cycles of a dependent 64-bit multiplication; empty where nothing is
 *     published
 * @param load cycles of a dependent load from the first-level cache
 * @param costs cycles of events, by name, with their source
 * @param error why its file could not be read; empty where there is none, or it was read
 */
public record Processor(
        String name,
        Optional<Double> multiplication,
        Optional<Double> load,
        Costs costs,
        Optional<String> error) {
    public Processor(
            String name, Optional<Double> multiplication, Optional<Double> load, Costs costs) {
        this(name, multiplication, load, costs, Optional.empty());
    }

    private static final double TOLERANCE = 0.03;

    /** Whose figure is a cost? */
    public enum Basis {
        PUBLISHED,
        MEASURED,
        ASSUMED
    }

    /**
     * What an event costs: cycles, from {@code low} to {@code high}.
     *
     * @param calibration the benchmark that the cost was taken from, which is then no evidence for
     *     it; empty where it rests on none
     */
    public record Cost(
            double low, double high, Basis basis, String source, Optional<String> calibration) {
        public Cost(double low, double high, Basis basis, String source) {
            this(low, high, basis, source, Optional.empty());
        }

        public Cost {
            if (!(low >= 0 && low <= high)) {
                throw new IllegalArgumentException("cost from %s to %s".formatted(low, high));
            }
        }
    }

    /** Costs by event. */
    public record Costs(SequencedMap<String, Cost> byEvent) {
        public Optional<Cost> of(String event) {
            return Optional.ofNullable(byEvent.get(event));
        }

        /** The event whose cost was taken from this benchmark. */
        public Optional<String> calibratedBy(String benchmark) {
            return byEvent.entrySet().stream()
                    .filter(cost ->
                            cost.getValue().calibration().filter(benchmark::equals).isPresent())
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    }

    /** Whether measured latencies agree with published ones. */
    public record Truth(boolean fit, String text) {}

    /** This machine's processor; unknown where no file matches. */
    public static Processor host(Path folder) {
        return host(folder, SystemFiles.HOST);
    }

    static Processor host(Path folder, SystemFiles files) {
        String key =
                Stream.of("vendor_id", "cpu family", "model")
                        .map(name -> files.field("/proc/cpuinfo", name).orElse(""))
                        .collect(Collectors.joining("/"));
        try {
            for (Path file : StrictYaml.files(folder)) {
                StrictYaml yaml = StrictYaml.read(file);
                boolean named = pattern(yaml, yaml.text("match")).matcher(key).matches();
                Pattern caches = pattern(yaml, yaml.optional("caches").orElse(".*"));
                if (named && caches.matcher(Fingerprint.caches(files)).matches()) {
                    return read(yaml);
                }
            }
        } catch (IOException e) {
            return unknown(files, Optional.of(String.valueOf(e.getMessage())));
        }
        return unknown(files, Optional.empty());
    }

    /** Why it has no costs, and what to do. */
    public String unpriced() {
        return error.orElseGet(() ->
                "nothing is known of %s: write what its events cost to cpus/, as the files there do"
                        .formatted(name));
    }

    /** The same processor with some costs from elsewhere: as measured on this machine. */
    public Processor with(Map<String, Cost> measured) {
        SequencedMap<String, Cost> all = new LinkedHashMap<>(costs.byEvent());
        all.putAll(measured);
        return new Processor(name, multiplication, load, new Costs(all), error);
    }

    private static Processor unknown(SystemFiles files, Optional<String> error) {
        return new Processor(
                files.field("/proc/cpuinfo", "model name").orElse(Testbed.UNKNOWN),
                Optional.empty(),
                Optional.empty(),
                new Costs(new LinkedHashMap<>()),
                error);
    }

    /** Reads one file whole; strict, so that a misspelt key is seen. */
    public static Processor read(Path file) throws IOException {
        StrictYaml yaml = StrictYaml.read(file);
        pattern(yaml, yaml.text("match"));
        pattern(yaml, yaml.optional("caches").orElse(""));
        return read(yaml);
    }

    private static Pattern pattern(StrictYaml yaml, String text) throws IOException {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw yaml.refused("'%s' is no regular expression".formatted(text));
        }
    }

    private static Processor read(StrictYaml yaml) throws IOException {
        String name = yaml.text("name");
        StrictYaml latencies = yaml.mapping("latencies");
        double multiplication = latencies.number("multiplication");
        double load = latencies.number("load");
        latencies.text("source");
        latencies.end();
        StrictYaml costs = yaml.mapping("costs");
        SequencedMap<String, Cost> byEvent = new LinkedHashMap<>();
        for (String event : costs.keys()) {
            StrictYaml cost = costs.mapping(event);
            byEvent.put(event, cost(cost));
            cost.end();
        }
        yaml.end();
        Set<String> lacking = new TreeSet<>(CycleEstimate.priced());
        lacking.removeAll(byEvent.keySet());
        if (!byEvent.isEmpty() && !lacking.isEmpty()) {
            throw costs.refused(
                    "lacks %s: nothing could be estimated".formatted(String.join(", ", lacking)));
        }
        return new Processor(
                name, Optional.of(multiplication), Optional.of(load), new Costs(byEvent));
    }

    private static Cost cost(StrictYaml cost) throws IOException {
        double low = cost.number("low");
        double high = cost.number("high");
        if (!(low >= 0 && low <= high)) {
            throw cost.refused("from %s to %s: want 0 <= low <= high".formatted(low, high));
        }
        String word = cost.text("basis");
        Basis basis =
                Arrays.stream(Basis.values())
                        .filter(b -> b.name().toLowerCase(Locale.ROOT).equals(word))
                        .findFirst()
                        .orElseThrow(() ->
                                cost.refused(
                                        "basis '%s': want published, measured or assumed"
                                                .formatted(word)));
        return new Cost(low, high, basis, cost.text("source"), cost.optional("calibration"));
    }

    /** Compares measured latencies, in cycles, with the published ones. */
    public Truth check(double measuredMultiplication, double measuredLoad) {
        if (error.isPresent()) {
            return new Truth(false, error.get());
        }
        if (multiplication.isEmpty() || load.isEmpty()) {
            return new Truth(
                    false,
                    "nothing is published of '%s' in cpus/: add a file with its latencies, so that the cycle counter can be checked"
                            .formatted(name));
        }
        List<String> facts =
                List.of(
                        against("multiplication", measuredMultiplication, multiplication.get()),
                        against("first-level load", measuredLoad, load.get()));
        boolean fit =
                near(measuredMultiplication, multiplication.get())
                        && near(measuredLoad, load.get());
        return new Truth(
                fit,
                String.join(", ", facts)
                        + (fit
                                ? ": within 3 % of what is published of " + name
                                : ": more than 3 % from what is published of "
                                        + name
                                        + ", so cycles are not fit here"));
    }

    private static String against(String what, double measured, double published) {
        return String.format(
                Locale.ROOT, "%s %.2f cycles (published %.0f)", what, measured, published);
    }

    private static boolean near(double measured, double published) {
        return Math.abs(measured - published) <= TOLERANCE * published;
    }
}
