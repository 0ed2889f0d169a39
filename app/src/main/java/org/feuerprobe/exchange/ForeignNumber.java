package org.feuerprobe.exchange;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.feuerprobe.json.Json;
import org.feuerprobe.sample.Numbers;

/** Numbers as the files of other tools spell them. */
final class ForeignNumber {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

    private ForeignNumber() {}

    /** Parses a decimal number; Java's forms {@code 12d} and {@code 0x1p4} are errors. */
    static double of(String text, long line) throws ForeignFormatException {
        String stripped = text.strip();
        if (!NUMBER.matcher(stripped).matches()) {
            throw new ForeignFormatException(
                    line, "want a number, not '" + Json.excerpt(text) + "'");
        }
        double value = Double.parseDouble(stripped);
        if (!Double.isFinite(value)) {
            throw new ForeignFormatException(
                    line, "want a finite number, not '" + Json.excerpt(text) + "'");
        }
        // A number with an exponent is rounded as it is written.
        return stripped.matches("[^eE]*") ? exact(new BigDecimal(stripped), line) : value;
    }

    /** A number, unless it is a count that would be rounded. */
    static double exact(BigDecimal number, long line) throws ForeignFormatException {
        try {
            return Numbers.exact(number);
        } catch (ArithmeticException e) {
            throw new ForeignFormatException(line, String.valueOf(e.getMessage()));
        }
    }

    static boolean isNumber(String text) {
        return NUMBER.matcher(text.strip()).matches();
    }
}
