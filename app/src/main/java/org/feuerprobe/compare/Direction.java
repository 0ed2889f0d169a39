package org.feuerprobe.compare;

/** Which way did it go? Lower cost is better. */
public enum Direction {
    WORSE("✗", "worse"),
    BETTER("✓", "better"),
    /** Other values, and neither mean nor maximum says better or worse. */
    MOVED("~", "moved"),
    /** The data do not tell. */
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
