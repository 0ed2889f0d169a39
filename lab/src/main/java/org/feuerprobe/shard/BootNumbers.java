package org.feuerprobe.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.harness.LabException;

/** Numbers of boots as people type them: {@code 3,7-9}. */
public final class BootNumbers {
    private static final Pattern ITEM = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
    private static final int MOST = 10_000_000;

    private BootNumbers() {}

    /** Reads a list of numbers and ranges. */
    public static SortedSet<Integer> parse(String text) throws LabException {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String item : text.split(",", -1)) {
            Matcher found = ITEM.matcher(item.strip());
            if (!found.matches()) {
                throw LabException.wrongUse(
                        "--redo '%s': want boot numbers such as 3,7-9".formatted(text));
            }
            int first = Integer.parseInt(found.group(1));
            int last = found.group(2) == null ? first : Integer.parseInt(found.group(2));
            if (last < first || (long) last - first + numbers.size() >= MOST) {
                throw LabException.wrongUse(
                        "--redo '%s': want a range such as 7-9, not %s".formatted(text, item));
            }
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** Writes numbers so that {@link #parse} reads them. */
    public static String text(SortedSet<Integer> numbers) {
        List<String> items = new ArrayList<>();
        int first = -1;
        int last = -2;
        for (int number : numbers) {
            if (number != last + 1) {
                add(items, first, last);
                first = number;
            }
            last = number;
        }
        add(items, first, last);
        return String.join(",", items);
    }

    private static void add(List<String> items, int first, int last) {
        if (first >= 0) {
            items.add(first == last ? Integer.toString(first) : first + "-" + last);
        }
    }
}
