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
 * A change of a cost model. Exact laws differ if their text differs. Fitted models differ in any of
 * three cases: their growth class differs, the intervals of a coefficient do not overlap, or a
 * regime appeared, vanished or moved.
 *
 * @param base the model before; empty if no model explained the data
 * @param now the model after; empty if no model explains the data
 * @param direction {@code WORSE} if a part or a regime is new or larger and none is smaller, {@code
 *     BETTER} in the opposite case, else {@code MOVED}
 */
public record ModelChange(
        String operation,
        String benchmark,
        Optional<StoredModel> base,
        Optional<StoredModel> now,
        Direction direction) {
    /** Name of the constant part. */
    private static final String CONSTANT = "1";

    private static final String NO_MODEL = "none";

    /** Parameter and kind of a regime, with an index among regimes of the same kind. */
    private record RegimeKey(String parameter, String change, int index) {}

    /** Whether any coefficient became larger or smaller, and whether any regime moved. */
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

    /** The change; empty if both models say the same. */
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

    /**
     * The change of the regimes. A regime that only one model has changes the law, even if the
     * class stays.
     */
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
     * Whether a border moved by more than one tested value. Borders in neighbouring intervals count
     * as one place. The border of a law that levels off has no interval and is not compared.
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

    /**
     * The growth class, {@code O(1)} or {@code O(N_caps + K)}, from the terms that are not zero.
     */
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

    /** Growth class before; {@code none} without a model. */
    public String growthBefore() {
        return base.map(ModelChange::growth).orElse(NO_MODEL);
    }

    /** Growth class after; {@code none} without a model. */
    public String growthAfter() {
        return now.map(ModelChange::growth).orElse(NO_MODEL);
    }

    /** Text of the law before. */
    public String was() {
        return base.map(StoredModel::text).orElse(NO_MODEL);
    }

    /** Text of the law after. */
    public String is() {
        return now.map(StoredModel::text).orElse(NO_MODEL);
    }

    /** Whether the growth class changed, not only the coefficients. */
    public boolean otherClass() {
        return !growthBefore().equals(growthAfter());
    }

    /** Whether a part grows that did not grow before. */
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
