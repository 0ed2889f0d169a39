package org.feuerprobe.gate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.harness.CommandWords;

/**
 * The commands that accept what changed: one for the baseline, and one for the history.
 *
 * @param files the results folder; empty if the gate measures itself
 * @param baseline the file of accepted counts that was named
 * @param places earlier campaigns; may be empty
 * @param since a date; may be empty
 */
public record AcceptCommands(
        List<Path> files, Optional<Path> baseline, List<String> places, String since) {
    /** The command lines, with a reason to fill in. */
    public List<String> lines() {
        List<String> commands = new ArrayList<>();
        if (baseline.isPresent() || files.isEmpty()) {
            commands.add(
                    command(
                            baseline.map(file -> List.of("--baseline", file.toString()))
                                    .orElse(List.of())));
        }
        if (!places.isEmpty()) {
            List<String> options = new ArrayList<>();
            places.forEach(place -> options.addAll(List.of("--history", place)));
            if (!since.isEmpty()) {
                options.addAll(List.of("--since", since));
            }
            commands.add(command(options));
        }
        return commands;
    }

    private String command(List<String> options) {
        List<String> words = new ArrayList<>(List.of("feuerprobe", "gate"));
        files.stream().limit(1).map(Path::toString).forEach(words::add);
        words.addAll(options);
        return CommandWords.line(words) + " --accept \"why\"";
    }
}
