package org.feuerprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** Certified values: NIST StRD, linear regression on powers of one predictor. */
class CertifiedPolynomialTests {
    private static final double[] PONTIUS_COST = {
        .11019, .21956, .32949, .43899, .54803, .65694, .76562, .87487, .98292, 1.09146, 1.20001,
        1.30822, 1.41599, 1.52399, 1.63194, 1.73947, 1.84646, 1.95392, 2.06128, 2.16844, .11052,
        .22018, .32939, .43886, .54798, .65739, .76596, .87474, .98300, 1.09150, 1.20004, 1.30818,
        1.41613, 1.52408, 1.63159, 1.73965, 1.84696, 1.95445, 2.06177, 2.16829
    };

    /** Cost and predictor in turn. */
    private static final String FILIP =
            """
            0.8116 -6.860120914 0.9072 -4.324130045 0.9052 -4.358625055 0.9039 -4.358426747
            0.8053 -6.955852379 0.8377 -6.661145254 0.8667 -6.355462942 0.8809 -6.118102026
            0.7975 -7.115148017 0.8162 -6.815308569 0.8515 -6.519993057 0.8766 -6.204119983
            0.8885 -5.853871964 0.8859 -6.109523091 0.8959 -5.79832982 0.8913 -5.482672118
            0.8959 -5.171791386 0.8971 -4.851705903 0.9021 -4.517126416 0.909 -4.143573228
            0.9139 -3.709075441 0.9199 -3.499489089 0.8692 -6.300769497 0.8872 -5.953504836
            0.89 -5.642065153 0.891 -5.031376979 0.8977 -4.680685696 0.9035 -4.329846955
            0.9078 -3.928486195 0.7675 -8.56735134 0.7705 -8.363211311 0.7713 -8.107682739
            0.7736 -7.823908741 0.7775 -7.522878745 0.7841 -7.218819279 0.7971 -6.920818754
            0.8329 -6.628932138 0.8641 -6.323946875 0.8804 -5.991399828 0.7668 -8.781464495
            0.7633 -8.663140179 0.7678 -8.473531488 0.7697 -8.247337057 0.77 -7.971428747
            0.7749 -7.676129393 0.7796 -7.352812702 0.7897 -7.072065318 0.8131 -6.774174009
            0.8498 -6.478861916 0.8741 -6.159517513 0.8061 -6.835647144 0.846 -6.53165267
            0.8751 -6.224098421 0.8856 -5.910094889 0.8919 -5.598599459 0.8934 -5.290645224
            0.894 -4.974284616 0.8957 -4.64454848 0.9047 -4.290560426 0.9129 -3.885055584
            0.9209 -3.408378962 0.9219 -3.13200249 0.7739 -8.726767166 0.7681 -8.66695597
            0.7665 -8.511026475 0.7703 -8.165388579 0.7702 -7.886056648 0.7761 -7.588043762
            0.7809 -7.283412422 0.7961 -6.995678626 0.8253 -6.691862621 0.8602 -6.392544977
            0.8809 -6.067374056 0.8301 -6.684029655 0.8664 -6.378719832 0.8834 -6.065855188
            0.8898 -5.752272167 0.8964 -5.132414673 0.8963 -4.811352704 0.9074 -4.098269308
            0.9119 -3.66174277 0.9228 -3.2644011
            """;

    /** The load cell's predictors run twice from 150,000 to 3,000,000. */
    @Test
    void pontius() {
        SmallFit fit = new SmallFit(PONTIUS_COST);
        for (int power = 0; power <= 2; power++) {
            double[] column = new double[PONTIUS_COST.length];
            for (int i = 0; i < column.length; i++) {
                column[i] = Math.pow(150_000.0 * (1 + i % 20), power);
            }
            assertThat(fit.add(column)).isTrue();
        }
        double deviation = Math.sqrt(fit.squares() / (PONTIUS_COST.length - 3));
        double[] certified = {0.673565789473684E-03, 0.732059160401003E-06, -0.316081871345029E-14};
        double[] errors = {0.107938612033077E-03, 0.157817399981659E-09, 0.486652849992036E-16};
        for (int k = 0; k < 3; k++) {
            assertDigits(fit.coefficients()[k], certified[k], 9);
            assertDigits(fit.standardErrors()[k] * deviation, errors[k], 9);
        }
        assertDigits(fit.squares(), 0.155761768796992E-05, 9);
    }

    /**
     * Powers up to the tenth depend on each other to sixteen digits, so doubles cannot do it: the
     * normal equations are solved in rational numbers, as exact laws are.
     */
    @Test
    void filip() {
        String[] numbers = FILIP.strip().split("\\s+");
        assertThat(numbers).hasSize(2 * 82);
        int size = 11;
        Rational[][] system = new Rational[size][size + 1];
        for (Rational[] row : system) {
            java.util.Arrays.fill(row, Rational.of(BigInteger.ZERO));
        }
        for (int i = 0; i < numbers.length; i += 2) {
            Rational cost = rational(numbers[i]);
            Rational predictor = rational(numbers[i + 1]);
            Rational[] powers = new Rational[size];
            powers[0] = Rational.ONE;
            for (int k = 1; k < size; k++) {
                powers[k] = powers[k - 1].times(predictor);
            }
            for (int r = 0; r < size; r++) {
                for (int c = 0; c < size; c++) {
                    system[r][c] = system[r][c].plus(powers[r].times(powers[c]));
                }
                system[r][size] = system[r][size].plus(powers[r].times(cost));
            }
        }
        double[] certified = {
            -1467.48961422980,
            -2772.17959193342,
            -2316.37108160893,
            -1127.97394098372,
            -354.478233703349,
            -75.1242017393757,
            -10.8753180355343,
            -1.06221498588947,
            -0.670191154593408E-01,
            -0.246781078275479E-02,
            -0.402962525080404E-04
        };
        Rational[] solved = Rational.solve(system).orElseThrow();
        for (int k = 0; k < size; k++) {
            assertDigits(solved[k].value(), certified[k], 13);
        }
    }

    private static Rational rational(String decimal) {
        BigDecimal number = new BigDecimal(decimal);
        return new Rational(number.unscaledValue(), BigInteger.TEN.pow(number.scale()));
    }

    private static void assertDigits(double found, double certified, double digits) {
        assertThat(found).isCloseTo(certified, within(Math.abs(certified) * Math.pow(10, -digits)));
    }
}
