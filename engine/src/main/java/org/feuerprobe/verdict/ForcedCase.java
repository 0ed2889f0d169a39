package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.DataSet;

/**
 * Decides which benchmark of an operation shows the worst case. A benchmark whose counts vary
 * within points, for example because it picks places at random, shows the mean. Another benchmark
 * may force a cost that no call of the first one exceeds at any point. Then the other benchmark
 * decides.
 */
final class ForcedCase {
    private final Claim.Asymptotic claim;
    private final Decider decider;
    private final Function<String, DataSet> data;

    /** Makes a decider; {@code data} gives the exact counts of each benchmark. */
    ForcedCase(Claim.Asymptotic claim, Decider decider, Function<String, DataSet> data) {
        this.claim = claim;
        this.decider = decider;
        this.data = data;
    }

    /**
     * The evidence, in which benchmarks that force the worst case decide for those with varying
     * counts.
     */
    List<BoundVerdict.Evidence> of(List<BoundVerdict.Evidence> evidence) {
        List<BoundVerdict.Evidence> all = new ArrayList<>();
        for (BoundVerdict.Evidence one : evidence) {
            all.add(
                    isOpen(one)
                            ? new BoundVerdict.Evidence(one.benchmark(), decided(one, evidence))
                            : one);
        }
        return all;
    }

    private boolean isOpen(BoundVerdict.Evidence one) {
        return claim.of() == Claim.Case.WORST
                && one.decision().kind() == VerdictKind.INCONCLUSIVE
                && VaryingCounts.of(data.apply(one.benchmark())).any();
    }

    private Decision decided(BoundVerdict.Evidence open, List<BoundVerdict.Evidence> evidence) {
        VaryingCounts seen = VaryingCounts.of(data.apply(open.benchmark()));
        Optional<BoundVerdict.Evidence> forcing =
                evidence.stream()
                        .filter(other -> other.decision().kind() != VerdictKind.INCONCLUSIVE)
                        .filter(other ->
                                VaryingCounts.of(data.apply(other.benchmark())).forces(seen))
                        .findFirst();
        if (forcing.isEmpty()) {
            return open.decision();
        }
        Decision mean =
                decider.decide(
                        new Claim.Asymptotic(
                                claim.expression(), claim.mode(), claim.unit(), Claim.Case.MEAN),
                        data.apply(open.benchmark()));
        if (mean.kind() == VerdictKind.VIOLATED) {
            return mean.because("the mean grows beyond the bound: " + mean.reason());
        }
        Decision worst = forcing.get().decision();
        return open.decision()
                .uncertified(
                        worst.kind(),
                        worst.confidence(),
                        "calls differ, so this shows the mean; %s forces the expensive case at every point and decides: %s"
                                .formatted(forcing.get().benchmark(), worst.reason()));
    }
}
