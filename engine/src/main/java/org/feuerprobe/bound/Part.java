package org.feuerprobe.bound;

/**
 * A part of an operation: another operation that it calls a number of times.
 *
 * @param operation name of the called operation
 * @param benchmark the benchmark whose cost is used for it; empty for the operation's first
 * @param calls number of calls, for each unit of {@code times}
 * @param times product of parameters by which the number of calls grows; 1 if it is constant
 */
public record Part(String operation, String benchmark, double calls, Product times) {
    /** Parses a number of calls such as {@code 2}, {@code M} or {@code 2*M}. */
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
        ExpressionParser parser = new ExpressionParser("O(" + rest + ")");
        Expression expression = parser.bigO();
        if (expression.products().size() != 1) {
            throw new ClaimSyntaxException("want a product, not a sum: 2*M", 0);
        }
        if (parser.droppedConstants()) {
            throw new ClaimSyntaxException("want one number, before the parameters: 2*M", 0);
        }
        return new Part(operation, benchmark, calls, expression.products().getFirst());
    }

    private static boolean isNumeric(char c) {
        return (c >= '0' && c <= '9') || c == '.';
    }

    /** Text such as {@code EpochSync × M}. */
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
