package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.feuerprobe.harness.CommandWords;

/** The command line that measures one operation again, quoted for a shell. */
public final class RepeatCommand {
    private static final Set<String> WITH_VALUE = Set.of("--only", "--out", "--refine");
    private static final String SAMPLES = "--samples";
    private static final Set<String> ALONE = Set.of("--json", "--quiet", "-q");

    private RepeatCommand() {}

    /** The campaign's command, limited to this operation and without its outputs. */
    public static String of(List<String> command, String operation) {
        return of(command, operation, OptionalLong.empty());
    }

    /** The same command with this number of samples per point and boot, if there is one. */
    public static String of(List<String> command, String operation, OptionalLong samples) {
        List<String> words = new ArrayList<>();
        boolean dropping = false;
        for (String word : command) {
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (word.startsWith("-")) {
                boolean dropped =
                        WITH_VALUE.contains(name) || (samples.isPresent() && name.equals(SAMPLES));
                dropping = dropped && name.equals(word);
                if (!dropped && !ALONE.contains(name)) {
                    words.add(word);
                }
            } else if (!dropping) {
                words.add(word);
            }
        }
        if (words.isEmpty()) {
            words.add("feuerprobe");
            words.add("validate");
        }
        samples.ifPresent(count -> words.addAll(List.of(SAMPLES, Long.toString(count))));
        words.add("--only");
        words.add(operation);
        return CommandWords.line(words);
    }
}
