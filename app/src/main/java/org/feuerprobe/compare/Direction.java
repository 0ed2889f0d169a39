package org.feuerprobe.compare;

/** Direction of a change. Lower cost is better. */
public enum Direction {
    WORSE("✗", "worse"),
    BETTER("✓", "better"),
    /** The values differ, but neither mean nor maximum shows which are better. */
    MOVED("~", "moved"),
    /** The data do not decide it. */
    OPEN("?", "open"),
    SAME("=", "same");

    private final String symbol;
    private final String word;

    Direction(String symbol, String word) {
        this.symbol = symbol;
        this.word = word;
    }

    public String symbol() {
        return symbol;
    }

    public String word() {
        return word;
    }
}
