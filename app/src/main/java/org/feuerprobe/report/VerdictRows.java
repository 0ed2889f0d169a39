package org.feuerprobe.report;

import java.util.List;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.results.StoredVerdict;
import org.feuerprobe.verdict.VerdictKind;

/**
 * One bound per row: {@code ✓ null_syscall/limit max <= 40 HOLDS max 30}. A figure that does not
 * fit moves to a second line. In a narrow terminal the claim does too.
 */
final class VerdictRows {
    private static final int LONGEST = 60;
    private static final String GAP = "  ";
    private static final String BELOW = "      ";

    private final boolean colour;
    private final int width;
    private final String unit;
    private final String target;

    /** Makes rows. The {@code unit} and {@code target} of the campaign are not repeated in them. */
    VerdictRows(boolean colour, int width, String unit, String target) {
        this.colour = colour;
        this.width = width;
        this.unit = unit;
        this.target = target;
    }

    List<String> of(List<StoredVerdict> verdicts) {
        Layout layout = layout(verdicts);
        return verdicts.stream().flatMap(verdict -> layout.row(verdict).stream()).toList();
    }

    /** A layout whose columns are wide enough for these verdicts. */
    Layout layout(List<StoredVerdict> verdicts) {
        int bound = longest(verdicts.stream().map(VerdictRows::bound).toList());
        int claim = longest(verdicts.stream().map(this::claim).toList());
        int kind = longest(verdicts.stream().map(v -> v.verdict().toString()).toList());
        boolean aligned = 2 + bound + claim + kind + 2 * GAP.length() <= width;
        return new Layout(bound, claim, kind, aligned);
    }

    private static int longest(List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String bound(StoredVerdict verdict) {
        return ForeignText.middle(verdict.bound(), LONGEST);
    }

    private String claim(StoredVerdict verdict) {
        String claim = verdict.claim();
        return ForeignText.middle(
                claim.endsWith(" " + unit)
                        ? claim.substring(0, claim.length() - unit.length() - 1)
                        : claim,
                LONGEST);
    }

    private String figure(StoredVerdict verdict) {
        String figure = MeasuredFigure.of(verdict, unit);
        boolean elsewhere = !verdict.evidence().isEmpty() && !verdict.target().equals(target);
        String proved = verdict.proved().isPresent() ? ", proved" : "";
        return (elsewhere ? figure + " on " + verdict.target() : figure + proved).strip();
    }

    /** Widths of the columns, and whether they fit side by side. */
    final class Layout {
        private final int bound;
        private final int claim;
        private final int kind;
        private final boolean aligned;

        private Layout(int bound, int claim, int kind, boolean aligned) {
            this.bound = bound;
            this.claim = claim;
            this.kind = kind;
            this.aligned = aligned;
        }

        List<String> row(StoredVerdict verdict) {
            VerdictKind of = verdict.verdict();
            String mark = painted(of, VerdictSymbol.of(of)) + " ";
            String word = painted(of, of.toString());
            String figure = figure(verdict);
            if (!aligned) {
                int room = width - 2 - GAP.length() - of.toString().length();
                String below = BELOW + claim(verdict) + (figure.isEmpty() ? "" : GAP + figure);
                return List.of(
                        mark + ForeignText.middle(bound(verdict), room) + GAP + word,
                        ForeignText.middle(below, width));
            }
            String line =
                    mark
                            + padded(bound(verdict), bound)
                            + GAP
                            + padded(claim(verdict), claim)
                            + GAP
                            + word;
            int used = 2 + bound + claim + kind + 3 * GAP.length();
            if (figure.isEmpty()) {
                return List.of(line);
            }
            return used + figure.length() <= width
                    ? List.of(line + " ".repeat(kind - of.toString().length()) + GAP + figure)
                    : List.of(line, BELOW + ForeignText.middle(figure, width - BELOW.length()));
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private String painted(VerdictKind kind, String text) {
        return colour ? VerdictSymbol.painted(kind, text) : text;
    }
}
