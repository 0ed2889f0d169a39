package org.feuerprobe.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.feuerprobe.fitness.Trust;

/**
 * Published facts about a processor, from the file in {@code cpus/} that matches {@code
 * /proc/cpuinfo}: by vendor, family and model, or on AArch64 by implementer and part. Where no file
 * names the processor, the general profile of its architecture applies.
 *
 * @param name the processor's name; with a general profile, Linux's name for it
 * @param latencies the published latencies; empty if no file matches
 * @param profile the general profile that applies; empty if a file names the processor
 * @param costs cycles per event, by the event's name, with their source
 * @param error why a file could not be read; empty if all were read
 */
public record Processor(
        String name,
        Latencies latencies,
        Optional<String> profile,
        Costs costs,
        Optional<String> error) {
    private static final String CPUINFO = "/proc/cpuinfo";

    /** A processor that a file names. */
    public Processor(String name, Latencies latencies, Costs costs) {
        this(name, latencies, Optional.empty(), costs, Optional.empty());
    }

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

    /** A file, and which processors it is for. */
    private record Entry(Pattern match, Pattern caches, boolean general, Processor processor) {
        boolean matches(String key, String shown) {
            return match.matcher(key).matches() && caches.matcher(shown).matches();
        }
    }

    /** This machine's processor, without published facts if no file matches. */
    public static Processor host(Path folder) {
        return host(folder, SystemFiles.HOST);
    }

    static Processor host(Path folder, SystemFiles files) {
        String key = key(files);
        String caches = Fingerprint.caches(files);
        String shown = files.field(CPUINFO, "model name").orElse(key);
        try {
            Optional<Processor> named = Optional.empty();
            Optional<Processor> general = Optional.empty();
            for (Path file : StrictYaml.files(folder)) {
                Entry entry = entry(StrictYaml.read(file));
                if (entry.matches(key, caches) && entry.general()) {
                    general = general.or(() -> Optional.of(entry.processor()));
                } else if (entry.matches(key, caches)) {
                    named = named.or(() -> Optional.of(entry.processor()));
                }
            }
            Optional<Processor> profile = general;
            return named.map(found -> profile.map(found::over).orElse(found))
                    .or(() -> profile.map(found -> found.as(shown)))
                    .orElseGet(() -> unknown(shown, Optional.empty()));
        } catch (IOException e) {
            return unknown(shown, Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** {@code GenuineIntel/6/143}, or {@code 0x41/0xd0c} on AArch64. */
    private static String key(SystemFiles files) {
        List<String> names =
                files.field(CPUINFO, "CPU implementer").isPresent()
                        ? List.of("CPU implementer", "CPU part")
                        : List.of("vendor_id", "cpu family", "model");
        return names.stream()
                .map(name -> files.field(CPUINFO, name).orElse(""))
                .collect(Collectors.joining("/"));
    }

    /** Names of all processors and profiles in the folder, in the order of their files. */
    public static List<String> known(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : StrictYaml.files(folder)) {
            Processor processor = read(file);
            names.add(
                    processor
                            .profile()
                            .map("any %s by a general profile"::formatted)
                            .orElse(processor.name()));
        }
        return List.copyOf(names);
    }

    /** The name, and the general profile if one applies. */
    public String described() {
        return profile.map(found -> "%s (general %s profile)".formatted(name, found)).orElse(name);
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
        return new Processor(name, latencies, profile, new Costs(all), error);
    }

    /** This processor with the profile's costs for all events that it does not price itself. */
    private Processor over(Processor general) {
        return new Processor(name, latencies, profile, general.costs(), error)
                .with(costs.byEvent());
    }

    private Processor as(String shown) {
        return new Processor(shown, latencies, profile, costs, error);
    }

    private static Processor unknown(String shown, Optional<String> error) {
        return new Processor(
                shown, Latencies.none(), Optional.empty(), new Costs(new LinkedHashMap<>()), error);
    }

    /** Reads one file. An unknown key is an error, so that spelling mistakes are found. */
    public static Processor read(Path file) throws IOException {
        return entry(StrictYaml.read(file)).processor();
    }

    private static Entry entry(StrictYaml yaml) throws IOException {
        Pattern match = pattern(yaml, yaml.text("match"));
        Pattern caches = pattern(yaml, yaml.optional("caches").orElse(".*"));
        boolean general = yaml.optional("general").filter("true"::equals).isPresent();
        String name = yaml.text("name");
        Latencies latencies = Latencies.read(yaml.mapping("latencies"), general);
        Costs costs = costs(yaml.mapping("costs"), general);
        yaml.end();
        Optional<String> profile = general ? Optional.of(name) : Optional.empty();
        return new Entry(
                match,
                caches,
                general,
                new Processor(name, latencies, profile, costs, Optional.empty()));
    }

    private static Pattern pattern(StrictYaml yaml, String text) throws IOException {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw yaml.refused("'%s' is not a regular expression".formatted(text));
        }
    }

    private static Costs costs(StrictYaml costs, boolean general) throws IOException {
        SequencedMap<String, Cost> byEvent = new LinkedHashMap<>();
        Set<String> priced = CycleEstimate.priced();
        for (String event : costs.keys()) {
            if (!priced.contains(event)) {
                throw costs.refused(
                        "unknown event '%s': want one of %s"
                                .formatted(event, String.join(", ", priced)));
            }
            StrictYaml cost = costs.mapping(event);
            byEvent.put(event, cost(cost));
            cost.end();
        }
        Set<String> missing = new TreeSet<>(priced);
        missing.removeAll(byEvent.keySet());
        if (general && !byEvent.isEmpty() && !missing.isEmpty()) {
            throw costs.refused(
                    "missing %s: a general profile prices all events, or none"
                            .formatted(String.join(", ", missing)));
        }
        return new Costs(byEvent);
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

    /**
     * Trust in the cycles of this processor's counter: whether measured latencies, in cycles, agree
     * with the published ones.
     */
    public Trust check(double multiplication, double load) {
        if (error.isPresent()) {
            return Trust.unknown(error.get());
        }
        if (latencies.pairs().isEmpty()) {
            return Trust.unknown(
                    "cpus/ has no published latencies of '%s'".formatted(name),
                    "add a file with them, so that the cycle counter can be checked");
        }
        Optional<Latencies.Pair> pair = latencies.matching(multiplication, load);
        String found =
                profile.map(kind -> generally(kind, multiplication, load, pair))
                        .orElseGet(() -> specially(multiplication, load, pair.isPresent()));
        return pair.isPresent() ? Trust.fit(found) : Trust.unfit(found, "");
    }

    private String specially(double multiplication, double load, boolean fit) {
        Latencies.Pair published = latencies.pairs().getFirst();
        return "%s, %s: %s"
                .formatted(
                        against("multiplication", multiplication, published.multiplication()),
                        against("first-level load", load, published.load()),
                        (fit ? "within" : "more than")
                                + " 3 % "
                                + (fit ? "of" : "from")
                                + " the published latencies of "
                                + name
                                + (fit ? "" : ", so cycles are not trustworthy here"));
    }

    private String generally(
            String kind, double multiplication, double load, Optional<Latencies.Pair> pair) {
        String measured =
                String.format(
                        Locale.ROOT,
                        "multiplication %.2f cycles, first-level load %.2f cycles",
                        multiplication,
                        load);
        return pair.map(found ->
                        "%s: within 3 %% of %s, a pair of latencies that %s cores have (general profile, because cpus/ has no file for '%s')"
                                .formatted(measured, found, kind, name))
                .orElseGet(() ->
                        "%s: not within 3 %% of any pair of latencies that %s cores have (%s), so cycles are not trustworthy here; if '%s' has others, add a file with them to cpus/"
                                .formatted(measured, kind, latencies.list(), name));
    }

    /** This processor with the one pair of latencies that was measured, if it has that. */
    public Processor measured(double multiplication, double load) {
        return latencies
                .matching(multiplication, load)
                .map(pair ->
                        new Processor(name, new Latencies(List.of(pair)), profile, costs, error))
                .orElse(this);
    }

    private static String against(String what, double measured, double published) {
        return String.format(
                Locale.ROOT, "%s %.2f cycles (published %.0f)", what, measured, published);
    }
}
