package org.feuerprobe.testbed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Published latencies of a processor: one pair, or of a general profile all pairs that processors
 * of its kind have. Empty if nothing is published.
 *
 * <p>A cycle counter is trustworthy if its measured latencies are one of these pairs. No pair of a
 * profile is a multiple of another, so a counter with a wrong rate fits none.
 */
public record Latencies(List<Pair> pairs) {
    private static final double TOLERANCE = 0.03;

    /**
     * Latencies of one core.
     *
     * @param multiplication cycles of a dependent 64-bit multiplication
     * @param load cycles of a dependent load that hits the first-level cache
     */
    public record Pair(double multiplication, double load) {
        /** Whether measured latencies are within 3 % of these. */
        boolean agrees(double measuredMultiplication, double measuredLoad) {
            return near(measuredMultiplication, multiplication) && near(measuredLoad, load);
        }

        private static boolean near(double measured, double published) {
            return Math.abs(measured - published) <= TOLERANCE * published;
        }

        /** {@code 3 and 4}. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f and %.0f", multiplication, load);
        }
    }

    public Latencies {
        pairs = List.copyOf(pairs);
    }

    /** The latencies of one core. */
    public static Latencies of(double multiplication, double load) {
        return new Latencies(List.of(new Pair(multiplication, load)));
    }

    /** Nothing is published. */
    public static Latencies none() {
        return new Latencies(List.of());
    }

    /** The pair that measured latencies are within 3 % of. */
    public Optional<Pair> matching(double multiplication, double load) {
        return pairs.stream().filter(pair -> pair.agrees(multiplication, load)).findFirst();
    }

    /** {@code 3 and 4, 3 and 5}. */
    String list() {
        return pairs.stream().map(Pair::toString).collect(Collectors.joining(", "));
    }

    /** Reads one pair, or the list {@code either}. */
    static Latencies read(StrictYaml yaml, boolean several) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        if (several) {
            for (StrictYaml pair : yaml.list("either")) {
                pairs.add(pair(pair));
                pair.end();
            }
        } else {
            pairs.add(pair(yaml));
        }
        yaml.text("source");
        yaml.end();
        return new Latencies(pairs);
    }

    private static Pair pair(StrictYaml yaml) throws IOException {
        return new Pair(yaml.number("multiplication"), yaml.number("load"));
    }
}
