package org.feuerprobe.harness;

import org.feuerprobe.sample.Numbers;
import org.jspecify.annotations.Nullable;

/** How much faster growth a claim may hide in the noise: the option {@code --most-growth}. */
public final class MostGrowth {
    private MostGrowth() {}

    /**
     * The share of the cost that undetected growth may have.
     *
     * @param percent as the user wrote it; null means no limit, which is infinity
     */
    public static double share(@Nullable Double percent) throws LabException {
        if (percent == null) {
            return Double.POSITIVE_INFINITY;
        }
        if (!(percent > 0)) {
            throw LabException.wrongUse(
                    "--most-growth "
                            + Numbers.plain(percent)
                            + ": want a percentage above 0, such as 5");
        }
        return percent / 100;
    }
}
