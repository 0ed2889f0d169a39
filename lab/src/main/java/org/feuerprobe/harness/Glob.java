package org.feuerprobe.harness;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.bound.NearNames;

/** A pattern in which {@code *} is any text and {@code ?} any character. */
public record Glob(String text) {
    private static final int FEW = 3;
    private static final int SHORTEST_PART = 3;

    /** Whether a whole name matches. The time grows with both lengths, not with the stars. */
    public boolean matches(String name) {
        int[] pattern = text.codePoints().toArray();
        int[] given = name.codePoints().toArray();
        int p = 0;
        int star = -1;
        int from = 0;
        int n = 0;
        while (n < given.length) {
            if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                from = n;
            } else if (p < pattern.length && (pattern[p] == '?' || pattern[p] == given[n])) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1; // the last star takes one character more
                n = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    /** The error that this pattern of {@code --only} matches none of these names. */
    public LabException matchesNothing(String what, List<String> names) {
        return LabException.wrongUse(
                "--only '%s' matches no %s; %s".formatted(text, what, help(names)));
    }

    private String help(List<String> names) {
        if (text.matches("-[A-Za-z].*")) {
            return "an option begins with two dashes: -" + text;
        }
        List<String> meant = meant(names);
        return meant.isEmpty()
                ? "feuerprobe bench --list shows the names that the kernel knows"
                : "did you mean " + String.join(" or ", meant) + "?";
    }

    /** A similar name, else a name with a similar beginning, else names that contain the text. */
    private List<String> meant(List<String> names) {
        Optional<String> near = NearNames.nearest(text, names);
        if (near.isPresent()) {
            return List.of(near.get());
        }
        String stem = text.endsWith("*") ? text.substring(0, text.length() - 1) : text;
        if (!stem.equals(text)) {
            List<String> beginnings =
                    names.stream()
                            .map(name -> name.substring(0, Math.min(name.length(), stem.length())))
                            .toList();
            return NearNames.nearest(stem, beginnings).stream().map(one -> one + "*").toList();
        }
        return names.stream().distinct().filter(this::contains).limit(FEW).toList();
    }

    private boolean contains(String name) {
        return text.length() >= SHORTEST_PART && name.contains(text);
    }
}
