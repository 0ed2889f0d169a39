package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.bound.Factor;
import org.feuerprobe.bound.Fraction;
import org.feuerprobe.bound.Product;
import org.feuerprobe.results.BlockLaw;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.sample.Metric;
import org.feuerprobe.sample.Numbers;

/** Explains a cost model in words: "each further 64 categories cost 5 instructions". */
public final class PlainWords {
    private static final int LARGEST_BLOCK = 4096;

    private PlainWords() {}

    /** Explains a model. The {@code parameters} are those that were varied. */
    public static String of(StoredModel model, String metric, Iterable<String> parameters) {
        List<String> parts = new ArrayList<>();
        List<String> idle = new ArrayList<>();
        for (String parameter : parameters) {
            boolean named =
                    model.terms().stream()
                            .flatMap(term -> term.product().stream())
                            .flatMap(product -> product.factors().stream())
                            .anyMatch(factor -> factor.parameter().equals(parameter));
            if (!named) {
                idle.add(parameter);
            }
        }
        String fixed = amount(model.intercept(), metric);
        if (model.terms().isEmpty()) {
            parts.add(
                    "The operation costs "
                            + fixed
                            + (idle.isEmpty() ? "" : ", whatever " + joined(idle) + " is"));
        } else {
            parts.add("The operation costs " + fixed + " to begin with");
            model.law()
                    .ifPresentOrElse(
                            law -> law.parts().forEach(part -> parts.add(part(part, metric))),
                            () -> model.terms().forEach(term -> parts.add(term(term, metric))));
            if (!idle.isEmpty()) {
                parts.add(joined(idle) + " has no influence");
            }
        }
        model.regimes().forEach(regime -> parts.add("the law changes: " + regime.text()));
        return String.join("; ", parts) + ".";
    }

    /** A part of a law by blocks. A partly used block costs as much as a whole one. */
    private static String part(BlockLaw.Part part, String metric) {
        StoredModel.Amount cost = StoredModel.Amount.exact(part.coefficient());
        if (part.parameter().isEmpty()) {
            return term(
                    new StoredModel.Term(cost, part.rest().toString(), Optional.of(part.rest())),
                    metric);
        }
        String with =
                part.rest().factors().isEmpty()
                        ? ""
                        : ", for each " + part.rest().toString().replace("·", " with each ");
        return "each further %s %s cost %s%s"
                .formatted(
                        Numbers.grouped(part.block()),
                        part.parameter(),
                        amount(cost, metric),
                        with);
    }

    private static boolean isLinear(Factor factor) {
        return factor.power().equals(Fraction.ONE)
                && factor.logPower() == 0
                && !factor.exceedsPowers();
    }

    private static String term(StoredModel.Term term, String metric) {
        Optional<Product> product = term.product();
        double size = term.coefficient().value();
        if (product.isEmpty()) {
            return "and " + amount(term.coefficient(), metric) + " for each unit of " + term.of();
        }
        List<Factor> factors = product.get().factors();
        if (factors.size() == 1) {
            Factor factor = factors.getFirst();
            if (isLinear(factor)) {
                return linear(term.coefficient(), metric, factor.parameter());
            }
            if (factor.power().isZero()
                    && factor.logPower() == 1
                    && factor.logShift() == 0
                    && !factor.exceedsPowers()) {
                return "each doubling of %s costs %s more"
                        .formatted(factor.parameter(), amount(term.coefficient(), metric));
            }
            if (factor.power().isZero() && factor.base() > 1 && factor.logPower() == 0) {
                return "a part of %s for each unit of %s grows by the factor %s with each further %s"
                        .formatted(
                                amount(term.coefficient(), metric),
                                term.of(),
                                Numbers.grouped(factor.base()),
                                factor.parameter());
            }
            if (factor.logPower() == 0 && !factor.exceedsPowers()) {
                double times = Math.pow(2, factor.power().value());
                return "a part of %s for each unit of %s grows by the factor %s whenever %s doubles"
                        .formatted(
                                amount(term.coefficient(), metric),
                                term.of(),
                                Numbers.grouped(Math.round(times * 1000) / 1000.0),
                                factor.parameter());
            }
        }
        boolean pair = factors.size() > 1 && factors.stream().allMatch(PlainWords::isLinear);
        return pair
                ? "each combination of one %s costs %s%s"
                        .formatted(
                                String.join(
                                        " with one ",
                                        factors.stream().map(Factor::parameter).toList()),
                                amount(term.coefficient(), metric),
                                size < 0 ? " (less)" : "")
                : "each unit of %s costs %s"
                        .formatted(term.of(), amount(term.coefficient(), metric));
    }

    /** A cost below one per unit is stated for the number of units that costs a whole number. */
    private static String linear(StoredModel.Amount coefficient, String metric, String parameter) {
        double size = coefficient.value();
        if (Math.abs(size) < 1 && coefficient.isExact()) {
            for (int block = 2; block <= LARGEST_BLOCK; block *= 2) {
                double cost = size * block;
                if (cost == Math.rint(cost) && cost != 0) {
                    return "each further %s %s cost %s"
                            .formatted(
                                    Numbers.grouped(block),
                                    parameter,
                                    amount(StoredModel.Amount.exact(cost), metric));
                }
            }
        }
        if (Math.abs(size) < 0.5 && size != 0) {
            double block = Math.pow(10, Math.ceil(-Math.log10(Math.abs(size))));
            return "each further %s %s cost %s"
                    .formatted(
                            Numbers.grouped(block),
                            parameter,
                            amount(
                                    new StoredModel.Amount(
                                            size * block,
                                            coefficient.low() * block,
                                            coefficient.high() * block),
                                    metric));
        }
        return "each further %s costs %s".formatted(parameter, amount(coefficient, metric));
    }

    private static String amount(StoredModel.Amount amount, String metric) {
        String unit =
                amount.value() == 1 && metric.endsWith("s") && !Metric.of(metric).inSeconds()
                        ? metric.substring(0, metric.length() - 1)
                        : metric;
        String interval =
                amount.isExact() ? "" : " (" + Numbers.interval(amount.low(), amount.high()) + ")";
        return Numbers.grouped(amount.value()) + " " + unit + interval;
    }

    private static String joined(List<String> names) {
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }
}
