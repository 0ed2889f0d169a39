package org.feuerprobe.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.feuerprobe.campaign.CampaignResult.Rejected;
import org.feuerprobe.guest.BootOutcome;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;

/**
 * The entries of a plan that a boot did not finish because it failed. The first such entry of a
 * boot is the one in which it failed; the boot never began the others.
 */
final class LostEntries {
    private final Plan plan;

    /** The number of the first boot that lost the entry. */
    private final Map<Integer, Integer> boots = new LinkedHashMap<>();

    private final List<BootOutcome> outcomes;

    /** At least one entry of each failed boot is finished. */
    LostEntries(Plan plan, List<BootOutcome> outcomes) {
        this.plan = plan;
        this.outcomes = outcomes;
        for (int entry = 0; entry < plan.entries().size(); entry++) {
            for (int boot = 0; boot < outcomes.size(); boot++) {
                if (finished(outcomes.get(boot)).run().entries().get(entry).wasLost()) {
                    boots.putIfAbsent(entry, boot);
                }
            }
        }
    }

    /** Whether a boot failed and has samples nevertheless. */
    static boolean hasSamples(BootOutcome outcome) {
        return outcome instanceof BootOutcome.Failed failed
                && failed.finished().filter(done -> done.run().hasSamples()).isPresent();
    }

    /** What a boot has finished. */
    static BootOutcome.Completed finished(BootOutcome outcome) {
        return switch (outcome) {
            case BootOutcome.Completed completed -> completed;
            case BootOutcome.Failed failed -> failed.finished().orElseThrow();
        };
    }

    boolean has(int entry) {
        return boots.containsKey(entry);
    }

    /** The entries in which boots failed, and one summary for each benchmark that lost others. */
    List<Rejected> rejected() {
        List<Rejected> all = new ArrayList<>();
        Map<String, List<PlanEntry>> others = new LinkedHashMap<>();
        Map<Integer, Boolean> named = new LinkedHashMap<>();
        boots.forEach((entry, boot) -> {
            PlanEntry planned = plan.entries().get(entry);
            if (named.putIfAbsent(boot, true) == null) {
                all.add(rejected(planned, planned.parameters(), message(boot)));
            } else {
                others.computeIfAbsent(planned.benchmark().name(), _ -> new ArrayList<>())
                        .add(planned);
            }
        });
        others.forEach((_, points) ->
                all.add(
                        rejected(
                                points.getFirst(),
                                Map.of(),
                                "the failed boot did not reach %d of its points"
                                        .formatted(points.size()))));
        return all;
    }

    /**
     * Every benchmark, because the plugin's counts of a failed boot are lost; none if none failed.
     */
    List<Rejected> uncounted() {
        List<Rejected> all = new ArrayList<>();
        for (int boot = 0; boot < outcomes.size() && all.isEmpty(); boot++) {
            if (outcomes.get(boot) instanceof BootOutcome.Failed) {
                String reason = "the plugin's counts are lost: " + message(boot);
                plan.entries().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> entry.benchmark().name(),
                                        entry -> entry,
                                        (first, _) -> first,
                                        LinkedHashMap::new))
                        .values()
                        .forEach(entry -> all.add(rejected(entry, Map.of(), reason)));
            }
        }
        return all;
    }

    private String message(int boot) {
        return String.valueOf(
                new CampaignException(boot, (BootOutcome.Failed) outcomes.get(boot)).getMessage());
    }

    private static Rejected rejected(PlanEntry entry, Map<String, Long> parameters, String reason) {
        return new Rejected(
                entry.benchmark().operation(), entry.benchmark().name(), parameters, reason);
    }
}
