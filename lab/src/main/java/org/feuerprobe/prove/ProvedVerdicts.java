package org.feuerprobe.prove;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.feuerprobe.bound.BoundsFile;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.GrowthOrder;
import org.feuerprobe.bound.ProofTie;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MeasurementListener;
import org.feuerprobe.harness.WorstCases;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.verdict.BoundVerdict;
import org.feuerprobe.verdict.ProvedCost;

/**
 * What proofs say about a campaign: they settle claims about instructions, and no counted value may
 * exceed them. A bounds file ties operations to functions ({@link ProofTie}).
 */
public final class ProvedVerdicts implements WorstCases {
    private static final String NUMBER = "[0-9]{1,9}";
    private static final String INSTRUCTIONS = Metric.INSTRUCTIONS.name();

    /** Everything about one operation that is tied to a function whose law is known. */
    private record Proved(ProofTie tie, Law law, String where, List<Measurement> points) {
        /** The law of a function, in which parameters with a number have their value. */
        static Proved of(ProofTie tie, Law proved, List<Measurement> points) {
            Law law = proved.plus(Law.of(tie.plus()));
            List<String> where = new ArrayList<>();
            for (String name : proved.parameters()) {
                String value = tie.with().getOrDefault(name, "");
                if (value.matches(NUMBER)) {
                    law = law.with(name, Polynomial.of(Long.parseLong(value)));
                    where.add(name + "=" + value);
                }
            }
            return new Proved(tie, law, String.join(", ", where), points);
        }

        /** The law's value at a point of the benchmarks. */
        long at(Measurement point) {
            Map<String, Long> values = new HashMap<>(point.parameters());
            for (String name : law.parameters()) {
                Long value = point.parameters().get(named(name));
                if (value == null) {
                    throw new IllegalArgumentException("no value for " + name);
                }
                values.put(name, value);
            }
            return law.at(values);
        }

        /** The benchmarks' name of a parameter of the law. */
        private String named(String parameter) {
            return tie.with().getOrDefault(parameter, parameter);
        }

        /** A parameter of the law without a value; empty if all have one. */
        Optional<String> unknown() {
            for (Measurement point : points) {
                for (String name : law.parameters()) {
                    if (!point.parameters().containsKey(named(name))) {
                        return Optional.of(named(name));
                    }
                }
            }
            return Optional.empty();
        }
    }

