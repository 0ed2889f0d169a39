package org.feuerprobe.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Validation;

/**
 * A campaign that several machines carry out: the first round of a validation.
 *
 * @param validation judges in one round, and estimates nothing
 * @param bounds SHA-256 of the bounds file
 * @param emulator the line that the emulator's {@code --version} prints
 * @param words the options that describe the campaign, as on a command line
 * @param parallel boots at the same time
 */
public record ShardedCampaign(
        Validation validation, String bounds, String emulator, List<String> words, int parallel) {
    public ShardedCampaign {
        words = List.copyOf(words);
    }

    /** Hash of a bounds file. */
    public static String hash(Path bounds) throws LabException {
        try {
            return BootKey.sha256(Files.readAllBytes(bounds));
        } catch (IOException e) {
            throw LabException.wrongUse("%s: cannot be read: %s".formatted(bounds, e.getMessage()));
        }
    }
}
