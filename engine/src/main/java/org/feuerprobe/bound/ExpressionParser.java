package org.feuerprobe.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recursive descent over {@code O(sum)}; products of sums are multiplied out. Not reusable, not
 * thread-safe.
 */
final class ExpressionParser {
    private static final int LONGEST = 1_000;
    private static final int MOST_PRODUCTS = 64;
    private static final int DEEPEST = 32;
    private static final int LARGEST_EXPONENT = 12;

    private static final int LARGEST_BASE = 1_000;

    private static final String LOGARITHM = "log";
    private static final int LONGEST_NAME = 100;

    /** The base is a constant factor. Without an argument these are names like any other. */
    private static final Set<String> OTHER_LOGARITHMS = Set.of("ln", "lg", "log2", "log10");

    private static final Pattern JOINED = Pattern.compile("([A-Za-z_]+)log(2|10)?\\1");

    private final String text;
    private int at;
    private int depth;

    ExpressionParser(String text) {
        this.text = text;
    }

    Expression bigO() {
        if (text.length() > LONGEST) {
            throw new ClaimSyntaxException(
                    "expression longer than " + LONGEST + " characters", LONGEST);
        }
        skipSpace();
        expect('O', "an expression begins with O(");
        expect('(', "an expression begins with O(");
        List<Product> sum = sum();
        expect(')', "want ')' at the end of O(...)");
        skipSpace();
        if (at < text.length()) {
            throw error("unexpected '" + text.charAt(at) + "' after the expression");
        }
        return new Expression(sum);
    }

    private List<Product> sum() {
        if (++depth > DEEPEST) {
            throw error("parentheses deeper than " + DEEPEST);
        }
        List<Product> sum = new ArrayList<>(product());
        while (take('+')) {
            sum.addAll(product());
            if (sum.size() > MOST_PRODUCTS) {
                throw error("more than " + MOST_PRODUCTS + " products");
            }
        }
        depth--;
        return sum;
    }

    private List<Product> product() {
        List<Product> product = factor();
        while (take('*') || take('·') || atFactor()) {
            List<Product> right = factor();
            List<Product> all = new ArrayList<>();
            for (Product a : product) {
                for (Product b : right) {
                    all.add(times(a, b));
                }
            }
            if (all.size() > MOST_PRODUCTS) {
                throw error("more than " + MOST_PRODUCTS + " products");
            }
            product = all;
        }
        return product;
    }

    private Product times(Product a, Product b) {
        Product product;
        try {
            product = a.times(b);
        } catch (ArithmeticException e) {
            throw error("exponents too fine to be added");
        }
        for (Factor factor : product.factors()) {
            if (factor.power().value() > LARGEST_EXPONENT || factor.logPower() > LARGEST_EXPONENT) {
                throw error("exponent larger than " + LARGEST_EXPONENT);
            }
        }
        return product;
    }

    private boolean atFactor() {
        skipSpace();
        return at < text.length()
                && (isNameStart(text.charAt(at)) || "(|".indexOf(text.charAt(at)) >= 0);
    }

    private List<Product> factor() {
        skipSpace();
        if (take('(')) {
            List<Product> inner = sum();
            expect(')', "want ')'");
            return inner;
        }
        if (at < text.length() && isDigit(text.charAt(at))) {
            return List.of(constantOrExponential());
        }
        int start = at;
        String name = name();
        boolean plain = text.charAt(start) != '|';
        if (plain
                && (name.equals(LOGARITHM) || (OTHER_LOGARITHMS.contains(name) && atArgument()))) {
            return logarithm();
        }
        if (plain && name.equals("sqrt") && take('(')) {
            return squareRoot(start);
        }
        Matcher joined = JOINED.matcher(name);
        if (plain && joined.matches()) {
            throw new ClaimSyntaxException(
                    "'%s': write %s log %s".formatted(name, joined.group(1), joined.group(1)),
                    start);
        }
        if (plain && atApplication()) {
            String meant = function(name);
            if (!meant.isEmpty()) {
                throw new ClaimSyntaxException(
                        "unknown function '%s', there are log, ln, lg and sqrt; did you mean %s? A product is written %s*…"
                                .formatted(name, meant, name),
                        start);
            }
        }
        if (take('!')) {
            return List.of(Product.of(Factor.factorial(name)));
        }
        return List.of(Product.of(name, exponent(), 0));
    }

    /** Whether a name or a parenthesis follows without a sign of multiplication. */
    private boolean atApplication() {
        int before = at;
        boolean follows = atFactor() && text.charAt(at) != '|';
        at = before;
        return follows;
    }

    /** The function that a name is a letter away from; empty where there is none. */
    private static String function(String name) {
        return name.length() < 3
                ? ""
                : Stream.of(LOGARITHM, "sqrt")
                        .filter(known -> NearNames.isOneLetterOff(name, known))
                        .findFirst()
                        .orElse("");
    }

    /** {@code 20}, which is dropped, or {@code 2^n}. */
    private Product constantOrExponential() {
        int start = at;
        double value = Double.parseDouble(digits());
        if (!take('^')) {
            if (value <= 0) {
                throw new ClaimSyntaxException("a constant must be positive", start);
            }
            return Product.ONE;
        }
        if (!(value > 1) || value > LARGEST_BASE) {
            throw new ClaimSyntaxException(
                    "the base of an exponential is above 1, and at most " + LARGEST_BASE, start);
        }
        boolean closed = take('(');
        String name = parameter();
        if (closed) {
            expect(')', "want ')' after ^(" + name);
        }
        return Product.of(Factor.exponential(name, value));
    }

