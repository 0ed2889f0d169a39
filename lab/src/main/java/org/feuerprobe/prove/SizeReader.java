package org.feuerprobe.prove;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the bound of a note: sums and products of whole numbers, parameters, {@code ceil(x/8)},
 * {@code floor(x/8)} and {@code log2(x)}. There is no minus, so a bound is never negative.
 */
final class SizeReader {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:([0-9]+)|([A-Za-z_][A-Za-z0-9_]*)|([-+*/()]))");

    private final String text;
    private int at;

    private SizeReader(String text) {
        this.text = text;
    }

    /** What is wrong with a bound, and where. */
    static final class BadBoundException extends Exception {
        private static final long serialVersionUID = 1;

        private BadBoundException(String message) {
            super(message);
        }
    }

    static Polynomial read(String text) throws BadBoundException {
        SizeReader reader = new SizeReader(text);
        Polynomial size = reader.sum();
        if (!reader.text.substring(reader.at).isBlank()) {
            throw reader.wrong("the end");
        }
        return size;
    }

    private Polynomial sum() throws BadBoundException {
        Polynomial sum = product();
        while (take("+")) {
            sum = sum.plus(product());
        }
        return sum;
    }

    private Polynomial product() throws BadBoundException {
        Polynomial product = factor();
        while (take("*")) {
            product = product.times(factor());
        }
        return product;
    }

    private Polynomial factor() throws BadBoundException {
        Matcher token = next();
        if (token.group(1) != null) {
            return number(token.group(1));
        }
        String name = token.group(2);
        if (name == null) {
            if (!token.group(3).equals("(")) {
                at = token.start(3);
                throw wrong("a number, a parameter or (");
            }
            Polynomial inner = sum();
            close();
            return inner;
        }
        if (!take("(")) {
            return Polynomial.of(new Atom.Parameter(name));
        }
        return switch (name) {
            case "ceil", "floor" -> {
                Polynomial inner = sum();
                if (!take("/")) {
                    throw wrong("/");
                }
                Matcher by = next();
                if (by.group(1) == null || number(by.group(1)).equals(Polynomial.ZERO)) {
                    throw new BadBoundException(
                            "'%s': want a number above 0 after /".formatted(text));
                }
                close();
                yield Polynomial.quotient(
                        name.equals("ceil"), inner, number(by.group(1)).constant().floor());
            }
            case "log2" -> {
                Polynomial inner = sum();
                close();
                yield Polynomial.logarithm(inner);
            }
            default ->
                    throw new BadBoundException(
                            "'%s': no function %s; known are ceil, floor and log2"
                                    .formatted(text, name));
        };
    }

    private Polynomial number(String digits) throws BadBoundException {
        if (digits.length() > 15) {
            throw new BadBoundException("'%s': %s is too large".formatted(text, digits));
        }
        return Polynomial.of(Long.parseLong(digits));
    }

    private void close() throws BadBoundException {
        if (!take(")")) {
            throw wrong(")");
        }
    }

    private Matcher next() throws BadBoundException {
        Matcher token = TOKEN.matcher(text).region(at, text.length());
        if (!token.lookingAt()) {
            throw wrong("a number, a parameter or (");
        }
        at = token.end();
        return token;
    }

    private boolean take(String symbol) {
        Matcher token = TOKEN.matcher(text).region(at, text.length());
        if (token.lookingAt() && symbol.equals(token.group(3))) {
            at = token.end();
            return true;
        }
        return false;
    }

    private BadBoundException wrong(String want) {
        return new BadBoundException("'%s': want %s at column %d".formatted(text, want, at + 1));
    }
}
