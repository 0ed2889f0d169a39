package org.feuerprobe.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /**
     * The words of a command line that describe a campaign.
     *
     * @param commandLine begins with the program and the command
     * @param own options that do not describe it, and whether each takes a value
     */
    public static List<String> describing(List<String> commandLine, Map<String, Boolean> own) {
        List<String> words = new ArrayList<>();
        for (int i = 2; i < commandLine.size(); i++) {
            String word = commandLine.get(i);
            Boolean takesValue = own.get(word.split("=", 2)[0]);
            if (takesValue == null) {
                words.add(word);
            } else if (takesValue && !word.contains("=")) {
                i++;
            }
        }
        return words;
    }

    /** The command that carries out the whole campaign on one machine. */
    public static List<String> onOneMachine(List<String> words, boolean namesTarget) {
        List<String> command =
                new ArrayList<>(
                        List.of("feuerprobe", "validate", "--no-estimates", "--budget", "0"));
        if (!namesTarget) {
            command.addAll(List.of("--target", "qemu"));
        }
        command.addAll(words);
        return command;
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
