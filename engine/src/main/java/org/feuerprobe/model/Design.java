package org.feuerprobe.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.feuerprobe.bound.Product;

/**
 * What a search needs to know about the points of a data set, but not about the costs there: the
 * values of each candidate term. Data sets with the same points share it. Thread-safe.
 */
final class Design {
    /**
     * The values of a product at all points.
     *
     * @param values a value for each point
     * @param size the largest size of a value
     * @param largest index of the point with the largest value
     * @param usable whether the product varies, and is finite and positive somewhere
     */
    record Shape(double[] values, double size, int largest, boolean usable) {
        static Shape of(Product product, List<PointSummary> points) {
            double[] values = new double[points.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = product.at(points.get(i).parameters());
            }
            return of(values);
        }

        static Shape of(double[] values) {
            boolean finite = true;
            double size = 0;
            double smallest = Double.POSITIVE_INFINITY;
            int largest = 0;
            for (int i = 0; i < values.length; i++) {
                finite &= Double.isFinite(values[i]);
                size = Math.max(size, Math.abs(values[i]));
                smallest = Math.min(smallest, values[i]);
                largest = values[i] > values[largest] ? i : largest;
            }
            double most = Math.max(0, values[largest]);
            boolean usable = finite && most > 0 && most > smallest * (1 + 1e-9);
            return new Shape(values, size, largest, usable);
        }
    }

    final TermDictionary.Terms candidates;

    /** The shapes of the candidate terms, in their order. */
    final List<Shape> shapes = new ArrayList<>();

    private record Law(RegimeKind kind, boolean lonely) {}

    private final ConcurrentHashMap<Law, LevellingGrid> grids = new ConcurrentHashMap<>();

    /** Value of the only parameter at each point; empty if there are several parameters. */
    final double[] coordinate;

    Design(Condensed data, TermDictionary.Terms candidates) {
        this.candidates = candidates;
        for (CandidateTerm term : candidates.list()) {
            shapes.add(Shape.of(term.product(), data.points()));
        }
        coordinate =
                data.parameters().size() == 1
                        ? data.coordinates(data.parameters().getFirst())
                        : new double[0];
    }

    /** The borders that are tried first for a law that levels off. */
    LevellingGrid levelling(RegimeKind kind, LevellingGrid.Range range, boolean lonely) {
        return grids.computeIfAbsent(
                new Law(kind, lonely), _ -> LevellingGrid.of(kind, coordinate, range, lonely));
    }
}