    @Override
    public List<BoundVerdict> settle(
            BoundsFile bounds,
            KernelImage image,
            CampaignResult result,
            List<BoundVerdict> verdicts,
            MeasurementListener listener)
            throws LabException, InterruptedException {
        Map<String, List<Measurement>> counted =
                result.measurements().stream()
                        .filter(point -> point.metric().equals(INSTRUCTIONS))
                        .filter(point -> bounds.proved().containsKey(point.operation()))
                        .collect(
                                Collectors.groupingBy(
                                        Measurement::operation,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        if (counted.isEmpty()) {
            return verdicts;
        }
        Map<String, Proved> proved = proved(bounds, image, counted, listener);
        for (Proved one : proved.values()) {
            for (Measurement point : one.points()) {
                hold(one, point);
            }
        }
        List<BoundVerdict> settled = new ArrayList<>();
        for (BoundVerdict verdict : verdicts) {
            Proved one = proved.get(verdict.bound().operation());
            settled.add(
                    one == null || !verdict.metric().equals(INSTRUCTIONS)
                            ? verdict
                            : settled(verdict, one));
        }
        return settled;
    }

    private static Map<String, Proved> proved(
            BoundsFile bounds,
            KernelImage image,
            Map<String, List<Measurement>> counted,
            MeasurementListener listener)
            throws InterruptedException {
        Map<String, Proved> proved = new LinkedHashMap<>();
        Prover prover;
        try {
            prover = Prover.of(image.file());
        } catch (LabException e) {
            listener.note("nothing is proved: " + e.getMessage());
            return Map.of();
        }
        for (Map.Entry<String, List<Measurement>> operation : counted.entrySet()) {
            ProofTie tie = Objects.requireNonNull(bounds.proved().get(operation.getKey()));
            try {
                Proof proof = prover.prove(tie.function());
                if (proof.law().isEmpty()) {
                    listener.note(
                            "%s is not proved: %s"
                                    .formatted(operation.getKey(), proof.why().getFirst()));
                    continue;
                }
                Proved one = Proved.of(tie, proof.law().get(), operation.getValue());
                Optional<String> unknown = one.unknown();
                if (unknown.isPresent()) {
                    listener.note(
                            "%s is not proved: %s has the law %s, and no benchmark says what %s is"
                                    .formatted(
                                            operation.getKey(),
                                            tie.function(),
                                            one.law(),
                                            unknown.get()));
                } else {
                    proved.put(operation.getKey(), one);
                }
            } catch (LabException e) {
                listener.note("%s is not proved: %s".formatted(operation.getKey(), e.getMessage()));
            }
        }
        return proved;
    }

    /** Throws if a counted value is larger than the proof allows. */
    private static void hold(Proved proved, Measurement point) throws LabException {
        long most = proved.at(point);
        for (BootSamples boot : point.boots()) {
            long counted = largest(boot);
            if (counted > Math.multiplyExact(most, boot.batch())) {
                throw LabException.targetFailed(
                        "%s: boot %d counted %d instructions%s, but %s proves at most %d (%s%s): a loop bound in the source is too low, the operation is more than this call, or an interrupt came (docs/prove.md#in-validate)"
                                .formatted(
                                        (point.benchmark()
                                                        + " "
                                                        + Numbers.pointByName(point.parameters()))
                                                .strip(),
                                        boot.boot(),
                                        counted,
                                        boot.batch() == 1
                                                ? ""
                                                : " in %d calls".formatted(boot.batch()),
                                        proved.tie().function(),
                                        most * boot.batch(),
                                        proved.law(),
                                        proved.where().isEmpty() ? "" : " with " + proved.where()));
            }
        }
    }

    /** The largest value without the twin's largest one, so it is not too large. */
    private static long largest(BootSamples boot) {
        return Arrays.stream(boot.operation()).max().orElse(0)
                - Arrays.stream(boot.twin()).max().orElse(0);
    }

    private static BoundVerdict settled(BoundVerdict verdict, Proved proved) {
        boolean open =
                switch (verdict.kind()) {
                    case HOLDS, LOOSE, INCONCLUSIVE -> true;
                    case VIOLATED, NOT_MEASURABLE, NOT_EXERCISED -> false;
                };
        if (!open || !keeps(verdict.bound().claim(), proved)) {
            return verdict;
        }
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (Measurement point : proved.points()) {
            double counted =
                    point.boots().stream()
                            .mapToDouble(boot -> (double) largest(boot) / boot.batch())
                            .max()
                            .orElse(0);
            if (counted > 0) {
                least = Math.min(least, proved.at(point) / counted);
                most = Math.max(most, proved.at(point) / counted);
            }
        }
        return verdict.proved(
                new ProvedCost(
                        proved.tie().function(),
                        proved.law().toString(),
                        proved.where(),
                        Math.min(least, most),
                        most));
    }

    /** Whether the law keeps the claim: at each measured point, or in its growth. */
    private static boolean keeps(Claim claim, Proved proved) {
        return switch (claim) {
            case Claim.Asymptotic growth ->
                    growth.mode() == Claim.Mode.UPPER
                            && GrowthOrder.notFaster(
                                    LawGrowth.of(proved.law(), proved.tie().with()),
                                    growth.expression());
            case Claim.Absolute limit ->
                    limit.comparison() != Claim.Comparison.EQUAL
                            && proved.points().stream()
                                    .allMatch(point ->
                                            limit.comparison()
                                                    .holds(
                                                            (double) proved.at(point),
                                                            limit.limit()));
        };
    }
}
