package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The command line that measures one operation again, as a shell would take it. */
public final class RepeatCommand {
    private static final Set<String> WITH_VALUE = Set.of("--only", "--out", "--refine");
    private static final Set<String> ALONE = Set.of("--json", "--quiet", "-q");

    private RepeatCommand() {}

    /** The campaign's command, but for this operation only and without its outputs. */
    public static String of(List<String> command, String operation) {
        List<String> words = new ArrayList<>();
        boolean dropping = false;
        for (String word : command) {
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (word.startsWith("-")) {
                dropping = WITH_VALUE.contains(name) && name.equals(word);
                if (!dropping && !ALONE.contains(name) && !WITH_VALUE.contains(name)) {
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
        words.add("--only");
        words.add(operation);
        return String.join(" ", words.stream().map(RepeatCommand::quoted).toList());
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./=:,@%+-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
