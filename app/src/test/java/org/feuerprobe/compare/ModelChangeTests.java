package org.feuerprobe.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredModel.Amount;
import org.feuerprobe.results.StoredModel.Break;
import org.junit.jupiter.api.Test;

/** Which cost models are another than before. */
class ModelChangeTests {
    private static final StoredModel FLAT = fitted(new Amount(600, 590, 610), List.of());

    private static Optional<Direction> change(StoredModel base, StoredModel now) {
        return ModelChange.of("op", "op/warm", Optional.of(base), Optional.of(now))
                .map(ModelChange::direction);
    }

    @Test
    void aNewLevelIsAChangeInBothDirections() {
        StoredModel stepped = fitted(FLAT.intercept(), List.of(level(256, 512, 1150, 1250)));

        assertThat(change(FLAT, stepped)).contains(Direction.WORSE);
        assertThat(change(stepped, FLAT)).contains(Direction.BETTER);
        assertThat(change(stepped, stepped)).isEmpty();
    }

    @Test
    void aLevelOfAnotherSizeOrPlaceIsAChange() {
        StoredModel stepped = fitted(FLAT.intercept(), List.of(level(256, 512, 1150, 1250)));

        assertThat(change(stepped, fitted(FLAT.intercept(), List.of(level(256, 512, 1300, 1400)))))
                .contains(Direction.WORSE);
        assertThat(change(stepped, fitted(FLAT.intercept(), List.of(level(256, 512, 1200, 1300)))))
                .isEmpty();
        assertThat(
                        change(
                                stepped,
                                fitted(FLAT.intercept(), List.of(level(2048, 4096, 1150, 1250)))))
                .contains(Direction.MOVED);
        assertThat(change(stepped, fitted(FLAT.intercept(), List.of(level(512, 1024, 1150, 1250)))))
                .as("the next tested value may be noise")
                .isEmpty();
    }

    @Test
    void aFactorIsMeasuredFromOne() {
        StoredModel halved =
                fitted(
                        FLAT.intercept(),
                        List.of(
                                new Break(
                                        "n", 256, 512, "factor", new Amount(0.5, 0.45, 0.55), "")));

        assertThat(change(FLAT, halved)).contains(Direction.BETTER);
    }

    @Test
    void aModelThatIsGoneIsAChange() {
        assertThat(ModelChange.of("op", "op/warm", Optional.of(FLAT), Optional.empty()))
                .map(change -> change.was() + " → " + change.is())
                .contains("600 → none");
        assertThat(ModelChange.of("op", "op/warm", Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void fittedModelsDifferWhereTheirIntervalsDoNotMeet() {
        assertThat(change(line(10, 1, false), line(10.5, 1, false))).isEmpty();
        assertThat(change(line(10, 1, false), line(13, 1, false))).contains(Direction.WORSE);
        assertThat(change(line(10, 0, true), line(10, 0, true))).isEmpty();
        assertThat(change(line(10, 0, true), line(11, 0, true))).contains(Direction.WORSE);
        assertThat(change(line(10, 1, false), FLAT)).isPresent();
    }

    private static Break level(double after, double before, double low, double high) {
        return new Break("n", after, before, "level", new Amount((low + high) / 2, low, high), "");
    }

    private static StoredModel fitted(Amount constant, List<Break> regimes) {
        return new StoredModel("600", constant, List.of(), regimes, false, 0);
    }

    private static StoredModel line(double slope, double half, boolean exact) {
        return new StoredModel(
                "5 + " + slope + "·N",
                Amount.exact(5),
                List.of(
                        new StoredModel.Term(
                                new Amount(slope, slope - half, slope + half),
                                "N",
                                StoredModel.product("N"))),
                List.of(),
                exact,
                0);
    }
}
