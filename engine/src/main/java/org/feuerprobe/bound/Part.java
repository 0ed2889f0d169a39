package org.feuerprobe.bound;

/**
 * What an operation is built of: another operation, called so many times.
 *
 * @param operation of the part
 * @param benchmark which of its benchmarks stands for it; empty for the first
 * @param calls a number of calls, times {@code times} of the parameters
 */
public record Part(String operation, String benchmark, double calls, Product times) {
    /** Reads {@code 2}, {@code M} or {@code 2*M}. */
    static Part of(String operation, String benchmark, String multiplicity)
            throws ClaimSyntaxException {
        int end = 0;
        while (end < multiplicity.length() && isNumeric(multiplicity.charAt(end))) {
            end++;
        }
        double calls = 1;
        if (end > 0) {
            try {
                calls = Double.parseDouble(multiplicity.substring(0, end));
            } catch (NumberFormatException e) {
                throw new ClaimSyntaxException("want a number such as 2", 0);
            }
        }
        String rest = multiplicity.substring(end).strip();
        if (rest.startsWith("*") && end > 0) {
            rest = rest.substring(1).strip();
        }
        if (rest.isEmpty()) {
            if (end == 0) {
                throw new ClaimSyntaxException("want a number, a parameter, or both: 2*M", 0);
            }
            return new Part(operation, benchmark, calls, Product.ONE);
        }
        Expression expression = Expression.parse("O(" + rest + ")");
        if (expression.products().size() != 1) {
            throw new ClaimSyntaxException("want a product, not a sum: 2*M", 0);
        }
        return new Part(operation, benchmark, calls, expression.products().getFirst());
    }

    private static boolean isNumeric(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    /** {@code EpochSync × M}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(operation);
        if (calls != 1) {
            text.append(" × ")
                    .append(calls == Math.rint(calls) ? Long.toString((long) calls) : calls + "");
        }
        if (!times.factors().isEmpty()) {
            text.append(" × ").append(times);
        }
        return text.toString();
    }
}
