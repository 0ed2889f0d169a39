package org.feuerprobe.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredModel.Amount;

/**
 * A cost model that is another than before. Exact laws differ where they read otherwise. Fitted
 * ones differ in their growth class, where the intervals of a number do not meet, or where a regime
 * is new, gone or elsewhere.
 *
 * @param base the model before; empty where nothing explained the data
 * @param now the model after; empty where nothing explains the data
 * @param direction {@code WORSE} where a part or a regime is new or larger and none smaller, {@code
 *     BETTER} the other way round, else {@code MOVED}
 */
public record ModelChange(
        String operation,
        String benchmark,
        Optional<StoredModel> base,
        Optional<StoredModel> now,
        Direction direction) {
    /** The constant part's name among the parts. */
    private static final String CONSTANT = "1";

    private static final String NO_MODEL = "none";

    /** A regime's parameter and kind, and which of several such it is. */
    private record RegimeKey(String parameter, String change, int index) {}

    /** Which way the numbers went. */
    private record Shift(boolean larger, boolean smaller, boolean moved) {
        static final Shift NOTHING = new Shift(false, false, false);

        static Shift between(Amount before, Amount after) {
            return new Shift(after.low() > before.high(), after.high() < before.low(), false);
        }

        Shift and(Shift other) {
            return new Shift(
                    larger || other.larger, smaller || other.smaller, moved || other.moved);
        }

        boolean any() {
            return larger || smaller || moved;
        }

        Direction direction() {
            return larger == smaller
                    ? Direction.MOVED
                    : larger ? Direction.WORSE : Direction.BETTER;
        }
    }

    /** Empty where the two say the same. */
    static Optional<ModelChange> of(
            String operation,
            String benchmark,
            Optional<StoredModel> base,
            Optional<StoredModel> now) {
        if (base.isEmpty() && now.isEmpty()) {
            return Optional.empty();
        }
        if (base.isEmpty() || now.isEmpty()) {
            return Optional.of(new ModelChange(operation, benchmark, base, now, Direction.MOVED));
        }
        Shift shift = shift(base.get(), now.get());
        return shift.any()
                ? Optional.of(new ModelChange(operation, benchmark, base, now, shift.direction()))
                : Optional.empty();
    }

    private static Shift shift(StoredModel base, StoredModel now) {
        boolean otherLaw = base.exact() && now.exact() && !base.text().equals(now.text());
        Shift shift =
                new Shift(false, false, otherLaw || !growth(base).equals(growth(now)))
                        .and(regimes(base, now));
        SequencedMap<String, Amount> before = parts(base);
        SequencedMap<String, Amount> after = parts(now);
        for (String part : union(before, after)) {
            Amount none = Amount.exact(0);
            shift =
                    shift.and(
                            Shift.between(
                                    before.getOrDefault(part, none),
                                    after.getOrDefault(part, none)));
        }
        return shift;
    }

    /** A regime that only one of the two has changes the law, also where its class stays. */
    private static Shift regimes(StoredModel base, StoredModel now) {
        SequencedMap<RegimeKey, StoredModel.Break> before = regimes(base);
        SequencedMap<RegimeKey, StoredModel.Break> after = regimes(now);
        Shift shift = Shift.NOTHING;
        for (RegimeKey key : union(before, after)) {
            Amount none = Amount.exact(key.change().equals("factor") ? 1 : 0);
            StoredModel.Break b = before.get(key);
            StoredModel.Break a = after.get(key);
            boolean moved = b == null || a == null || elsewhere(b, a);
            shift =
                    shift.and(new Shift(false, false, moved))
                            .and(
                                    Shift.between(
                                            b == null ? none : b.size(),
                                            a == null ? none : a.size()));
        }
        return shift;
    }

    /**
     * Whether the borders lie between other tested values. Neighbours share a tested value and
     * count as one place; the border of a law that levels off has no interval and is not compared.
     */
    private static boolean elsewhere(StoredModel.Break a, StoredModel.Break b) {
        return a.levelling().isEmpty() && (a.before() < b.after() || b.before() < a.after());
    }

    private static SequencedMap<RegimeKey, StoredModel.Break> regimes(StoredModel model) {
        SequencedMap<RegimeKey, StoredModel.Break> keyed = new LinkedHashMap<>();
        for (StoredModel.Break regime : model.regimes()) {
            if (!regime.change().equals("none")) {
                int index = 0;
                while (keyed.containsKey(
                        new RegimeKey(regime.parameter(), regime.change(), index))) {
                    index++;
                }
                keyed.put(new RegimeKey(regime.parameter(), regime.change(), index), regime);
            }
        }
        return keyed;
    }

    private static <T> SequencedSet<T> union(Map<T, ?> a, Map<T, ?> b) {
        SequencedSet<T> union = new LinkedHashSet<>(a.keySet());
        union.addAll(b.keySet());
        return union;
    }

    private static SequencedMap<String, Amount> parts(StoredModel model) {
        SequencedMap<String, Amount> parts = new LinkedHashMap<>();
        parts.put(CONSTANT, model.intercept());
        model.terms().forEach(term -> parts.put(term.of(), term.coefficient()));
        return parts;
    }

    /** {@code O(1)}, {@code O(N_caps + K)}: the parts whose coefficient is not zero. */
    private static String growth(StoredModel model) {
        List<String> growing = new ArrayList<>();
        for (StoredModel.Term term : model.terms()) {
            if (grows(term.coefficient())) {
                growing.add(term.of());
            }
        }
        return growing.isEmpty()
                ? "O(1)"
                : growing.stream().collect(Collectors.joining(" + ", "O(", ")"));
    }

    private static boolean grows(Amount amount) {
        return amount.value() != 0 && (amount.low() > 0 || amount.high() < 0);
    }

    /** The class before; {@code none} without a model. */
    public String growthBefore() {
        return base.map(ModelChange::growth).orElse(NO_MODEL);
    }

    /** The class after; {@code none} without a model. */
    public String growthAfter() {
        return now.map(ModelChange::growth).orElse(NO_MODEL);
    }

    /** The law before, as written. */
    public String was() {
        return base.map(StoredModel::text).orElse(NO_MODEL);
    }

    /** The law after, as written. */
    public String is() {
        return now.map(StoredModel::text).orElse(NO_MODEL);
    }

    /** Whether the class changed, not only the coefficients. */
    public boolean otherClass() {
        return !growthBefore().equals(growthAfter());
    }

    /** A part grows that did not. */
    boolean growsNewly() {
        if (base.isEmpty() || now.isEmpty()) {
            return false;
        }
        Map<String, Amount> before = parts(base.get());
        return now.get().terms().stream()
                .anyMatch(term ->
                        term.coefficient().low() > 0
                                && !Optional.ofNullable(before.get(term.of()))
                                        .map(amount -> amount.low() > 0)
                                        .orElse(false));
    }
}
