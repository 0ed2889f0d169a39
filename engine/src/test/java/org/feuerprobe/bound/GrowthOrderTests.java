package org.feuerprobe.bound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrowthOrderTests {
    private static boolean within(String a, String b) {
        return GrowthOrder.notFaster(Expression.parse(a), Expression.parse(b));
    }

    @Test
    void ordersClassesOfOneParameter() {
        String[] ascending = {
            "O(1)",
            "O(log n)",
            "O(log^2 n)",
            "O(n^0.5)",
            "O(n)",
            "O(n log n)",
            "O(n^1.5)",
            "O(n^2)",
            "O(n^2 log n)",
            "O(n^3)",
            "O(n^12)",
            "O(1.5^n)",
            "O(2^n)",
            "O(n·2^n)",
            "O(3^n)",
            "O(n!)",
            "O(n·n!)"
        };
        for (int i = 0; i < ascending.length; i++) {
            for (int j = 0; j < ascending.length; j++) {
                assertThat(within(ascending[i], ascending[j]))
                        .as("%s within %s", ascending[i], ascending[j])
                        .isEqualTo(i <= j);
            }
        }
    }

    @Test
    void ordersSumsAndProductsOfSeveral() {
        assertThat(within("O(S + K)", "O(S*K)")).isTrue();
        assertThat(within("O(S*K)", "O(S + K)")).isFalse();
        assertThat(within("O(K)", "O(S)")).isFalse();
        assertThat(within("O(S log K)", "O(S)")).isFalse();
        assertThat(within("O(S log K)", "O(S*K)")).isTrue();
        assertThat(within("O(S*K log K)", "O(S*K)")).isFalse();
    }

    /** The geometric mean of two numbers is at most their sum. */
    @Test
    void knowsThatTheNewtonPolytopeIsConvex() {
        assertThat(within("O(S^0.5*K^0.5)", "O(S + K)")).isTrue();
        assertThat(within("O(S^0.5*K^0.75)", "O(S + K)")).isFalse();
    }

    @Test
    void ordersExponentialsOfSeveralParameters() {
        assertThat(within("O(2^n)", "O(2^n + 2^m)")).isTrue();
        assertThat(within("O(2^n*2^m)", "O(2^n + 2^m)")).isFalse();
        assertThat(within("O(n^5*m^5)", "O(2^n*2^m)")).isTrue();
        assertThat(within("O(m)", "O(2^n)")).isFalse();
        assertThat(within("O(log(S + 1))", "O(log S)")).isTrue();
    }

    @Test
    void dropsDominatedProducts() {
        assertThat(GrowthOrder.simplest(Expression.parse("O(n + n^2 + log n)")).toString())
                .isEqualTo("O(n^2)");
        assertThat(GrowthOrder.simplest(Expression.parse("O(S + K)")).products()).hasSize(2);
    }
}
