package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Text of a table in the form that the parser reads, line for line. It accepts comments above the
 * heading, a heading that is itself a comment as for gnuplot, Excel's {@code sep=;}, Markdown, and
 * columns that only blanks separate.
 */
record TableText(String text, char separator) {
    private static final String MARK = "#";
    private static final Pattern EXCEL = Pattern.compile("sep=(.)");
    private static final Pattern RULE = Pattern.compile("[ |:-]*-[ |:-]*");
    private static final char TAB = '\t';

    static TableText of(String text) {
        List<String> lines = text.lines().collect(Collectors.toCollection(ArrayList::new));
        int first = heading(lines);
        if (first < 0) {
            return new TableText(text, ',');
        }
        Matcher excel = EXCEL.matcher(lines.get(first).strip());
        if (excel.matches()) {
            lines.set(first, "");
            return new TableText(joined(lines), excel.group(1).charAt(0));
        }
        if (lines.get(first).strip().startsWith("|")) {
            lines.replaceAll(TableText::ofMarkdown);
        }
        if (lines.get(first).contains("|") && first + 1 < lines.size()) {
            lines.set(first + 1, isRule(lines.get(first + 1)) ? "" : lines.get(first + 1));
        }
        Optional<Character> separator = separator(lines.get(first));
        if (separator.isEmpty() && areOfOneWidth(lines)) {
            lines.replaceAll(line -> line.strip().replaceAll("\\s+", String.valueOf(TAB)));
            return new TableText(joined(lines), TAB);
        }
        return new TableText(joined(lines), separator.orElse(','));
    }

    private static String joined(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Index of the heading; a heading that was a comment is none any more. -1 if there is none. */
    private static int heading(List<String> lines) {
        int comment = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith(MARK)) {
                comment = i;
            } else if (!line.isEmpty()) {
                if (comment >= 0 && isHeading(lines.get(comment), line)) {
                    lines.set(comment, uncommented(lines.get(comment).strip()));
                    return comment;
                }
                return i;
            }
        }
        return -1;
    }

    /** Whether a comment has as many cells as the row of numbers that follows it. */
    private static boolean isHeading(String comment, String row) {
        List<String> cells = cells(row);
        return cells.size() > 1
                && cells(comment.strip().substring(MARK.length()).strip()).size() == cells.size()
                && cells.stream().anyMatch(CsvTable::isNumber);
    }

    private static List<String> cells(String line) {
        String separator = separator(line).map(String::valueOf).map(Pattern::quote).orElse("\\s+");
        return Arrays.asList(line.strip().split(separator, -1));
    }

    /** A column that is called {@code #} keeps its name. */
    private static String uncommented(String comment) {
        String names = comment.substring(MARK.length()).strip();
        boolean index = cells(names).getFirst().isBlank();
        return (index ? "\"" + MARK + "\"" : "") + names;
    }

    private static String ofMarkdown(String line) {
        String bare = line.strip();
        return bare.startsWith("|") ? bare.replaceFirst("^\\|", "").replaceFirst("\\|$", "") : line;
    }

    private static boolean isRule(String line) {
        return RULE.matcher(line).matches();
    }

    private static boolean areOfOneWidth(List<String> lines) {
        List<Integer> widths =
                lines.stream()
                        .filter(line -> !line.isBlank() && !line.strip().startsWith(MARK))
                        .map(line -> line.strip().split("\\s+").length)
                        .distinct()
                        .toList();
        return widths.size() == 1 && widths.getFirst() > 1;
    }

    /** The most frequent separator in the heading, not counting separators within quotes. */
    private static Optional<Character> separator(String heading) {
        String bare = heading.replaceAll("\"[^\"]*\"", "");
        Optional<Character> best = Optional.empty();
        long most = 0;
        for (char candidate : new char[] {',', ';', TAB, '|'}) {
            long times = bare.chars().filter(c -> c == candidate).count();
            if (times > most) {
                best = Optional.of(candidate);
                most = times;
            }
        }
        return best;
    }
}
