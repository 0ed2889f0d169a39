package org.feuerprobe.shard;

import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.campaign.BootPool;
import org.feuerprobe.harness.CommandWords;
import org.feuerprobe.harness.PlannedCampaign;
import org.feuerprobe.harness.Substitution;

/**
 * What the boots of a campaign depend on. Parts belong together only if theirs are equal.
 *
 * @param kernel SHA-256 of the image
 * @param emulator the line that its {@code --version} prints
 * @param caches the caches that the plugin models; empty if it models none
 * @param bounds SHA-256 of the bounds file
 * @param plan SHA-256 over the plans of all boots, with their seeds
 * @param boots number of boots
 * @param command words of the command line that describe the campaign
 */
record CampaignIdentity(
        String kernel,
        String emulator,
        String caches,
        String bounds,
        String plan,
        int boots,
        List<String> command) {
    CampaignIdentity {
        command = List.copyOf(command);
    }

    static CampaignIdentity of(PlannedCampaign planned, ShardedCampaign campaign) {
        return new CampaignIdentity(
                planned.image().sha256(),
                campaign.emulator(),
                planned.caches(),
                campaign.bounds(),
                BootKey.sha256(keys(planned).toString()),
                planned.boots().size(),
                campaign.words());
    }

    /** The key of each planned boot, by its number in the whole campaign. */
    static List<BootKey> keys(PlannedCampaign planned) {
        List<BootKey> keys = new ArrayList<>();
        for (BootPool.Boot boot : planned.boots()) {
            Substitution.Reading reading =
                    boot.target() instanceof RoutedTarget target
                            ? target.reading()
                            : Substitution.Reading.CLOCK;
            keys.add(BootKey.of(reading, boot.plan(), boot.number()));
        }
        return keys;
    }

    /** A short name for people. */
    String name() {
        return BootKey.sha256(BootDocument.MAPPER.writeValueAsString(this)).substring(0, 8);
    }

    /** In what another identity differs from this one, each with both values. */
    List<String> differences(CampaignIdentity other) {
        List<String> differences = new ArrayList<>();
        compare(
                differences,
                "command",
                CommandWords.line(command),
                CommandWords.line(other.command));
        compare(differences, "emulator", emulator, other.emulator);
        compare(differences, "kernel", kernel, other.kernel);
        compare(differences, "bounds file", bounds, other.bounds);
        compare(differences, "caches", caches, other.caches);
        compare(differences, "plan", plan, other.plan);
        return differences;
    }

    private static void compare(List<String> differences, String what, String a, String b) {
        if (!a.equals(b)) {
            differences.add("%s: %s, not %s".formatted(what, shown(b), shown(a)));
        }
    }

    private static String shown(String value) {
        return value.isEmpty()
                ? "none"
                : value.matches("[0-9a-f]{64}") ? value.substring(0, 12) : value;
    }
}
