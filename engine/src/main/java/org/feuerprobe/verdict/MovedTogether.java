package org.feuerprobe.verdict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.feuerprobe.bound.Expression;
import org.feuerprobe.bound.Factor;
import org.feuerprobe.bound.Product;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.Point;

/**
 * Parameters that never varied independently: points with equal values of one have equal values of
 * the others. The data show the cost along one line only, however long it is.
 *
 * @param names the parameters, beginning with those that the claim names
 * @param named number of parameters that the claim names
 * @param example one point, for the reason
 * @param proportional whether the parameters are multiples of each other at all points
 * @param equal whether the parameters are equal at all points
 */
record MovedTogether(
        List<String> names,
        int named,
        Map<String, Double> example,
        boolean proportional,
        boolean equal) {
    private static final double SAME = 1e-9;

    /** The first such group among the parameters that vary. */
    static Optional<MovedTogether> in(DataSet data, List<String> varying, Set<String> claimed) {
        for (String first : varying) {
            List<String> group = new ArrayList<>(List.of(first));
            for (String other : varying) {
                if (!other.equals(first) && oneToOne(data, first, other)) {
                    group.add(other);
                }
            }
            if (group.size() > 1) {
                return Optional.of(of(data, group, claimed));
            }
        }
        return Optional.empty();
    }

    private static MovedTogether of(DataSet data, List<String> group, Set<String> claimed) {
        List<String> names = new ArrayList<>(group.stream().filter(claimed::contains).toList());
        int named = names.size();
        group.stream().filter(name -> !claimed.contains(name)).forEach(names::add);
        Map<String, Double> example = new TreeMap<>();
        Map<String, Double> last = data.points().getLast().parameters();
        names.forEach(name -> example.put(name, last.getOrDefault(name, 0.0)));
        double[] ratios = new double[names.size()];
        boolean proportional = true;
        for (Point point : data.points()) {
            double base = point.parameters().getOrDefault(names.getFirst(), 0.0);
            for (int i = 0; i < ratios.length; i++) {
                double ratio = point.parameters().getOrDefault(names.get(i), 0.0) / base;
                ratios[i] = ratios[i] == 0 ? ratio : ratios[i];
                proportional &= Math.abs(ratio - ratios[i]) <= SAME * ratios[i];
            }
        }
        boolean equal = proportional;
        for (double ratio : ratios) {
            equal &= Math.abs(ratio - 1) <= SAME;
        }
        return new MovedTogether(List.copyOf(names), named, example, proportional, equal);
    }

    private static boolean oneToOne(DataSet data, String a, String b) {
        Map<Double, Double> forth = new HashMap<>();
        Map<Double, Double> back = new HashMap<>();
        for (Point point : data.points()) {
            double x = point.parameters().getOrDefault(a, 0.0);
            double y = point.parameters().getOrDefault(b, 0.0);
            Double formerY = forth.putIfAbsent(x, y);
            Double formerX = back.putIfAbsent(y, x);
            if ((formerY != null && formerY != y) || (formerX != null && formerX != x)) {
                return false;
            }
        }
        return true;
    }

    /** The parameter that represents the group. */
    String representative() {
        return names.getFirst();
    }

    /**
     * The bound along the line, as a function of the representative. Empty if it is not an
     * expression there.
     */
    Optional<Expression> along(Expression bound) {
        List<Product> products = new ArrayList<>();
        for (Product product : bound.products()) {
            Product replaced = Product.ONE;
            for (Factor factor : product.factors()) {
                boolean inGroup = names.contains(factor.parameter());
                if (inGroup && !(equal || (proportional && !factor.exceedsPowers()))) {
                    return named == 1 ? Optional.of(bound) : Optional.empty();
                }
                replaced = replaced.times(Product.of(inGroup ? renamed(factor) : factor));
            }
            products.add(replaced);
        }
        return Optional.of(new Expression(products));
    }

    private Factor renamed(Factor factor) {
        return new Factor(
                representative(),
                factor.power(),
                factor.logPower(),
                factor.logShift(),
                factor.base(),
                factor.factorials());
    }

    /** Text for people: {@code k, m and n always moved together (k=512 m=512 n=512)}. */
    @Override
    public String toString() {
        List<String> sorted = names.stream().sorted().toList();
        return "%s and %s always moved together (%s)"
                .formatted(
                        String.join(", ", sorted.subList(0, sorted.size() - 1)),
                        sorted.getLast(),
                        Numbers.point(example));
    }

    /** The data with one parameter for the group. */
    DataSet reduced(DataSet data) {
        List<Point> points = new ArrayList<>();
        for (Point point : data.points()) {
            Map<String, Double> left = new LinkedHashMap<>(point.parameters());
            names.subList(1, names.size()).forEach(left::remove);
            points.add(new Point(left, point.boots()));
        }
        return new DataSet(data.name(), data.metric(), data.exact(), points);
    }

    /** Points off the line: in each of them, one parameter of the group has half of its value. */
    Advice offTheLine() {
        List<Map<String, Double>> points = new ArrayList<>();
        for (String name : names.subList(0, Math.max(1, named))) {
            Map<String, Double> point = new LinkedHashMap<>(example);
            point.computeIfPresent(name, (_, value) -> Math.ceil(value / 2));
            points.add(point);
        }
        return new Advice(points, 0, 0, "vary one of them alone");
    }
}
