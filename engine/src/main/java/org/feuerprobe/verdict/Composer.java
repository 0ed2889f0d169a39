package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Bound;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.bound.Part;
import org.feuerprobe.model.Composition;
import org.feuerprobe.model.Condensed;
import org.feuerprobe.model.Condenser;
import org.feuerprobe.model.CostModel;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Measurement;

/**
 * Builder of predictions: models each part of an operation, and compares their sum with its cost.
 */
final class Composer {
    private final Decider decider;
    private final Map<String, List<Measurement>> byOperation;
    private final boolean exact;

    Composer(Decider decider, Map<String, List<Measurement>> byOperation, boolean exact) {
        this.decider = decider;
        this.byOperation = byOperation;
        this.exact = exact;
    }

    /** One comparison for each benchmark of the bound's operation; empty if a part has no model. */
    List<Composed> compose(Bound bound) {
        List<Composed.PartModel> parts = new ArrayList<>();
        for (Part part : bound.parts()) {
            Optional<Composed.PartModel> model = model(part);
            if (model.isEmpty()) {
                return List.of();
            }
            parts.add(model.get());
        }
        List<Composed> composed = new ArrayList<>();
        if (!parts.isEmpty()) {
            benchmarks(bound.operation())
                    .forEach((benchmark, whole) -> composed.add(compose(benchmark, whole, parts)));
        }
        return composed;
    }

    private Composed compose(
            String benchmark, List<Measurement> whole, List<Composed.PartModel> parts) {
        Measurement first = whole.getFirst();
        DataSet data = data(benchmark, whole);
        Condensed cost =
                Condenser.condense(data, List.copyOf(first.parameters().sequencedKeySet()));
        Composition composition =
                Composition.of(
                        parts.stream()
                                .map(p ->
                                        new Composition.Part(
                                                p.part().operation(),
                                                p.model(),
                                                p.part().calls(),
                                                p.part().times()))
                                .toList(),
                        cost);
        return Composed.of(benchmark, first.metric(), parts, composition);
    }

    private Map<String, List<Measurement>> benchmarks(String operation) {
        return byOperation.getOrDefault(operation, List.of()).stream()
                .collect(
                        Collectors.groupingBy(
                                Measurement::benchmark, LinkedHashMap::new, Collectors.toList()));
    }

    private DataSet data(String name, List<Measurement> points) {
        return new DataSet(
                name,
                points.getFirst().metric(),
                exact,
                points.stream().map(Measurement::point).toList());
    }

    private Optional<Composed.PartModel> model(Part part) {
        return benchmarks(part.operation()).entrySet().stream()
                .filter(e -> part.benchmark().isEmpty() || e.getKey().equals(part.benchmark()))
                .findFirst()
                .flatMap(e ->
                        model(data(e.getKey(), e.getValue()))
                                .map(m -> new Composed.PartModel(part, e.getKey(), m)));
    }

    private Optional<CostModel> model(DataSet data) {
        TreeSet<String> varying = new TreeSet<>();
        for (String name : data.points().getFirst().parameters().keySet()) {
            long values =
                    data.points().stream().map(p -> p.parameters().get(name)).distinct().count();
            if (values > 1) {
                varying.add(name);
            }
        }
        if (varying.isEmpty()) {
            Condensed cost = Condenser.condense(data, List.of());
            return Optional.of(new CostModel(cost.points().getFirst().cost(), List.of(), exact, 0));
        }
        Claim claim = Claim.parse("O(" + String.join("*", varying) + ")", Claim.Mode.UPPER);
        return decider.decide(claim, data).model();
    }
}
