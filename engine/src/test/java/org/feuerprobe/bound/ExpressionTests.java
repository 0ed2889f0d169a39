package org.feuerprobe.bound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpressionTests {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "O(1); O(1)",
                "O(42); O(1)",
                "O(2.5 n); O(n)",
                "O(n); O(n)",
                "O( n ); O(n)",
                "  O(n)  ; O(n)",
                "O(|S|*K_max); O(K_max·S)",
                "O(| S | · K_max); O(K_max·S)",
                "O(N log N); O(N log N)",
                "O(N log(N)); O(N log N)",
                "O(log |S|); O(log S)",
                "O(N_caps + K_max); O(N_caps + K_max)",
                "O(n^1.5); O(n^1.5)",
                "O(n^(1/3)); O(n^1/3)",
                "O(n^1/2); O(n^0.5)",
                "O(n^ 2); O(n^2)",
                "O(n^0); O(1)",
                "O(n^12); O(n^12)",
                "O(M * N_dom); O(M·N_dom)",
                "O(M N_dom); O(M·N_dom)",
                "O(log^2 n); O(log^2 n)",
                "O(log^2(n)); O(log^2 n)",
                "O(log n log n); O(log^2 n)",
                "O(n n^2); O(n^3)",
                "O(n + n); O(n)",
                "O((a + b) * (c + d)); O(a·c + a·d + b·c + b·d)",
                "O(n (log n + 1)); O(n log n + n)",
                "O(((n))); O(n)",
                "O(2(n + 1)); O(n + 1)",
            })
    void readsAndNormalises(String text, String normal) {
        assertThat(Expression.parse(text)).hasToString(normal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "n; 0; an expression begins with O(",
                "o(n); 0; an expression begins with O(",
                "O n; 2; an expression begins with O(",
                "''; 0; an expression begins with O(",
                "O(; 2; the expression ends too early",
                "O(); 2; unexpected ')'",
                "O(n; 3; want ')' at the end of O(...)",
                "O(log(n)^2); 8; want ')' at the end of O(...)",
                "O(n) x; 5; unexpected 'x' after the expression",
                "O((n); 5; want ')' at the end of O(...)",
                "O(n +); 5; unexpected ')'",
                "O(n * *); 6; unexpected '*'",
                "O(-n); 2; unexpected '-'",
                "O(0); 2; a constant must be positive",
                "O(n + 0.0); 6; a constant must be positive",
                "O(1.); 2; want a number",
                "O(1.2.3); 2; want a number",
                "O(n^); 4; want a number",
                "O(n^-1); 4; want a number",
                "O(n^(1/3); 9; want ')' at the end of O(...)",
                "O(n^(1/3 n)); 9; want ')' after the exponent",
                "O(n^1/0); 4; 'a fraction is whole/whole, not zero below'",
                "O(n^1.5/2); 4; 'a fraction is whole/whole, not zero below'",
                "O(n^1/1.5); 4; 'a fraction is whole/whole, not zero below'",
                "O(n^13); 4; exponent larger than 12",
                "O(n^123456789); 4; exponent has too many digits",
                "O(n^1.23456); 4; exponent has too many digits",
                "O(|S n); 7; want '|' after |S n)",
                "O(||); 3; want a name of at most 100 characters between | and |",
                "O(nlogn); 2; '''nlogn'': write n log n'",
                "O(sqrt(n + m)); 2; 'sqrt takes a product of powers, as in sqrt(n) or sqrt(n*m^3)'",
                "O(sqrt(log n)); 2; 'sqrt takes a product of powers, as in sqrt(n) or sqrt(n*m^3)'",
                "O(log); 5; unexpected ')'",
                "O(log 5); 6; unexpected '5'",
                "O(log(n); 8; want ')' at the end of O(...)",
                "O(log(n + m)); 10; want a number",
                "O(log^2(n*m)); 8; 'write the power of a product''s logarithm out: log(a*b) is log a + log b'",
                "O(1^n); 2; 'the base of an exponential is above 1, and at most 1000'",
                "O(2^3); 4; unexpected '3'",
                "O(log^0 n); 6; a logarithm's exponent is a whole number from 1",
                "O(log^1.5 n); 6; a logarithm's exponent is a whole number from 1",
            })
    void saysWhatIsWrongAndWhere(String text, int offset, String message) {
        refuses(text, offset, message);
    }

    @Test
    void refusesLogarithmOfLogarithmInsteadOfTakingLogForAParameter() {
        refuses("O(log log n)", 6, "'log' is not a parameter");
        refuses("O(log(log) n)", 6, "'log' is not a parameter");
    }

    @Test
    void takesAnythingBetweenBarsForAName() {
        assertThat(Expression.parse("O(|batch-size| log |größe|)").parameters())
                .containsExactlyInAnyOrder("batch-size", "größe");
        for (String text : new String[] {"O(|batch-size|^2)", "O(|log|)", "O(log |a b|)"}) {
            assertThat(Expression.parse(text)).hasToString(text);
        }
    }

    @Test
    void knowsRootsAndTheOtherNamesOfLogarithms() {
        assertThat(Expression.parse("O(sqrt(n))")).isEqualTo(Expression.parse("O(n^(1/2))"));
        assertThat(Expression.parse("O(m sqrt(n*m^3))"))
                .isEqualTo(Expression.parse("O(m^2.5 n^0.5)"));
        for (String text :
                new String[] {"O(n ln n)", "O(n lg(n))", "O(n log2(n))", "O(n log10 n)"}) {
            assertThat(Expression.parse(text)).isEqualTo(Expression.parse("O(n log n)"));
        }
        assertThat(Expression.parse("O(ln)").parameters()).containsExactly("ln");
        assertThat(Expression.parse("O(lg + sqrt)").parameters()).containsExactly("lg", "sqrt");
    }

    @Test
    void limitsTheSumOfExponentsNotOnlyEachOfThem() {
        refuses("O(n^12 n)", 8, "exponent larger than 12");
        refuses("O(log^12 n log n)", 16, "exponent larger than 12");
        assertThat(Expression.parse("O(n^12 log^12 n)")).hasToString("O(n^12 log^12 n)");
    }

    @Test
    void refusesExponentsTooFineToBeAdded() {
        refuses("O(n^(1/99999999) n^(1/99999998))", 31, "exponents too fine to be added");
    }

    @Test
    void limitsLengthDepthAndProducts() {
        String longest = "O(" + "n".repeat(997) + ")";
        assertThat(Expression.parse(longest).parameters()).containsExactly("n".repeat(997));
        refuses("O(" + "n".repeat(998) + ")", 1000, "expression longer than 1000 characters");

        assertThat(Expression.parse("O" + "(".repeat(32) + "n" + ")".repeat(32)))
                .hasToString("O(n)");
        refuses("O" + "(".repeat(33) + "n" + ")".repeat(33), 34, "parentheses deeper than 32");

        String two = "(a + b)";
        assertThat(Expression.parse("O(" + two.repeat(6) + ")").products()).hasSize(7);
        refuses("O(" + two.repeat(7) + ")", 51, "more than 64 products");
        refuses("O(" + "n + ".repeat(64) + "n)", 259, "more than 64 products");
    }

    @Test
    void readsExponentialsFactorialsAndShiftedLogarithms() {
        assertThat(Expression.parse("O(2^n)")).hasToString("O(2^n)");
        assertThat(Expression.parse("O(n*1.5^n)")).hasToString("O(n·1.5^n)");
        assertThat(Expression.parse("O(2^n*2^n)")).hasToString("O(4^n)");
        assertThat(Expression.parse("O(n! log n)")).hasToString("O(n! log n)");
        assertThat(Expression.parse("O(log(S + 1) + log K)")).hasToString("O(log(S + 1) + log K)");
        assertThat(Expression.parse("O(log(S*K))")).hasToString("O(log S + log K)");
        for (String text : List.of("O(2^n)", "O(n·1.5^n)", "O(n! log n)", "O(log(S + 1))")) {
            assertThat(Expression.parse(text)).hasToString(text);
        }
        Map<String, Double> at = Map.of("n", 5.0, "S", 7.0);
        assertThat(Expression.parse("O(2^n)").at(at)).isEqualTo(32);
        assertThat(Expression.parse("O(n!)").at(at)).isEqualTo(120);
        assertThat(Expression.parse("O(n!)").at(Map.of("n", 2.5))).isCloseTo(3.3234, within(1e-4));
        assertThat(Expression.parse("O(log(S + 1))").at(at)).isCloseTo(3, within(1e-12));
    }

    @Test
    void namesParametersInOrderOfAppearance() {
        assertThat(Expression.parse("O(K_max + N log N + K_max)").parameters())
                .containsExactly("K_max", "N");
        assertThat(Expression.parse("O(1)").parameters()).isEmpty();
    }

    @Test
    void givesItsValueAtAPoint() {
        Map<String, Double> at = Map.of("n", 8.0, "m", 4.0);
        assertThat(Expression.parse("O(1)").at(at)).isEqualTo(1);
        assertThat(Expression.parse("O(n log n + m^2)").at(at)).isEqualTo(8 * 3 + 16.0);
        assertThat(Expression.parse("O(n^1.5)").at(at)).isCloseTo(22.627417, within(1e-6));
        assertThat(Expression.parse("O(log^2 n)").at(at)).isCloseTo(9, within(1e-12));
        assertThat(Expression.parse("O(log n)").at(Map.of("n", 0.25))).isEqualTo(0);
    }

    @Test
    void refusesAPointThatLacksAParameter() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Expression.parse("O(n)").at(Map.of("m", 1.0)))
                .withMessage("no value for parameter n");
    }

    private static void refuses(String text, int offset, String message) {
        assertThatExceptionOfType(ClaimSyntaxException.class)
                .as(text)
                .isThrownBy(() -> Expression.parse(text))
                .withMessage(message)
                .satisfies(e -> assertThat(e.offset()).as("offset in %s", text).isEqualTo(offset));
    }
}
