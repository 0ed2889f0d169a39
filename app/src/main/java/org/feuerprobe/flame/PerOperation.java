package org.feuerprobe.flame;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * A sum over all samples as the cost of one operation. It is exact, because the number of samples
 * is a power of two.
 */
record PerOperation(int samples) {
    PerOperation {
        if (samples < 1 || Integer.bitCount(samples) != 1) {
            throw new IllegalArgumentException("samples=" + samples);
        }
    }

    /** As a number, without zeroes at its end. */
    BigDecimal of(long sum) {
        BigDecimal mean = BigDecimal.valueOf(sum).divide(BigDecimal.valueOf(samples));
        return mean.signum() == 0 || mean.stripTrailingZeros().scale() <= 0
                ? mean.setScale(0, RoundingMode.UNNECESSARY)
                : mean.stripTrailingZeros();
    }

    /** For people, with at most two digits after the point. */
    String text(long sum) {
        BigDecimal mean = of(sum);
        return String.format(Locale.ROOT, mean.scale() <= 0 ? "%,.0f" : "%,.2f", mean);
    }

    /** With its sign. */
    String signed(long sum) {
        return sum > 0 ? "+" + text(sum) : text(sum);
    }
}
