package org.feuerprobe.compare;

import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.results.StoredManifest;

/**
 * May figures of two testbeds be compared? Exact counts depend on the emulator alone; timed figures
 * on the machine, its system and whether it is virtual. A fact that only one side knows differs:
 * absent is not equal.
 */
public final class TestbedRule {
    private static final List<String> COUNTED = List.of("emulator");
    private static final List<String> TIMED =
            List.of("os", "cpu", "cpus", "virtualised", "emulator", "fingerprint");

    private TestbedRule() {}

    /** {@code cpu: "A" and "B"} for each fact that matters and differs. */
    public static List<String> differences(StoredManifest base, StoredManifest now) {
        List<String> differences = machines(base, now);
        if (!base.target().equals(now.target())) {
            differences.add("target: %s and %s".formatted(base.target(), now.target()));
        }
        return differences;
    }

    /** The same of the machines alone: other targets stand side by side on purpose. */
    public static List<String> machines(StoredManifest base, StoredManifest now) {
        List<String> differences = new ArrayList<>();
        for (String fact : base.exact() && now.exact() ? COUNTED : TIMED) {
            String before = base.testbed().getOrDefault(fact, "");
            String after = now.testbed().getOrDefault(fact, "");
            if (!before.equals(after)) {
                differences.add("%s: \"%s\" and \"%s\"".formatted(fact, before, after));
            }
        }
        return differences;
    }
}
