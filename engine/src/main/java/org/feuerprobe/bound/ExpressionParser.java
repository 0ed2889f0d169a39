package org.feuerprobe.bound;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recursive-descent parser of {@code O(sum)}, which multiplies out products of sums. It is used
 * once, by one thread.
 */
final class ExpressionParser {
    private static final int LONGEST = 1_000;
    private static final int MOST_PRODUCTS = 64;
    private static final int DEEPEST = 32;
    private static final int LARGEST_EXPONENT = 12;

    private static final int LARGEST_BASE = 1_000;

    private static final String LOGARITHM = "log";

    /**
     * Other logarithms, whose base is only a constant factor. Without an argument, such a word is
     * the name of a parameter.
     */
    private static final Set<String> OTHER_LOGARITHMS = Set.of("ln", "lg", "log2", "log10");

    private static final Pattern JOINED = Pattern.compile("([A-Za-z_]+)log(2|10)?\\1");

    private final ExpressionText text;
    private int depth;
    private boolean constants;

    ExpressionParser(String text) {
        this.text = new ExpressionText(text);
    }

    Expression bigO() {
        if (text.length() > LONGEST) {
            throw new ClaimSyntaxException(
                    "expression longer than " + LONGEST + " characters", LONGEST);
        }
        text.skipSpace();
        text.expect('O', "an expression begins with O(");
        text.expect('(', "an expression begins with O(");
        List<Product> sum = sum();
        text.expect(')', "want ')' at the end of O(...)");
        text.skipSpace();
        if (!text.isAtEnd()) {
            throw text.error("unexpected '" + text.next() + "' after the expression");
        }
        return new Expression(sum);
    }

    /** Whether the expression that was read contains a constant factor or term. */
    boolean droppedConstants() {
        return constants;
    }

    private List<Product> sum() {
        if (++depth > DEEPEST) {
            throw text.error("parentheses deeper than " + DEEPEST);
        }
        List<Product> sum = new ArrayList<>(product());
        while (text.take('+')) {
            sum.addAll(product());
            if (sum.size() > MOST_PRODUCTS) {
                throw text.error("more than " + MOST_PRODUCTS + " products");
            }
        }
        depth--;
        return sum;
    }

    private List<Product> product() {
        List<Product> product = factor();
        while (text.take('*') || text.take('·') || atFactor()) {
            List<Product> right = factor();
            List<Product> all = new ArrayList<>();
            for (Product a : product) {
                for (Product b : right) {
                    all.add(times(a, b));
                }
            }
            if (all.size() > MOST_PRODUCTS) {
                throw text.error("more than " + MOST_PRODUCTS + " products");
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
            throw text.error("exponents too fine to be added");
        }
        for (Factor factor : product.factors()) {
            if (factor.power().value() > LARGEST_EXPONENT || factor.logPower() > LARGEST_EXPONENT) {
                throw text.error("exponent larger than " + LARGEST_EXPONENT);
            }
        }
        return product;
    }

    private boolean atFactor() {
        text.skipSpace();
        return text.isAtName() || text.isAt('(');
    }

    private List<Product> factor() {
        text.skipSpace();
        if (text.take('(')) {
            List<Product> inner = sum();
            text.expect(')', "want ')'");
            return inner;
        }
        if (text.isAtDigit()) {
            return List.of(constantOrExponential());
        }
        int start = text.place();
        String name = text.name();
        boolean plain = text.charAt(start) != '|';
        if (plain
                && (name.equals(LOGARITHM) || (OTHER_LOGARITHMS.contains(name) && atArgument()))) {
            return logarithm();
        }
        if (plain && name.equals("sqrt") && text.take('(')) {
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
        if (text.take('!')) {
            return List.of(Product.of(Factor.factorial(name)));
        }
        return List.of(Product.of(name, exponent(), 0));
    }

    /** Whether a name or a parenthesis follows directly, without a multiplication sign. */
    private boolean atApplication() {
        int before = text.place();
        boolean follows = atFactor() && !text.isAt('|');
        text.backTo(before);
        return follows;
    }

    /** The function whose name differs by one letter; empty if there is none. */
    private static String function(String name) {
        return name.length() < 3
                ? ""
                : Stream.of(LOGARITHM, "sqrt")
                        .filter(known -> NearNames.isOneLetterOff(name, known))
                        .findFirst()
                        .orElse("");
    }

    /**
     * Parses a constant such as {@code 20}, which is dropped, or an exponential such as {@code
     * 2^n}.
     */
    private Product constantOrExponential() {
        int start = text.place();
        double value = Double.parseDouble(text.digits());
        if (!text.take('^')) {
            if (value <= 0) {
                throw new ClaimSyntaxException("a constant must be positive", start);
            }
            constants = true;
            return Product.ONE;
        }
        if (!(value > 1) || value > LARGEST_BASE) {
            throw new ClaimSyntaxException(
                    "the base of an exponential is above 1, and at most " + LARGEST_BASE, start);
        }
        boolean closed = text.take('(');
        String name = parameter();
        if (closed) {
            text.expect(')', "want ')' after ^(" + name);
        }
        return Product.of(Factor.exponential(name, value));
    }

    /**
     * Whether an argument follows a name such as {@code ln}, and not {@code )}, {@code +} or the
     * like.
     */
    private boolean atArgument() {
        int before = text.place();
        boolean argument = atFactor() || text.isAt('^');
        text.backTo(before);
        return argument;
    }

    /**
     * Parses {@code sqrt(n·m^3)}. The root of a sum or of a logarithm is no product, so it is an
     * error.
     */
    private List<Product> squareRoot(int start) {
        List<Product> inner = sum();
        text.expect(')', "want ')' after sqrt(...");
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
        if (text.take('^')) {
            int start = text.place();
            Fraction exponent = number(start);
            if (exponent.denominator() != 1 || exponent.numerator() < 1) {
                throw new ClaimSyntaxException(
                        "a logarithm's exponent is a whole number from 1", start);
            }
            power = exponent.numerator();
        }
        if (!text.take('(')) {
            return List.of(Product.of(parameter(), Fraction.ZERO, power));
        }
        int start = text.place();
        List<String> names = new ArrayList<>(List.of(parameter()));
        while (text.take('*') || text.take('·')) {
            names.add(parameter());
        }
        double shift = names.size() == 1 && text.take('+') ? shift() : 0;
        text.expect(')', "want ')' after log(" + String.join("*", names));
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
        text.skipSpace();
        return Double.parseDouble(text.digits());
    }

    /**
     * Parses the name of a parameter. The name {@code log} is excluded, so there are no nested
     * logarithms.
     */
    private String parameter() {
        text.skipSpace();
        int start = text.place();
        String name = text.name();
        if (name.equals(LOGARITHM) && text.charAt(start) != '|') {
            throw new ClaimSyntaxException("'log' is not a parameter", start);
        }
        return name;
    }

    private Fraction exponent() {
        if (!text.take('^')) {
            return Fraction.ONE;
        }
        text.skipSpace();
        int start = text.place();
        if (text.take('(')) {
            Fraction fraction = number(text.place());
            text.expect(')', "want ')' after the exponent");
            return fraction;
        }
        return number(start);
    }

    private Fraction number(int start) {
        text.skipSpace();
        Fraction value = decimal(text.digits(), start);
        if (text.isAt('/') && text.take('/')) {
            Fraction denominator = decimal(text.digits(), start);
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
}
