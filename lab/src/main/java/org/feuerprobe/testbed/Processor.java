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
 * Published facts about a processor, from the file in {@code cpus/} whose vendor, family and model
 * match {@code /proc/cpuinfo}.
 *
 * @param multiplication cycles of a dependent 64-bit multiplication; empty if no file matches
 * @param load cycles of a dependent load that hits the first-level cache; empty if no file matches
 * @param costs cycles per event, by the event's name, with their source
 * @param error why a file could not be read; empty if all were read
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

    /** Where a cost comes from. */
    public enum Basis {
        PUBLISHED,
        MEASURED,
        ASSUMED
    }

    /**
     * Cost of an event: from {@code low} to {@code high} cycles.
     *
     * @param calibration the benchmark that the cost was derived from, which therefore cannot
     *     confirm it; empty if there is none
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

        /** The event whose cost was derived from this benchmark. */
        public Optional<String> calibratedBy(String benchmark) {
            return byEvent.entrySet().stream()
                    .filter(cost ->
                            cost.getValue().calibration().filter(benchmark::equals).isPresent())
                    .map(Map.Entry::getKey)
                    .findFirst();
        }
    }

    /**
     * Whether measured latencies agree with the published ones, and so the cycle counter is
     * trustworthy.
     */
    public record Truth(boolean fit, String text) {}

    /** This machine's processor, without published facts if no file matches. */
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

    /** Why the processor has no costs, and what to do about it. */
    public String unpriced() {
        return error.orElseGet(() ->
                "the costs of %s are unknown: add a file to cpus/, with the cost of each event"
                        .formatted(name));
    }

    /** The same processor with some costs replaced by measured ones. */
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

    /** Reads one file. An unknown key is an error, so that spelling mistakes are found. */
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
            throw yaml.refused("'%s' is not a regular expression".formatted(text));
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
        Set<String> missing = new TreeSet<>(CycleEstimate.priced());
        missing.removeAll(byEvent.keySet());
        if (!byEvent.isEmpty() && !missing.isEmpty()) {
            throw costs.refused(
                    "missing %s: an estimate needs all events"
                            .formatted(String.join(", ", missing)));
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
                    "cpus/ has no published latencies of '%s': add a file with them, so that the cycle counter can be checked"
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
                                ? ": within 3 % of the published latencies of " + name
                                : ": more than 3 % from the published latencies of "
                                        + name
                                        + ", so cycles are not trustworthy here"));
    }

    private static String against(String what, double measured, double published) {
        return String.format(
                Locale.ROOT, "%s %.2f cycles (published %.0f)", what, measured, published);
    }

    private static boolean near(double measured, double published) {
        return Math.abs(measured - published) <= TOLERANCE * published;
    }
}
