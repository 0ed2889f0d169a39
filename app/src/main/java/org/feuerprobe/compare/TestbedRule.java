package org.feuerprobe.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.TestbedDifference;

/**
 * Decides whether figures of two testbeds may be compared. Exact counts depend on the emulator
 * alone. Timed figures depend on the machine, its operating system and whether it is virtual. A
 * fact that only one side knows is a difference. If the fingerprints differ, the facts behind them
 * are listed.
 */
public final class TestbedRule {
    private static final String FINGERPRINT = "fingerprint";
    private static final List<String> COUNTED = List.of("emulator");
    private static final List<String> TIMED =
            List.of("os", "cpu", "cpus", "virtualised", "emulator", FINGERPRINT);

    private TestbedRule() {}

    /** Each fact that matters and differs, such as {@code cpu: "A" and "B"}. */
    public static List<String> differences(StoredManifest base, StoredManifest now) {
        List<String> differences = new ArrayList<>();
        machines(base, now).forEach(difference -> differences.add(difference.toString()));
        if (!base.target().equals(now.target())) {
            differences.add("target: %s and %s".formatted(base.target(), now.target()));
        }
        return differences;
    }

    /** The differences of the machines alone, for targets that are compared on purpose. */
    public static List<TestbedDifference> machines(StoredManifest base, StoredManifest now) {
        List<TestbedDifference> differences = new ArrayList<>();
        List<String> facts = base.exact() && now.exact() ? COUNTED : TIMED;
        facts.forEach(fact -> compare(fact, base.testbed(), now.testbed(), differences));
        if (differences.stream().noneMatch(d -> d.fact().equals(FINGERPRINT))) {
            return differences;
        }
        Set<String> told = new LinkedHashSet<>(base.fingerprint().keySet());
        told.addAll(now.fingerprint().keySet());
        told.removeAll(facts); // those are compared already
        told.forEach(fact -> compare(fact, base.fingerprint(), now.fingerprint(), differences));
        return differences;
    }

    private static void compare(
            String fact,
            Map<String, String> base,
            Map<String, String> now,
            List<TestbedDifference> differences) {
        String before = base.getOrDefault(fact, "");
        String after = now.getOrDefault(fact, "");
        if (!before.equals(after)) {
            differences.add(new TestbedDifference(fact, before, after));
        }
    }
}
