package org.feuerprobe.bound;

/** The text of an expression with the place that was read so far: names, numbers and signs. */
final class ExpressionText {
    private static final int LONGEST_NAME = 100;

    private final String text;
    private int at;

    ExpressionText(String text) {
        this.text = text;
    }

    int length() {
        return text.length();
    }

    char charAt(int place) {
        return text.charAt(place);
    }

    /** The next character to read. */
    char next() {
        return text.charAt(at);
    }

    /** Number of characters that were read. */
    int place() {
        return at;
    }

    /** Reads again from an earlier place. */
    void backTo(int place) {
        at = place;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    boolean isAt(char wanted) {
        return !isAtEnd() && next() == wanted;
    }

    boolean isAtDigit() {
        return !isAtEnd() && isDigit(next());
    }

    /** Whether a name follows, plain or in bars. */
    boolean isAtName() {
        return !isAtEnd() && (isNameStart(next()) || next() == '|');
    }

    void skipSpace() {
        while (isAt(' ')) {
            at++;
        }
    }

    /** Reads this sign if it is next, possibly after spaces. */
    boolean take(char wanted) {
        skipSpace();
        boolean found = isAt(wanted);
        at += found ? 1 : 0;
        return found;
    }

    void expect(char wanted, String message) {
        if (!take(wanted)) {
            throw error(message);
        }
    }

    String digits() {
        int start = at;
        while (isAtDigit() || isAt('.')) {
            at++;
        }
        String digits = text.substring(start, at);
        if (!digits.matches("[0-9]+(\\.[0-9]+)?")) {
            throw new ClaimSyntaxException("want a number", start);
        }
        return digits;
    }

    String name() {
        skipSpace();
        if (take('|')) {
            return barred();
        }
        int start = at;
        while (!isAtEnd() && (isNameStart(next()) || (at > start && isDigit(next())))) {
            at++;
        }
        if (at == start) {
            throw error(
                    isAtEnd() ? "the expression ends too early" : "unexpected '" + next() + "'");
        }
        return text.substring(start, at);
    }

    /** Reads any characters between two bars as a name, such as {@code |batch-size|}. */
    private String barred() {
        int start = at;
        int end = text.indexOf('|', at);
        if (end < 0) {
            throw new ClaimSyntaxException(
                    "want '|' after |" + text.substring(start, Math.min(start + 20, text.length())),
                    text.length());
        }
        String name = text.substring(start, end).strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new ClaimSyntaxException(
                    "want a name of at most " + LONGEST_NAME + " characters between | and |",
                    start);
        }
        at = end + 1;
        return name;
    }

    ClaimSyntaxException error(String message) {
        return new ClaimSyntaxException(message, Math.min(at, text.length()));
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
