package org.feuerprobe.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.Product;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.model.Regime;
import org.feuerprobe.model.RegimeKind;
import org.feuerprobe.results.StoredModel.Amount;
import org.feuerprobe.sample.Estimate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredModelTests {
    /** The page draws what the engine fitted, whatever changes at the border. */
    @ParameterizedTest
    @EnumSource(value = RegimeKind.class, names = "ONSET", mode = EnumSource.Mode.EXCLUDE)
    void predictsWhatTheFittedModelPredicts(RegimeKind kind) {
        CostModel fitted =
                new CostModel(
                        Estimate.exact(100),
                        List.of(new CostModel.Term(3, Product.of("n", Fraction.ONE, 0))),
                        List.of(
                                new Regime(
                                        "n", 64, 128, kind, Estimate.exact(1.5), kind.levelsOff())),
                        false,
                        0);
        StoredModel stored =
                new StoredModel(
                        "",
                        Amount.exact(100),
                        List.of(
                                new StoredModel.Term(
                                        Amount.exact(3), "n", StoredModel.product("n"))),
                        List.of(
                                new StoredModel.Break(
                                        "n",
                                        64,
                                        128,
                                        kind.name().toLowerCase(Locale.ROOT),
                                        Amount.exact(1.5),
                                        "")),
                        false,
                        0);
        for (double n : new double[] {0, 1, 64, 65, 128, 1e6}) {
            assertThat(stored.at(Map.of("n", n)).orElseThrow())
                    .isCloseTo(fitted.at(Map.of("n", n)), Offset.offset(1e-6));
        }
    }
}
