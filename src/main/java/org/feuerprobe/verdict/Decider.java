package org.feuerprobe.verdict;

import java.util.Map;
import java.util.Optional;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.model.PlainFit;
import org.feuerprobe.sample.DataSet;

/** Decides one claim on one data set. */
public final class Decider {
    private static final double FAR = 1e30;

    private Decider() {}

    /** Decides an asymptotic claim in one parameter. */
    public static Decision decide(Claim.Asymptotic claim, DataSet data, String parameter) {
        Optional<CostModel> fitted = PlainFit.fit(data, parameter);
        if (fitted.isEmpty()) {
            return new Decision(
                    VerdictKind.INCONCLUSIVE,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    "too few points over " + parameter + ": measure at least five");
        }
        CostModel model = fitted.get();
        boolean certificate = model.exact() && data.exact();
        int order = compare(model.growth(), claim.expression(), parameter);
        VerdictKind kind =
                order == 0
                        ? VerdictKind.HOLDS
                        : order > 0 || claim.mode() == Claim.Mode.TIGHT
                                ? VerdictKind.VIOLATED
                                : VerdictKind.LOOSE;
        String reason =
                "cost grows as "
                        + model.growth()
                        + (certificate ? ", exactly at every point tested" : "");
        return new Decision(kind, Optional.of(model), Optional.empty(), certificate, reason);
    }

    /**
     * Below, at or above zero as {@code a} grows slower than, as fast as or faster than {@code b}.
     */
    static int compare(Expression a, Expression b, String parameter) {
        double near = ratio(a, b, parameter, FAR);
        double far = ratio(a, b, parameter, FAR * FAR);
        double growth = far / near;
        return growth > 1.5 ? 1 : growth < 1 / 1.5 ? -1 : 0;
    }

    private static double ratio(Expression a, Expression b, String parameter, double n) {
        Map<String, Double> at = Map.of(parameter, n);
        return a.at(at) / b.at(at);
    }
}
