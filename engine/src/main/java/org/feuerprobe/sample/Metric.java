package org.feuerprobe.sample;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a figure counts or times, by the name that documents, bounds and options use. A smaller
 * value is always the better one.
 *
 * @param name for example {@code instructions}
 * @param kind how its values come about
 */
public record Metric(String name, Kind kind) {
    /** How values come about. */
    public enum Kind {
        /** A count that the same work repeats exactly. */
        EXACT,
        /**
         * A count of the processor, of Linux or of a meter, which differs a little from run to run.
         */
        COUNTED,
        /** A reading of a clock, in any unit. It is as trustworthy as the clock. */
        TIMED,
        /** Counts times the cost of each event. It decides nothing. */
        ESTIMATED
    }

    public static final Metric INSTRUCTIONS = new Metric("instructions", Kind.EXACT);

    /** Memory in use. */
    public static final Metric BYTES = new Metric("bytes", Kind.EXACT);

    /** Cycles of the core, which may run faster or slower than the counter. */
    public static final Metric CYCLES = new Metric("cycles", Kind.TIMED);

    public static final Metric NANOSECONDS = new Metric(UnitOfTime.DECIDED_IN, Kind.TIMED);

    /** Ticks of a clock whose unit nobody named. */
    public static final Metric TICKS = new Metric("ticks", Kind.TIMED);

    /** Cycles of a guest whose clock is not trustworthy. */
    public static final Metric UNFIT_CYCLES = new Metric("unfit_cycles", Kind.TIMED);

    /** Time that the emulator's translator takes, which is not the kernel's. */
    public static final Metric TRANSLATOR_TICKS = new Metric("translator_ticks", Kind.TIMED);

    public static final Metric ESTIMATED_CYCLES = new Metric("estimated_cycles", Kind.ESTIMATED);

    /** Cycles by a performance counter. */
    public static final Metric COUNTED_CYCLES = new Metric("counted_cycles", Kind.COUNTED);

    public static final Metric CACHE_MISSES = new Metric("cache_misses", Kind.COUNTED);
    public static final Metric BRANCH_MISSES = new Metric("branch_misses", Kind.COUNTED);
    public static final Metric PAGE_FAULTS = new Metric("page_faults", Kind.COUNTED);
    public static final Metric CONTEXT_SWITCHES = new Metric("context_switches", Kind.COUNTED);

    /** Energy, as a meter counts it. */
    public static final Metric ENERGY = new Metric(UnitOfEnergy.NANOJOULES.symbol(), Kind.COUNTED);

    public static final Metric POWER = new Metric(UnitOfEnergy.WATTS.symbol(), Kind.COUNTED);

    /** Energy of an operation times its time. */
    public static final Metric ENERGY_DELAY =
            new Metric(UnitOfEnergy.JOULE_SECONDS.symbol(), Kind.COUNTED);

    /** Missed deadlines. */
    public static final Metric MISSES = new Metric("misses", Kind.COUNTED);

    private static final String MEMORY = "_" + BYTES.name;

    private static final Map<String, Metric> KNOWN = known();

    private static Map<String, Metric> known() {
        Map<String, Metric> known = new HashMap<>();
        for (Metric metric :
                new Metric[] {
                    INSTRUCTIONS,
                    BYTES,
                    CYCLES,
                    NANOSECONDS,
                    TICKS,
                    UNFIT_CYCLES,
                    TRANSLATOR_TICKS,
                    ESTIMATED_CYCLES,
                    COUNTED_CYCLES,
                    CACHE_MISSES,
                    BRANCH_MISSES,
                    PAGE_FAULTS,
                    CONTEXT_SWITCHES,
                    ENERGY,
                    POWER,
                    ENERGY_DELAY,
                    MISSES
                }) {
            known.put(metric.name, metric);
        }
        for (String exact :
                new String[] {
                    "loads",
                    "stores",
                    "l1i_misses",
                    "l1d_misses",
                    "l2_misses",
                    "tlb_misses",
                    "crossings",
                    "as_switches",
                    "interrupts",
                    "ipis",
                    "longest_masked"
                }) {
            known.put(exact, new Metric(exact, Kind.EXACT));
        }
        return Map.copyOf(known);
    }

    /**
     * The metric with this name. A board's clock may have any unit, so a name that is no known
     * count is a time.
     */
    public static Metric of(String name) {
        Metric known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        return new Metric(name, name.endsWith(MEMORY) ? Kind.EXACT : Kind.TIMED);
    }

    /** All metrics that have a name of their own, in the order of the names. */
    public static List<Metric> all() {
        return KNOWN.values().stream().sorted(Comparator.comparing(Metric::name)).toList();
    }

    /** Whether a clock gives the values. */
    public boolean timed() {
        return kind == Kind.TIMED;
    }

    /** Whether the unit is the second or a part of it. */
    public boolean inSeconds() {
        return UnitOfTime.of(name).isPresent();
    }

    /** Whether a value below zero must be a mistake: in a time, in cycles, or in instructions. */
    public boolean neverNegative() {
        return inSeconds() || this.equals(CYCLES) || this.equals(INSTRUCTIONS);
    }

    /**
     * Why these values cannot be right, in words: a value below zero where none can be. Empty if
     * nothing is wrong; values of other metrics may be differences.
     */
    public Optional<String> refusal(double[] values) {
        for (double value : values) {
            if (value < 0 && neverNegative()) {
                return Optional.of(
                        "%s %s is below zero: the clock ran backwards, or the value is a difference"
                                .formatted(Numbers.plain(value), name));
            }
        }
        return Optional.empty();
    }

    /** Whether this is the metric of that name. */
    public boolean is(String other) {
        return name.equals(other);
    }

    @Override
    public String toString() {
        return name;
    }
}
