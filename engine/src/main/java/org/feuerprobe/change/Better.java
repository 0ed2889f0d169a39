package org.feuerprobe.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which values of a series are better. */
public enum Better {
    /** Costs: times, cycles, bytes. */
    LOWER,
    /** Rates: operations per second, bandwidth. */
    HIGHER;

    private static final Pattern TOKEN = Pattern.compile("[\\p{L}µ%]+|[0-9]+|/");

    private static final Set<String> TIMES =
            Set.of(
                    "ns",
                    "us",
                    "µs",
                    "ms",
                    "s",
                    "sec",
                    "secs",
                    "second",
                    "seconds",
                    "min",
                    "mins",
                    "minute",
                    "minutes",
                    "h",
                    "hr",
                    "hour",
                    "hours",
                    "day",
                    "nanosecond",
                    "microsecond",
                    "millisecond");

    private static final Set<String> SECONDS = Set.of("s", "sec", "secs", "second", "seconds");

    /** A number of these before seconds is a rate without a sign for "per": {@code mb_s}. */
    private static final Set<String> WORK =
            Set.of(
                    "kb",
                    "mb",
                    "gb",
                    "tb",
                    "kib",
                    "mib",
                    "gib",
                    "tib",
                    "bytes",
                    "bits",
                    "kbit",
                    "mbit",
                    "gbit",
                    "ops",
                    "operations",
                    "reqs",
                    "requests",
                    "items",
                    "events",
                    "queries",
                    "transactions",
                    "txns",
                    "messages",
                    "msgs",
                    "packets",
                    "rows",
                    "records");

    private static final Set<String> RATES =
            Set.of(
                    "throughput",
                    "bandwidth",
                    "goodput",
                    "speedup",
                    "iops",
                    "qps",
                    "tps",
                    "rps",
                    "fps",
                    "pps",
                    "kpps",
                    "mpps",
                    "bps",
                    "kbps",
                    "mbps",
                    "gbps",
                    "tbps",
                    "kops",
                    "mops",
                    "gops",
                    "mips",
                    "flops",
                    "kflops",
                    "mflops",
                    "gflops",
                    "tflops",
                    "hz",
                    "khz",
                    "mhz",
                    "ghz");

    /** Words of costs, which outweigh a rate's name: reciprocal throughput, throughput latency. */
    private static final Set<String> COSTS =
            Set.of(
                    "latency",
                    "latencies",
                    "delay",
                    "jitter",
                    "duration",
                    "overhead",
                    "cost",
                    "costs",
                    "lag",
                    "rtt",
                    "inverse",
                    "reciprocal",
                    "elapsed");

    /** What nobody wants more of, even each second. */
    private static final Set<String> UNWANTED =
            Set.of(
                    "error",
                    "errors",
                    "fault",
                    "faults",
                    "miss",
                    "misses",
                    "fail",
                    "fails",
                    "failed",
                    "failure",
                    "failures",
                    "drop",
                    "drops",
                    "dropped",
                    "retry",
                    "retries",
                    "loss",
                    "losses",
                    "lost",
                    "conflict",
                    "conflicts",
                    "abort",
                    "aborts",
                    "timeout",
                    "timeouts",
                    "stall",
                    "stalls",
                    "gc",
                    "alloc",
                    "allocated",
                    "allocation",
                    "allocations",
                    "leak",
                    "leaked",
                    "rejected",
                    "eviction",
                    "evictions",
                    "joule",
                    "joules",
                    "j",
                    "wh",
                    "interrupts",
                    "switches",
                    "collisions");

    /**
     * The direction that a unit or the name of a metric tells, such as HIGHER for {@code ops/s},
     * {@code MB/s}, {@code requests per second} and {@code SMP throughput}; empty if it tells none.
     */
    public static Optional<Better> of(String name) {
        List<String> words = words(name);
        boolean rate = isRate(words) || words.stream().anyMatch(RATES::contains);
        if (words.stream().anyMatch(UNWANTED::contains)) {
            return Optional.of(LOWER);
        }
        if (!isRate(words) && words.stream().anyMatch(COSTS::contains)) {
            return Optional.of(LOWER);
        }
        return rate ? Optional.of(HIGHER) : Optional.empty();
    }

    /** Whether something stands over a time: {@code MB/s}, {@code bytesPerSecond}, {@code mb_s}. */
    private static boolean isRate(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            boolean time = TIMES.contains(words.get(i));
            String before = words.get(i - 1);
            if (time && isOver(before)) {
                return i < 2 || !TIMES.contains(words.get(i - 2));
            }
            if (SECONDS.contains(words.get(i)) && WORK.contains(before)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOver(String word) {
        return word.equals("/") || word.equals("per") || word.equals("p");
    }

    private static List<String> words(String name) {
        String apart = name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2").toLowerCase(Locale.ROOT);
        Matcher matcher = TOKEN.matcher(apart);
        List<String> words = new ArrayList<>();
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }
}
