package org.feuerprobe.flame;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.FunctionCost;
import org.feuerprobe.profile.Profile;
import org.feuerprobe.sample.Numbers;

/** The hot spots of an operation, for a terminal. */
public final class ProfileTable {
    private static final int ROWS = 18;
    private static final int PERCENT = 100;

    private ProfileTable() {}

    /** Benchmark and point, and what one operation costs. */
    public static String heading(Profile profile, Counter counter) {
        PerOperation mean = new PerOperation(profile.samples());
        String what = (profile.benchmark().name() + " " + Numbers.point(profile.point())).strip();
        String net = profile.net() ? ", without its overhead twin" : ", with the measuring loop";
        return counter == Counter.INSTRUCTIONS
                ? "%s: %s instructions an operation (%d samples%s); the clock counted as many.\n"
                        .formatted(what, mean.text(profile.total()), profile.samples(), net)
                : "%s: %s %s an operation (%d samples%s).\n"
                        .formatted(
                                what,
                                mean.text(profile.total(counter)),
                                counter.metric(),
                                profile.samples(),
                                net);
    }

    /** The heading and the dearest functions; all of them with {@code all}. */
    public static String of(Profile profile, Counter counter, boolean all) {
        List<FunctionCost> costs = FunctionCost.of(profile, counter);
        PerOperation mean = new PerOperation(profile.samples());
        long whole = profile.total(counter);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("self", "share", "total", "share", "function"));
        int shown = all || costs.size() <= ROWS + 1 ? costs.size() : ROWS;
        for (FunctionCost cost : costs.subList(0, shown)) {
            rows.add(
                    List.of(
                            mean.text(cost.self()),
                            share(cost.self(), whole),
                            mean.text(cost.total()),
                            share(cost.total(), whole),
                            cost.name()));
        }
        String text = heading(profile, counter) + "\n" + RightAligned.of(rows, 4);
        if (shown == costs.size()) {
            return text;
        }
        long rest = costs.subList(shown, costs.size()).stream().mapToLong(FunctionCost::self).sum();
        return text
                + "%d more functions have %s in all; --all shows them.\n"
                        .formatted(costs.size() - shown, mean.text(rest));
    }

    static String share(long part, long whole) {
        return whole == 0
                ? "-"
                : String.format(Locale.ROOT, "%.1f%%", (double) PERCENT * part / whole);
    }
}
