package org.feuerprobe.kit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Messages of a program that failed, such as a compiler. The first error usually causes those that
 * follow.
 */
record CompilerMessages(List<String> lines) {
    private static final int MOST_LINES = 12;
    private static final Pattern ERROR =
            Pattern.compile(".*\\b(error|Error|undefined reference).*");
    private static final Pattern NO_HEADER =
            Pattern.compile("fatal error: ([^:]+): No such file or directory");

    CompilerMessages {
        lines = List.copyOf(lines);
    }

    CompilerMessages(String text) {
        this(text.strip().lines().toList());
    }

    /** A few lines from the first error on; the last lines if no line is an error. */
    List<String> first() {
        for (int i = 0; i < lines.size(); i++) {
            if (ERROR.matcher(lines.get(i)).matches()) {
                return lines.subList(i, Math.min(lines.size(), i + MOST_LINES));
            }
        }
        return lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size());
    }

    /** What to do, as a line of its own; empty if the messages do not say it. */
    String advice() {
        for (String line : lines) {
            Matcher header = NO_HEADER.matcher(line);
            if (header.find()) {
                return "\n  Name the folder of %1$s with -I. If %1$s belongs to an operating system, write an own %1$s with what the code uses, and name its folder with -I"
                        .formatted(header.group(1));
            }
        }
        return "";
    }
}
