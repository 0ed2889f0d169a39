package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Certified values: NIST StRD, linear regression. */
class CertifiedRegressionTests {
    private static final double[][] NORRIS = {
        {
            0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6,
            775.5, 666.9, 338.0, 447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8,
            339.1, 887.2, 999.0, 779.0, 11.1, 118.3, 229.2, 669.1, 448.9, 0.5
        },
        {
            0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1,
            778.1, 668.8, 339.3, 448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6,
            339.3, 888.0, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2, 0.2
        }
    };

    /** Data are (x, y); certified on y = b0 + b1·x. */
    @Test
    void norris() {
        double[] x = NORRIS[0];
        double[] y = NORRIS[1];
        SmallFit fit = fit(x, y, 1);
        assertDigits(fit.coefficients()[0], -0.262323073774029, 9);
        assertDigits(fit.coefficients()[1], 1.00211681802045, 12);
        double variance = fit.squares() / (x.length - 2);
        assertDigits(fit.standardErrors()[0] * Math.sqrt(variance), 0.232818234301152, 9);
        assertDigits(Math.sqrt(variance), 0.884796396144373, 9);
    }

    @Test
    void wampler1() {
        double[] beta = wampler(x -> 1 + x + x * x + x * x * x + Math.pow(x, 4) + Math.pow(x, 5));
        for (double b : beta) {
            assertDigits(b, 1, 9);
        }
    }

    @Test
    void wampler2() {
        double[] beta =
                wampler(x ->
                        1
                                + 0.1 * x
                                + 0.01 * x * x
                                + 0.001 * Math.pow(x, 3)
                                + 1e-4 * Math.pow(x, 4)
                                + 1e-5 * Math.pow(x, 5));
        for (int k = 0; k < 6; k++) {
            assertDigits(beta[k], Math.pow(10, -k), 9);
        }
    }

    /** Wampler 3 to 5 add the same residuals once, a hundred and ten thousand times. */
    @Test
    void wampler3to5() {
        double[] pattern = {
            759, -2048, 2048, -2048, 2523, -2048, 2048, -2048, 1838, -2048, 2048, -2048, 1838,
            -2048, 2048, -2048, 2523, -2048, 2048, -2048, 759
        };
        double[] digits = {9, 8, 6};
        double scale = 1;
        for (double wanted : digits) {
            double[] y = new double[21];
            double[] x = new double[21];
            for (int i = 0; i < 21; i++) {
                x[i] = i;
                y[i] = scale * pattern[i];
                for (int k = 0; k <= 5; k++) {
                    y[i] += Math.pow(i, k);
                }
            }
            for (double b : fit(x, y, 5).coefficients()) {
                assertDigits(b, 1, wanted);
            }
            scale *= 100;
        }
    }

    @Test
    void noIntercept1() {
        double[] x = {60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70};
        double[] y = {130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140};
        SmallFit fit = new SmallFit(y);
        assertThat(fit.add(x)).isTrue();
        assertDigits(fit.coefficients()[0], 2.07438016528926, 12);
        double error = fit.standardErrors()[0] * Math.sqrt(fit.squares() / 10);
        assertDigits(error, 0.165289256198347E-01, 12);
    }

    @Test
    void noIntercept2() {
        SmallFit fit = new SmallFit(new double[] {3, 4, 4});
        assertThat(fit.add(new double[] {4, 5, 6})).isTrue();
        assertDigits(fit.coefficients()[0], 0.727272727272727, 12);
    }

    @Test
    void longley() {
        double[] y = {
            60323, 61122, 60171, 61187, 63221, 63639, 64989, 63761, 66019, 67857, 68169, 66513,
            68655, 69564, 69331, 70551
        };
        double[][] x = {
            {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
            {
                83.0, 88.5, 88.2, 89.5, 96.2, 98.1, 99.0, 100.0, 101.2, 104.6, 108.4, 110.8, 112.6,
                114.2, 115.7, 116.9
            },
            {
                234289, 259426, 258054, 284599, 328975, 346999, 365385, 363112, 397469, 419180,
                442769, 444546, 482704, 502601, 518173, 554894
            },
            {
                2356, 2325, 3682, 3351, 2099, 1932, 1870, 3578, 2904, 2822, 2936, 4681, 3813, 3931,
                4806, 4007
            },
            {
                1590, 1456, 1616, 1650, 3099, 3594, 3547, 3350, 3048, 2857, 2798, 2637, 2552, 2514,
                2572, 2827
            },
            {
                107608, 108632, 109773, 110929, 112075, 113270, 115094, 116219, 117388, 118734,
                120445, 121950, 123366, 125368, 127852, 130081
            },
            {
                1947, 1948, 1949, 1950, 1951, 1952, 1953, 1954, 1955, 1956, 1957, 1958, 1959, 1960,
                1961, 1962
            }
        };
        double[] certified = {
            -3482258.63459582,
            15.0618722713733,
            -0.358191792925910E-01,
            -2.02022980381683,
            -1.03322686717359,
            -0.511041056535807E-01,
            1829.15146461355
        };
        SmallFit fit = new SmallFit(y);
        for (double[] column : x) {
            assertThat(fit.add(column)).isTrue();
        }
        for (int k = 0; k < certified.length; k++) {
            assertDigits(fit.coefficients()[k], certified[k], 9);
        }
    }

    private static double[] wampler(java.util.function.DoubleUnaryOperator cost) {
        double[] x = new double[21];
        double[] y = new double[21];
        for (int i = 0; i < 21; i++) {
            x[i] = i;
            y[i] = cost.applyAsDouble(i);
        }
        return fit(x, y, 5).coefficients();
    }

    private static SmallFit fit(double[] x, double[] y, int degree) {
        SmallFit fit = new SmallFit(y);
        for (int k = 0; k <= degree; k++) {
            double[] column = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                column[i] = Math.pow(x[i], k);
            }
            assertThat(fit.add(column)).isTrue();
        }
        return fit;
    }

    private static void assertDigits(double found, double certified, double digits) {
        assertThat(found).isCloseTo(certified, within(Math.abs(certified) * Math.pow(10, -digits)));
    }
}
