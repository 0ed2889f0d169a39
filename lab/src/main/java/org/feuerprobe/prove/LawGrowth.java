package org.feuerprobe.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.feuerprobe.bound.Expression;

/** How fast a law grows: a sum of products of its parameters, of which each may be too large. */
final class LawGrowth {
    private LawGrowth() {}

    /**
     * The growth of a law.
     *
     * @param names the names of its parameters in the growth, where they are other ones
     */
    static Expression of(Law law, Map<String, String> names) {
        List<String> products = new ArrayList<>(List.of("1"));
        law.alternatives().forEach(own -> products.add(sum(own, names)));
        return Expression.parse("O(" + String.join(" + ", products) + ")");
    }

    /** Without what is subtracted, so it is not too small. */
    private static String sum(Polynomial polynomial, Map<String, String> names) {
        List<String> products = new ArrayList<>(List.of("1"));
        polynomial
                .terms()
                .forEach((product, factor) -> {
                    if (!factor.isNegative()) {
                        List<String> atoms = new ArrayList<>(List.of("1"));
                        product.forEach(atom -> atoms.add(atom(atom, names)));
                        products.add(String.join("*", atoms));
                    }
                });
        return String.join(" + ", products);
    }

    private static String atom(Atom atom, Map<String, String> names) {
        return switch (atom) {
            case Atom.Parameter(String name) -> names.getOrDefault(name, name);
            case Atom.Quotient(boolean _, Polynomial of, long _) -> "(" + sum(of, names) + ")";
            case Atom.Logarithm(Polynomial of) -> logarithm(of, names);
        };
    }

    /** Of one parameter; of anything else its argument, which is larger. */
    private static String logarithm(Polynomial of, Map<String, String> names) {
        String sum = sum(of, names);
        String only = sum.replace("1 + 1*", "");
        return only.matches("[A-Za-z_][A-Za-z_0-9]*") ? "log(" + only + ")" : "(" + sum + ")";
    }
}
