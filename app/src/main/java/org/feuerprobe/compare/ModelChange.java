package org.feuerprobe.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.feuerprobe.results.StoredModel;

/**
 * A cost model that is another than before.
 *
 * @param direction {@code WORSE} where a growing part is new or larger and none smaller, {@code
 *     BETTER} the other way round, else {@code MOVED}
 */
public record ModelChange(
        String operation,
        String benchmark,
        StoredModel base,
        StoredModel now,
        Direction direction) {
    /** The constant part's name among the parts. */
    private static final String CONSTANT = "1";

    /** Empty where the two say the same. */
    static Optional<ModelChange> of(
            String operation, String benchmark, StoredModel base, StoredModel now) {
        SequencedMap<String, StoredModel.Amount> before = parts(base);
        SequencedMap<String, StoredModel.Amount> after = parts(now);
        boolean larger = false;
        boolean smaller = false;
        SequencedMap<String, StoredModel.Amount> all = new LinkedHashMap<>(before);
        after.forEach(all::putIfAbsent);
        StoredModel.Amount none = new StoredModel.Amount(0, 0, 0);
        for (String part : all.sequencedKeySet()) {
            StoredModel.Amount b = before.getOrDefault(part, none);
            StoredModel.Amount a = after.getOrDefault(part, none);
            larger |= a.low() > b.high();
            smaller |= a.high() < b.low();
        }
        if (!larger && !smaller && growth(base).equals(growth(now))) {
            return Optional.empty();
        }
        Direction direction =
                larger == smaller ? Direction.MOVED : larger ? Direction.WORSE : Direction.BETTER;
        return Optional.of(new ModelChange(operation, benchmark, base, now, direction));
    }

    private static SequencedMap<String, StoredModel.Amount> parts(StoredModel model) {
        SequencedMap<String, StoredModel.Amount> parts = new LinkedHashMap<>();
        parts.put(CONSTANT, model.intercept());
        model.terms().forEach(term -> parts.put(term.of(), term.coefficient()));
        return parts;
    }

    /** {@code O(1)}, {@code O(N_caps + K)}: the parts whose coefficient is not zero. */
    static String growth(StoredModel model) {
        String growing =
                model.terms().stream()
                        .filter(term -> grows(term.coefficient()))
                        .map(StoredModel.Term::of)
                        .collect(Collectors.joining(" + "));
        return growing.isEmpty() ? "O(1)" : "O(" + growing + ")";
    }

    private static boolean grows(StoredModel.Amount amount) {
        return amount.value() != 0 && (amount.low() > 0 || amount.high() < 0);
    }

    /** Whether the class changed, not only the coefficients. */
    public boolean otherClass() {
        return !growth(base).equals(growth(now));
    }

    /** A part grows that did not. */
    boolean growsNewly() {
        Map<String, StoredModel.Amount> before = parts(base);
        return now.terms().stream()
                .anyMatch(term ->
                        term.coefficient().low() > 0
                                && !Optional.ofNullable(before.get(term.of()))
                                        .map(amount -> amount.low() > 0)
                                        .orElse(false));
    }
}
