package org.feuerprobe.check;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.ClaimSyntaxException;
import org.feuerprobe.exchange.MetricDirections;
import org.feuerprobe.model.ExactFit;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Unit;
import org.feuerprobe.sample.UnitOfTime;

/**
 * A claim and the data to decide it on, both in one unit. Times are in ns, energies in nJ, powers
 * in W.
 *
 * @param open why the claim cannot be decided on these data; empty if it can
 * @param notes remarks for people: an assumption about the unit
 */
record InOneUnit(Claim claim, DataSet data, String open, List<String> notes) {
    /** The metric of values whose unit nobody stated. */
    static final String UNSTATED = "value";

    private static final Set<String> EXACT =
            Counter.ALL.stream()
                    .filter(counter -> !counter.modelled())
                    .map(Counter::metric)
                    .collect(Collectors.toSet());

    private static final Set<String> KNOWN = known();

    private static Set<String> known() {
        Set<String> known =
                new HashSet<>(
                        Set.of(
                                Metric.CYCLES.name(),
                                UnitOfTime.NANOSECONDS.symbol(),
                                UnitOfTime.MICROSECONDS.symbol(),
                                UnitOfTime.MILLISECONDS.symbol(),
                                UnitOfTime.SECONDS.symbol(),
                                Metric.BYTES.name(),
                                Metric.CACHE_MISSES.name(),
                                Metric.PAGE_FAULTS.name()));
        Counter.ALL.forEach(counter -> known.add(counter.metric()));
        return known;
    }

    /**
     * Brings a claim and data to one unit.
     *
     * @param text the claim as it was written
     * @throws ClaimSyntaxException if neither the data nor anything else has the claim's unit
     */
    static InOneUnit of(Claim claim, String text, DataSet data) {
        Set<String> known = new HashSet<>(KNOWN);
        known.add(data.metric());
        claim.requireUnitOf(known, text);
        boolean assumed = data.metric().equals(UNSTATED) && !claim.unit().isEmpty();
        DataSet stated =
                assumed ? new DataSet(data.name(), claim.unit(), false, data.points()) : data;
        DataSet same = exactWhereCounted(Unit.decided(stated));
        Optional<Claim> matching = claim.in(same.metric());
        return new InOneUnit(
                matching.orElse(claim),
                same,
                matching.isEmpty()
                        ? "the claim is about %s, but the values are %s: claim what was measured, or measure %s"
                                .formatted(claim.unit(), same.metric(), claim.unit())
                        : isRate(claim, same.metric())
                                ? "the values are %s, of which more is better, and %s is about a cost: give the time of each operation"
                                        .formatted(same.metric(), claim)
                                : "",
                assumed
                        ? List.of(
                                "the values state no unit: taken for the claim's, " + claim.unit())
                        : List.of());
    }

    /** Whether a claim of growth, which is about costs, meets a rate that it does not name. */
    private static boolean isRate(Claim claim, String metric) {
        return claim instanceof Claim.Asymptotic
                && claim.unit().isEmpty()
                && MetricDirections.isRate(metric);
    }

    /**
     * Marks counts as exact if their unit repeats exactly and the values do so too. They may also
     * differ because calls differ, such as 6 and 48 at one point: the largest value is then the
     * worst case, and not noise.
     */
    static DataSet exactWhereCounted(DataSet plain) {
        boolean exact =
                EXACT.contains(plain.metric())
                        && (ExactFit.applies(plain) || CountsOfCalls.differ(plain));
        return new DataSet(plain.name(), plain.metric(), exact, plain.points());
    }
}
