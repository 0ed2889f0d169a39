package org.feuerprobe.shard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.feuerprobe.harness.Substitution;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;

/**
 * Identity of a boot within its campaign.
 *
 * @param number the boot's number, because the second boot repeats the first and is one of its own
 * @param plan SHA-256 of the plan with its seed
 */
record BootKey(Substitution.Reading reading, int number, String plan) {
    static BootKey of(Substitution.Reading reading, Plan plan, int number) {
        StringBuilder text = new StringBuilder();
        text.append(plan.seed()).append(' ').append(plan.reading().number()).append('\n');
        for (PlanEntry entry : plan.entries()) {
            text.append(entry.benchmark().name())
                    .append(' ')
                    .append(entry.parameters())
                    .append(' ')
                    .append(entry.samples())
                    .append(' ')
                    .append(entry.warmup())
                    .append(' ')
                    .append(entry.batch())
                    .append('\n');
        }
        return new BootKey(reading, number, sha256(text.toString()));
    }

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
