package org.feuerprobe.bound;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.UnitOfTime;

/**
 * What a bound says of its operation: how its cost grows, or how large a statistic of it may be.
 */
public sealed interface Claim {
    /** What is counted: {@code cycles}, {@code us}, {@code crossings}, …; empty: as the target. */
    String unit();

    /**
     * The same claim about values of this metric: 3 us are 3000 ns. Empty if the metric cannot be
     * converted to the claim's unit.
     */
    default Optional<Claim> in(String metric) {
        if (unit().isEmpty() || unit().equals(metric)) {
            return Optional.of(this);
        }
        Optional<UnitOfTime> from = UnitOfTime.of(unit());
        Optional<UnitOfTime> to = UnitOfTime.of(metric);
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (this) {
                    case Asymptotic(Expression growth, Mode mode, String _, Case of) ->
                            new Asymptotic(growth, mode, metric, of);
                    case Absolute(Statistic what, Comparison relation, double limit, String _) ->
                            new Absolute(
                                    what,
                                    relation,
                                    to.get().fromNanos(from.get().nanos(limit)),
                                    metric);
                });
    }

    /** The same claim with a time in ns, as campaigns measure it. */
    default Claim inNanos() {
        return in(UnitOfTime.DECIDED_IN).orElse(this);
    }

    /**
     * Refuses a claim in a unit that is neither one of these nor a time.
     *
     * @param text the claim as it was written, for the place of the error
     */
    default void requireUnitOf(Collection<String> known, String text) {
        if (unit().isEmpty()
                || unit().equals(MISSES)
                || known.contains(unit())
                || UnitOfTime.of(unit()).isPresent()) {
            return;
        }
        String meant = OTHER_UNITS.getOrDefault(unit().toLowerCase(Locale.ROOT), "");
        throw new ClaimSyntaxException(
                "unknown unit '%s', want one of %s%s"
                        .formatted(
                                unit(),
                                known.stream().sorted().collect(Collectors.joining(", ")),
                                known.contains(meant)
                                        ? "; did you mean " + meant + "?"
                                        : NearNames.hint(unit(), known)),
                text.lastIndexOf(unit()));
    }

    /**
     * Cost grows no faster than the expression ({@code UPPER}), or exactly as fast ({@code TIGHT}).
     */
    record Asymptotic(Expression expression, Mode mode, String unit, Case of) implements Claim {
        /** Of the worst case. */
        public Asymptotic(Expression expression, Mode mode, String unit) {
            this(expression, mode, unit, Case.WORST);
        }

        /** In whatever the target measures. */
        public Asymptotic(Expression expression, Mode mode) {
            this(expression, mode, "");
        }

        @Override
        public String toString() {
            return (of == Case.MEAN ? MEAN_OF : "")
                    + expression
                    + (unit.isEmpty() ? "" : " " + unit);
        }
    }

    /**
     * A statistic stays within a limit.
     *
     * @param statistic what is limited
     * @param limit the limit, in {@code unit}; finite
     * @param unit {@code cycles}, {@code ns}, … or empty when the metric's own; {@link #MISSES} for
     *     missed deadlines
     */
    record Absolute(Statistic statistic, Comparison comparison, double limit, String unit)
            implements Claim {
        @Override
        public String toString() {
            return statistic
                    + " "
                    + comparison.symbol()
                    + " "
                    + Numbers.plain(limit)
                    + (unit.isEmpty() || statistic == Statistic.Simple.MISSES ? "" : " " + unit);
        }
    }

    /** Whose growth is claimed: of the dearest calls, or of the mean over all. */
    enum Case {
        WORST,
        MEAN
    }

    /** What a claim on the growth of the mean begins with. */
    String MEAN_OF = "mean ";

    /** Whether growing more slowly than declared is still right. */
    enum Mode {
        UPPER,
        TIGHT
    }

    /** The relation between statistic and limit. */
    enum Comparison {
        LESS("<"),
        AT_MOST("<="),
        EQUAL("==");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }

        public boolean holds(double value, double limit) {
            return switch (this) {
                case LESS -> value < limit;
                case AT_MOST -> value <= limit;
                case EQUAL -> value == limit;
            };
        }
    }

    /** What is limited: a quantile, the maximum, the mean, or missed deadlines. */
    sealed interface Statistic {
        /** The quantile of order {@code order} in (0, 1). */
        record Quantile(double order) implements Statistic {
            @Override
            public String toString() {
                String percent =
                        java.math.BigDecimal.valueOf(order)
                                .multiply(java.math.BigDecimal.valueOf(100))
                                .stripTrailingZeros()
                                .toPlainString();
                return "p" + percent;
            }
        }

        /** Largest, mean, or count of missed deadlines. */
        enum Simple implements Statistic {
            MAX,
            MEAN,
            MISSES;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /**
     * Reads {@code O(N log N)}, {@code O(1) loads}, {@code mean O(1)}, {@code p99 <= 1000 cycles},
     * {@code max < 50}, {@code misses == 0}.
     */
    static Claim parse(String text, Mode mode) {
        String stripped = text.stripLeading();
        if (stripped.matches("mean\\s+O\\(.*")) {
            int from = text.indexOf("O(");
            try {
                return parse(text.substring(from), mode) instanceof Asymptotic growth
                        ? new Asymptotic(growth.expression(), mode, growth.unit(), Case.MEAN)
                        : AbsoluteParser.parse(text);
            } catch (ClaimSyntaxException e) {
                throw new ClaimSyntaxException(String.valueOf(e.getMessage()), e.offset() + from);
            }
        }
        if (!stripped.startsWith("O(")) {
            return AbsoluteParser.parse(text);
        }
        int end = text.lastIndexOf(')') + 1;
        String unit = text.substring(end).strip();
        return unit.matches(UNIT)
                ? new Asymptotic(Expression.parse(text.substring(0, end)), mode, symbol(unit))
                : new Asymptotic(Expression.parse(text), mode);
    }

    /** Metric of a claim such as {@code misses == 0}, which names no unit: missed deadlines. */
    String MISSES = Metric.MISSES.name();

    /** How a unit is spelt; {@code e400} is the end of a number. */
    String UNIT = "(?![eE][0-9])[A-Za-z_\u00b5\u03bc][A-Za-z0-9_/]{0,31}";

    /** What other tools call the units of counts. */
    Map<String, String> OTHER_UNITS =
            Map.of(
                    "instr",
                    "instructions",
                    "instrs",
                    "instructions",
                    "insn",
                    "instructions",
                    "insns",
                    "instructions",
                    "ins",
                    "instructions",
                    "cyc",
                    "cycles",
                    "clk",
                    "cycles",
                    "clocks",
                    "cycles",
                    "tsc",
                    "cycles",
                    "b",
                    "bytes");

    /** The usual symbol of a time, however it is spelt; other units as they are. */
    private static String symbol(String unit) {
        return UnitOfTime.of(unit).map(UnitOfTime::symbol).orElse(unit);
    }

    /** The absolute half of the grammar. */
    final class AbsoluteParser {
        private static final String STATISTIC =
                "p[0-9]{1,2}(?:\\.[0-9]{1,6})?|median|max|mean|misses";
        private static final List<String> STATISTICS = List.of("max", "mean", "median", "misses");
        private static final List<String> RELATIONS = List.of("<", "<=", "==");

        /** What other tools call them. */
        private static final Map<String, String> OTHER_WORDS =
                Map.of(
                        "average", "mean", "avg", "mean", "maximum", "max", "worst", "max", "wcet",
                        "max");

        private static final Pattern START =
                Pattern.compile("\\s*(?<word>[A-Za-z][A-Za-z0-9._]*)\\s*(?<relation>[<>=!]+)\\s*");

        private static final Pattern FORM =
                Pattern.compile(
                        "\\s*(?<stat>"
                                + STATISTIC
                                + ")\\s*(?<cmp><=|<|==)\\s*"
                                + "(?<limit>[0-9]+(?:\\.[0-9]+)?(?:[eE][0-9]{1,2})?)\\s*(?<unit>(?:"
                                + UNIT
                                + ")?)\\s*");

        private static final int LONGEST = 1_000;

        private AbsoluteParser() {}

        static Absolute parse(String text) {
            if (text.length() > LONGEST) {
                throw new ClaimSyntaxException(
                        "claim longer than " + LONGEST + " characters", LONGEST);
            }
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw unreadable(text);
            }
            Statistic statistic = statistic(matcher.group("stat"));
            String unit = symbol(matcher.group("unit"));
            boolean misses = statistic == Statistic.Simple.MISSES;
            if (misses && !unit.isEmpty() && !unit.equals(MISSES)) {
                throw new ClaimSyntaxException(
                        "misses counts missed deadlines and has no unit; for cache misses write 'max <= 5 l1d_misses'",
                        matcher.start("unit"));
            }
            return new Absolute(
                    statistic,
                    comparison(matcher.group("cmp")),
                    limit(matcher.group("limit"), matcher.start("limit")),
                    misses ? MISSES : unit);
        }

        private static double limit(String text, int place) {
            double limit;
            try {
                limit = Numbers.exact(new BigDecimal(text));
            } catch (ArithmeticException e) {
                throw new ClaimSyntaxException("the limit " + e.getMessage(), place);
            }
            if (!Double.isFinite(limit)) {
                throw new ClaimSyntaxException("the limit is too large", place);
            }
            return limit;
        }

        private static ClaimSyntaxException unreadable(String text) {
            Matcher start = START.matcher(text);
            if (!start.lookingAt()) {
                return new ClaimSyntaxException(
                        "want O(...) or a statement such as 'p99 <= 1000 cycles'", 0);
            }
            String word = start.group("word");
            if (!word.matches(STATISTIC)) {
                String meant = OTHER_WORDS.getOrDefault(word.toLowerCase(Locale.ROOT), "");
                return new ClaimSyntaxException(
                        "unknown statistic '%s', want max, mean, median, misses or a quantile such as p99.9%s"
                                .formatted(
                                        word,
                                        meant.isEmpty()
                                                ? NearNames.hint(word, STATISTICS)
                                                : "; did you mean " + meant + "?"),
                        start.start("word"));
            }
            String relation = start.group("relation");
            if (!RELATIONS.contains(relation)) {
                return new ClaimSyntaxException(
                        "unknown relation '%s', want <, <= or ==".formatted(relation),
                        start.start("relation"));
            }
            return new ClaimSyntaxException(
                    "want a limit and its unit behind %s, as in 'p99 <= 1000 cycles'"
                            .formatted(relation),
                    start.end());
        }

        private static Statistic statistic(String word) {
            return switch (word) {
                case "max" -> Statistic.Simple.MAX;
                case "mean" -> Statistic.Simple.MEAN;
                case "misses" -> Statistic.Simple.MISSES;
                case "median" -> new Statistic.Quantile(0.5);
                default -> {
                    double percent = Double.parseDouble(word.substring(1));
                    if (percent <= 0) {
                        throw new ClaimSyntaxException("a quantile lies between p0 and p100", 0);
                    }
                    yield new Statistic.Quantile(
                            new java.math.BigDecimal(word.substring(1))
                                    .movePointLeft(2)
                                    .doubleValue());
                }
            };
        }

        private static Comparison comparison(String symbol) {
            return switch (symbol) {
                case "<" -> Comparison.LESS;
                case "<=" -> Comparison.AT_MOST;
                default -> Comparison.EQUAL;
            };
        }
    }
}
