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
import org.feuerprobe.sample.Unit;

/** A claim about an operation: how its cost grows, or a limit on a statistic of its cost. */
public sealed interface Claim {
    /**
     * Unit of the claim: {@code cycles}, {@code us}, {@code crossings}, …; empty for the target's
     * own metric.
     */
    String unit();

    /**
     * The same claim about values of this metric; for example, 3 us become 3000 ns. Empty if the
     * claim's unit cannot be converted to the metric.
     */
    default Optional<Claim> in(String metric) {
        if (unit().isEmpty() || unit().equals(metric)) {
            return Optional.of(this);
        }
        Optional<Unit> from = Unit.of(unit());
        Optional<Unit> to = Unit.of(metric);
        if (from.isEmpty()
                || to.isEmpty()
                || !from.get().decidedIn().equals(to.get().decidedIn())) {
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
                                    to.get().fromDecided(from.get().decided(limit)),
                                    metric);
                });
    }

    /** The same claim in the unit of campaigns: times in ns, energies in nJ. */
    default Claim inDecidedUnit() {
        return Unit.of(unit()).flatMap(unit -> in(unit.decidedIn())).orElse(this);
    }

    /**
     * Throws if the claim's unit is neither a known one, nor one of time, energy or power.
     *
     * @param text the claim as it was written, in which the error is located
     */
    default void requireUnitOf(Collection<String> known, String text) {
        if (unit().isEmpty()
                || unit().equals(MISSES)
                || known.contains(unit())
                || Unit.of(unit()).isPresent()) {
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
     * Claims that cost grows no faster than the expression ({@code UPPER}), or exactly as fast
     * ({@code TIGHT}).
     */
    record Asymptotic(Expression expression, Mode mode, String unit, Case of) implements Claim {
        /** Makes a claim about the worst case. */
        public Asymptotic(Expression expression, Mode mode, String unit) {
            this(expression, mode, unit, Case.WORST);
        }

        /** Makes a claim about the worst case in the target's own metric. */
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
     * Claims that a statistic stays within a limit.
     *
     * @param statistic the statistic that is limited
     * @param limit the limit, in {@code unit}; finite
     * @param unit {@code cycles}, {@code ns}, …; empty for the target's own metric
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

    /**
     * The calls to which a claim about growth applies: the most expensive ones, or the mean over
     * all.
     */
    enum Case {
        WORST,
        MEAN
    }

    /** Prefix of a claim about the growth of the mean. */
    String MEAN_OF = "mean ";

    /**
     * Whether slower growth than claimed keeps the claim ({@code UPPER}) or breaks it ({@code
     * TIGHT}).
     */
    enum Mode {
        UPPER,
        TIGHT
    }

    /** Relation between statistic and limit. */
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

    /**
     * The limited statistic: a quantile, the maximum, the mean, or the number of missed deadlines.
     */
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

        /** A statistic without a parameter: largest value, mean, or number of missed deadlines. */
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
     * Parses a claim such as {@code O(N log N)}, {@code O(1) loads}, {@code mean O(1)}, {@code p99
     * <= 1000 cycles}, {@code max < 50} or {@code misses == 0}.
     *
     * @throws ClaimSyntaxException if the text is no claim
     */
    static Claim parse(String text, Mode mode) {
        String stripped = text.stripLeading();
        if (stripped.startsWith("mean") && stripped.matches("mean\\s+O\\(.*")) {
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
        return !unit.isEmpty() && unit.matches(UNIT)
                ? new Asymptotic(Expression.parse(text.substring(0, end)), mode, symbol(unit))
                : new Asymptotic(Expression.parse(text), mode);
    }

    /** Metric of a claim such as {@code misses == 0}, which names no unit: missed deadlines. */
    String MISSES = Metric.MISSES.name();

    /** Regular expression of a unit. It excludes {@code e400}, which is the end of a number. */
    String UNIT = "(?![eE][0-9])[A-Za-z_\u00b5\u03bc][A-Za-z0-9_/]{0,31}";

    /** Units of counts in other tools, with our name. */
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

    /** The usual symbol of a unit of time, energy or power; other units are unchanged. */
    private static String symbol(String unit) {
        return Unit.of(unit).map(Unit::symbol).orElse(unit);
    }

    /** Parser of claims about a statistic. */
    final class AbsoluteParser {
        private static final String STATISTIC =
                "p[0-9]{1,2}(?:\\.[0-9]{1,6})?|median|max|mean|misses";
        private static final List<String> STATISTICS = List.of("max", "mean", "median", "misses");
        private static final List<String> RELATIONS = List.of("<", "<=", "==");

        /** Names of statistics in other tools, with our name. */
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
