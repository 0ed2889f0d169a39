package org.feuerprobe.shard;

import java.time.Duration;
import java.util.Map;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.harness.Substitution;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ProbeFormatException;
import tools.jackson.core.JacksonException;

/**
 * Boots that parts contain, in the place of a campaign's own. A boot that no part contains fails.
 */
record ReplayedBoots(Map<BootKey, KeptBoot> boots) {
    Substitution substitution() {
        return (reading, target) ->
                new RoutedTarget(
                        reading,
                        target,
                        (key, _, plan, _, progress) -> {
                            progress.at(plan.entries().size(), plan.entries().size());
                            return outcome(key, plan);
                        });
    }

    private BootOutcome outcome(BootKey key, Plan plan) {
        KeptBoot boot = boots.get(key);
        if (boot == null) {
            return new BootOutcome.Failed(
                    BootOutcome.Failure.MISSING, "no part contains this boot", "");
        }
        try {
            BootDocument document =
                    BootDocument.MAPPER.treeToValue(boot.outcome(), BootDocument.class);
            if (document.run().entries().size() != plan.entries().size()) {
                return corrupt("its plan has another number of entries");
            }
            document.run().requireMatch(plan);
            return document.outcome(Duration.ofNanos((long) (boot.seconds() * 1e9)));
        } catch (ProbeFormatException | JacksonException | IllegalArgumentException e) {
            return corrupt(String.valueOf(e.getMessage()));
        }
    }

    private static BootOutcome corrupt(String why) {
        return new BootOutcome.Failed(BootOutcome.Failure.CORRUPT, "in a part: " + why, "");
    }
}
