package org.feuerprobe.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The values measured at one point of the parameter grid.
 *
 * @param parameters value of each parameter; empty if the cost has no parameter
 * @param boots one array per boot, in the order of time; each has at least one value, and all
 *     values are finite
 */
public record Point(Map<String, Double> parameters, List<double[]> boots) {
    public Point {
        parameters = Map.copyOf(parameters);
        boots = List.copyOf(boots);
        if (boots.isEmpty()) {
            throw new IllegalArgumentException("a point needs at least one boot");
        }
        for (double[] boot : boots) {
            boolean finite = boot.length > 0;
            for (double value : boot) {
                finite &= Double.isFinite(value);
            }
            if (!finite) {
                throw new IllegalArgumentException("a boot needs values, all of them finite");
            }
        }
    }

    /** All values of all boots, in order. */
    public double[] values() {
        if (boots.size() == 1) {
            return boots.getFirst().clone();
        }
        return boots.stream().flatMapToDouble(Arrays::stream).toArray();
    }
}
