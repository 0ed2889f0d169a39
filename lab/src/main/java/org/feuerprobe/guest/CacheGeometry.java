package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.feuerprobe.testbed.SystemFiles;

/**
 * The caches that the plugin models. They default to this host's caches, so that steps in the model
 * lie where the machine has them.
 *
 * @param origin source of the figures, for people
 */
public record CacheGeometry(
        Level instructions, Level data, Level second, Translations translations, String origin) {
    /** The plugin's own limit. */
    private static final int MOST_KIB = 1 << 20;

    private static final Pattern LEVEL =
            Pattern.compile("(l1i|l1d|l2)=([0-9]{1,7})/([0-9]{1,3})/([0-9]{1,4})");
    private static final Pattern TLB = Pattern.compile("tlb=([0-9]{1,7})/([0-9]{1,4})");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,7})K");

    /** A set-associative cache. */
    public record Level(int kib, int ways, int line) {
        public Level {
            if (kib < 1 || kib > MOST_KIB || ways < 1 || Integer.bitCount(line) != 1) {
                throw new IllegalArgumentException(
                        "%d KiB in %d ways of %d-byte lines: want 1 to %d KiB, 1 way or more, and a power of two of bytes"
                                .formatted(kib, ways, line, MOST_KIB));
            }
            long lines = kib * 1024L / line;
            if (lines % ways != 0 || Long.bitCount(lines / ways) != 1) {
                throw new IllegalArgumentException(
                        "%d KiB in %d ways of %d-byte lines: want a power of two of sets"
                                .formatted(kib, ways, line));
            }
        }

        @Override
        public String toString() {
            return kib + "/" + ways + "/" + line;
        }
    }

    /** A set-associative TLB of 4 KiB pages. */
    public record Translations(int entries, int ways) {
        public Translations {
            if (entries < 1
                    || ways < 1
                    || entries % ways != 0
                    || Integer.bitCount(entries / ways) != 1) {
                throw new IllegalArgumentException(
                        "TLB of %d entries in %d ways: want a power of two of sets"
                                .formatted(entries, ways));
            }
        }

        @Override
        public String toString() {
            return entries + "/" + ways;
        }
    }

    /** Assumed for what the host does not report. Linux never reports the TLB. */
    public static final CacheGeometry ASSUMED =
            new CacheGeometry(
                    new Level(32, 8, 64),
                    new Level(32, 8, 64),
                    new Level(512, 8, 64),
                    new Translations(64, 4),
                    "assumed");

    /** The host's caches as Linux reports them. Levels that Linux does not report are assumed. */
    public static CacheGeometry host() {
        return of(SystemFiles.HOST.at("/sys/devices/system/cpu/cpu0/cache"));
    }

    static CacheGeometry of(Path folder) {
        Map<String, Level> levels = new TreeMap<>();
        try (Stream<Path> caches = Files.list(folder)) {
            for (Path cache : (Iterable<Path>) caches::iterator) {
                if (Files.isReadable(cache.resolve("ways_of_associativity"))) {
                    read(cache, levels);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            return ASSUMED;
        }
        return new CacheGeometry(
                levels.getOrDefault("1Instruction", ASSUMED.instructions),
                levels.getOrDefault("1Data", ASSUMED.data),
                levels.getOrDefault("2Unified", ASSUMED.second),
                ASSUMED.translations,
                levels.size() < 3 ? "host in part, the rest assumed" : "host");
    }

    private static void read(Path cache, Map<String, Level> levels) throws IOException {
        Matcher size = SIZE.matcher(text(cache, "size"));
        String kind = text(cache, "level") + text(cache, "type");
        if (size.matches() && !kind.startsWith("3")) {
            levels.put(
                    kind,
                    new Level(
                            Integer.parseInt(size.group(1)),
                            Integer.parseInt(text(cache, "ways_of_associativity")),
                            Integer.parseInt(text(cache, "coherency_line_size"))));
        }
    }

    private static String text(Path cache, String name) throws IOException {
        return Files.readString(cache.resolve(name)).strip();
    }

    /**
     * This geometry, with those parts replaced that the text names: {@code
     * l1d=48/12/64,l2=2048/16/64,tlb=64/4}.
     *
     * @throws IllegalArgumentException if a part of the text is malformed, repeated, or describes
     *     an impossible cache
     */
    public CacheGeometry with(String text) {
        CacheGeometry geometry = this;
        Set<String> named = new HashSet<>();
        for (String part : text.split(",", -1)) {
            try {
                geometry = geometry.withPart(part);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'%s': %s".formatted(part, e.getMessage()), e);
            }
            if (!named.add(part.substring(0, part.indexOf('=')))) {
                throw new IllegalArgumentException("'%s': named twice".formatted(part));
            }
        }
        return new CacheGeometry(
                geometry.instructions, geometry.data, geometry.second, geometry.translations, text);
    }

    private CacheGeometry withPart(String part) {
        Matcher level = LEVEL.matcher(part);
        Matcher tlb = TLB.matcher(part);
        if (tlb.matches()) {
            Translations read = new Translations(number(tlb, 1), number(tlb, 2));
            return new CacheGeometry(instructions, data, second, read, origin);
        }
        if (!level.matches()) {
            throw new IllegalArgumentException("want l1i|l1d|l2=KiB/ways/line or tlb=entries/ways");
        }
        Level read = new Level(number(level, 2), number(level, 3), number(level, 4));
        return switch (level.group(1)) {
            case "l1i" -> new CacheGeometry(read, data, second, translations, origin);
            case "l1d" -> new CacheGeometry(instructions, read, second, translations, origin);
            default -> new CacheGeometry(instructions, data, read, translations, origin);
        };
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** The geometry in the form that the plugin reads. */
    String pluginOptions() {
        return options().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    private SequencedMap<String, Object> options() {
        SequencedMap<String, Object> options = new LinkedHashMap<>();
        options.put("l1i", instructions);
        options.put("l1d", data);
        options.put("l2", second);
        options.put("tlb", translations);
        return options;
    }

    /** Sizes of the data caches in bytes, by the metric that counts their misses. */
    public Map<String, Long> bytes() {
        return Map.of("l1d_misses", data.kib * 1024L, "l2_misses", second.kib * 1024L);
    }

    /** For people: the sizes, and where they come from. */
    public String describe() {
        return Stream.of("l1i", "l1d", "l2", "tlb")
                        .map(this::text)
                        .collect(Collectors.joining(", "))
                + " (%s)".formatted(origin);
    }

    /** For people: the sizes that determine one metric, for example {@code l1d_misses}. */
    public String describe(String metric) {
        String cache = metric.substring(0, metric.indexOf('_'));
        String first = cache.equals("l2") ? text("l1i") + ", " + text("l1d") + ", " : "";
        return first + text(cache) + " (%s)".formatted(origin);
    }

    private String text(String cache) {
        return switch (cache) {
            case "l1i" -> "L1i %d KiB/%d ways".formatted(instructions.kib, instructions.ways);
            case "l1d" -> "L1d %d KiB/%d ways".formatted(data.kib, data.ways);
            case "l2" -> "L2 %d KiB/%d ways".formatted(second.kib, second.ways);
            default -> "TLB %d entries/%d ways".formatted(translations.entries, translations.ways);
        };
    }
}