    /**
     * Whether a parameter follows: after {@code ln}, but not before {@code )}, {@code +} or its
     * like.
     */
    private boolean atArgument() {
        int before = at;
        boolean argument = atFactor() || (at < text.length() && text.charAt(at) == '^');
        at = before;
        return argument;
    }

    /** {@code sqrt(n·m^3)}; a sum or a logarithm has no root among the products. */
    private List<Product> squareRoot(int start) {
        List<Product> inner = sum();
        expect(')', "want ')' after sqrt(...");
        if (inner.size() != 1
                || inner.getFirst().factors().stream()
                        .anyMatch(f -> f.logPower() > 0 || f.exceedsPowers())) {
            throw new ClaimSyntaxException(
                    "sqrt takes a product of powers, as in sqrt(n) or sqrt(n*m^3)", start);
        }
        Product root = Product.ONE;
        for (Factor factor : inner.getFirst().factors()) {
            root =
                    times(
                            root,
                            Product.of(
                                    factor.parameter(),
                                    new Fraction(
                                            factor.power().numerator(),
                                            2 * factor.power().denominator()),
                                    0));
        }
        return List.of(root);
    }

    private List<Product> logarithm() {
        int power = 1;
        if (take('^')) {
            int start = at;
            Fraction exponent = number(start);
            if (exponent.denominator() != 1 || exponent.numerator() < 1) {
                throw new ClaimSyntaxException(
                        "a logarithm's exponent is a whole number from 1", start);
            }
            power = exponent.numerator();
        }
        if (!take('(')) {
            return List.of(Product.of(parameter(), Fraction.ZERO, power));
        }
        int start = at;
        List<String> names = new ArrayList<>(List.of(parameter()));
        while (take('*') || take('·')) {
            names.add(parameter());
        }
        double shift = names.size() == 1 && take('+') ? shift() : 0;
        expect(')', "want ')' after log(" + String.join("*", names));
        if (names.size() > 1 && power > 1) {
            throw new ClaimSyntaxException(
                    "write the power of a product's logarithm out: log(a*b) is log a + log b",
                    start);
        }
        List<Product> sum = new ArrayList<>();
        for (String name : names) {
            sum.add(Product.of(new Factor(name, Fraction.ZERO, power, shift, 1, 0)));
        }
        return sum;
    }

    private double shift() {
        skipSpace();
        return Double.parseDouble(digits());
    }

    /** The name of a parameter: a logarithm of a logarithm is none. */
    private String parameter() {
        skipSpace();
        int start = at;
        String name = name();
        if (name.equals(LOGARITHM) && text.charAt(start) != '|') {
            throw new ClaimSyntaxException("'log' is not a parameter", start);
        }
        return name;
    }

    private Fraction exponent() {
        if (!take('^')) {
            return Fraction.ONE;
        }
        skipSpace();
        int start = at;
        if (take('(')) {
            Fraction fraction = number(at);
            expect(')', "want ')' after the exponent");
            return fraction;
        }
        return number(start);
    }

    private Fraction number(int start) {
        skipSpace();
        Fraction value = decimal(digits(), start);
        if (at < text.length() && text.charAt(at) == '/') {
            at++;
            Fraction denominator = decimal(digits(), start);
            if (denominator.isZero()
                    || denominator.denominator() != 1
                    || value.denominator() != 1) {
                throw new ClaimSyntaxException("a fraction is whole/whole, not zero below", start);
            }
            value = new Fraction(value.numerator(), denominator.numerator());
        }
        if (value.value() > LARGEST_EXPONENT) {
            throw new ClaimSyntaxException("exponent larger than " + LARGEST_EXPONENT, start);
        }
        return value;
    }

    private static Fraction decimal(String digits, int start) {
        int point = digits.indexOf('.');
        int places = point < 0 ? 0 : digits.length() - point - 1;
        if (digits.length() > 8 || places > 4) {
            throw new ClaimSyntaxException("exponent has too many digits", start);
        }
        int scale = (int) Math.pow(10, places);
        return new Fraction((int) Math.round(Double.parseDouble(digits) * scale), scale);
    }

    private String digits() {
        int start = at;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String digits = text.substring(start, at);
        if (!digits.matches("[0-9]+(\\.[0-9]+)?")) {
            throw new ClaimSyntaxException("want a number", start);
        }
        return digits;
    }

    private String name() {
        skipSpace();
        if (take('|')) {
            return barred();
        }
        int start = at;
        while (at < text.length()
                && (isNameStart(text.charAt(at)) || (at > start && isDigit(text.charAt(at))))) {
            at++;
        }
        if (at == start) {
            throw error(
                    at < text.length()
                            ? "unexpected '" + text.charAt(at) + "'"
                            : "the expression ends too early");
        }
        return text.substring(start, at);
    }

    /** Whatever stands between two bars is a name: {@code |batch-size|}. */
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

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean take(char wanted) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char wanted, String message) {
        if (!take(wanted)) {
            throw error(message);
        }
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private ClaimSyntaxException error(String message) {
        return new ClaimSyntaxException(message, Math.min(at, text.length()));
    }
}
