package org.feuerprobe.verdict;

import java.util.Locale;

/**
 * A proved worst case that settles a claim, beside what was counted.
 *
 * @param function the function of the image whose paths were followed
 * @param law at most so many instructions, as a formula over the benchmarks' parameters
 * @param where what the law takes for granted, such as {@code lock_waits=0}; may be empty
 * @param least smallest ratio of the proved to the largest counted value of a point
 * @param most largest such ratio
 */
public record ProvedCost(String function, String law, String where, double least, double most) {
    /** The words that stand beside the verdict, wherever it is shown. */
    public String words() {
        return "proved: at most %s instructions on every path%s"
                .formatted(law, where.isEmpty() ? "" : " with " + where);
    }

    /** How far the proved values lie above the largest counted ones. */
    public String ratio() {
        return least == most
                ? String.format(Locale.ROOT, "%.2f times the largest count", most)
                : String.format(Locale.ROOT, "%.2f to %.2f times the largest count", least, most);
    }
}
