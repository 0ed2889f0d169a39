package org.feuerprobe.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.sample.Measurement;

/**
 * The pointwise 95 % bootstrap band of a fitted model, which shows how the model varies with the
 * boots (Davison and Hinkley 1997, section 6.3). Boots, or the values of a single boot, are drawn
 * again with replacement. The model's terms are fitted to the points' medians by relative least
 * squares. The band is the model plus the spread of these fits around the fit to all data.
 *
 * <p>Cost: {@value #ROUNDS} fits of a few coefficients. The same data give the same band.
 */
final class ModelBand {
    private static final int ROUNDS = 200;
    private static final long SEED = 0x5eed;
    private static final int MOST_VALUES = 64;

    private final StoredModel model;
    private final List<Measurement> points;
    private final double[] reference;
    private final List<double[]> fits = new ArrayList<>();

    private ModelBand(StoredModel model, List<Measurement> points, double[] reference) {
        this.model = model;
        this.points = points;
        this.reference = reference;
    }

    /** Computes the band. It is empty if the model is exact or its terms cannot be fitted again. */
    static Optional<ModelBand> of(StoredModel model, StoredSeries series) {
        if (model.exact() || series.points().size() < model.terms().size() + 2) {
            return Optional.empty();
        }
        List<Measurement> points = series.points();
        Optional<double[]> reference =
                fit(model, points, points.stream().mapToDouble(p -> median(units(p))).toArray());
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        ModelBand band = new ModelBand(model, points, reference.get());
        band.draw();
        return band.fits.size() < ROUNDS / 2 ? Optional.empty() : Optional.of(band);
    }

    private void draw() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        List<double[]> values = points.stream().map(ModelBand::units).toList();
        for (int round = 0; round < ROUNDS; round++) {
            double[] medians = new double[points.size()];
            for (int i = 0; i < medians.length; i++) {
                medians[i] = redrawn(values.get(i), random);
            }
            fit(model, points, medians).ifPresent(fits::add);
        }
    }

    /** The resampled units: medians of the boots, or the values of a single boot. */
    private static double[] units(Measurement point) {
        return point.boots().size() > 1
                ? point.boots().stream().mapToDouble(boot -> median(boot.net())).toArray()
                : Arrays.copyOf(
                        point.boots().getFirst().net(),
                        Math.min(MOST_VALUES, point.boots().getFirst().operation().length));
    }

    private static double redrawn(double[] units, RandomGenerator random) {
        double[] drawn = new double[units.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = units[random.nextInt(units.length)];
        }
        return median(drawn);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }

    /** Lower and upper end of the band at a point, where {@code cost} is the model's cost. */
    double[] at(Map<String, Double> parameters, double cost) {
        double[] row = row(model, parameters).orElseThrow();
        double centre = dot(reference, row);
        double[] spread =
                fits.stream().mapToDouble(fit -> dot(fit, row) - centre).sorted().toArray();
        return new double[] {
            cost + Math.min(0, spread[(int) (0.025 * (spread.length - 1))]),
            cost + Math.max(0, spread[(int) Math.ceil(0.975 * (spread.length - 1))])
        };
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static Optional<double[]> row(StoredModel model, Map<String, Double> parameters) {
        double[] row = new double[model.terms().size() + 1];
        row[0] = 1;
        for (int i = 1; i < row.length; i++) {
            Optional<Double> value = StoredModel.value(model.terms().get(i - 1), parameters);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            row[i] = value.get();
        }
        return Optional.of(row);
    }

    /** Relative least squares by normal equations, with columns scaled to a largest value of 1. */
    private static Optional<double[]> fit(
            StoredModel model, List<Measurement> points, double[] costs) {
        int k = model.terms().size() + 1;
        double[][] a = new double[k][k + 1];
        double[] scale = new double[k];
        List<double[]> rows = new ArrayList<>();
        for (Measurement point : points) {
            Optional<double[]> row = row(model, StoredSeries.doubles(point));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            rows.add(row.get());
            for (int i = 0; i < k; i++) {
                scale[i] = Math.max(scale[i], Math.abs(row.get()[i]));
            }
        }
        for (int p = 0; p < costs.length; p++) {
            double weight = 1 / Math.max(1e-9, costs[p] * costs[p]);
            double[] row = rows.get(p);
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    a[i][j] += weight * row[i] / scale[i] * row[j] / scale[j];
                }
                a[i][k] += weight * row[i] / scale[i] * costs[p];
            }
        }
        return solve(a).map(solution -> unscaled(solution, scale));
    }

    private static double[] unscaled(double[] solution, double[] scale) {
        for (int i = 0; i < solution.length; i++) {
            solution[i] /= scale[i];
        }
        return solution;
    }

    /** Gauss-Jordan elimination with row pivots; empty if the columns are linearly dependent. */
    private static Optional<double[]> solve(double[][] a) {
        int k = a.length;
        for (int c = 0; c < k; c++) {
            int pivot = c;
            for (int r = c + 1; r < k; r++) {
                pivot = Math.abs(a[r][c]) > Math.abs(a[pivot][c]) ? r : pivot;
            }
            if (!(Math.abs(a[pivot][c]) > 1e-14)) {
                return Optional.empty();
            }
            double[] swap = a[c];
            a[c] = a[pivot];
            a[pivot] = swap;
            for (int r = 0; r < k; r++) {
                double factor = r == c ? 0 : a[r][c] / a[c][c];
                for (int j = c; j <= k && factor != 0; j++) {
                    a[r][j] -= factor * a[c][j];
                }
            }
        }
        double[] solution = new double[k];
        for (int i = 0; i < k; i++) {
            solution[i] = a[i][k] / a[i][i];
        }
        return Optional.of(solution);
    }
}
