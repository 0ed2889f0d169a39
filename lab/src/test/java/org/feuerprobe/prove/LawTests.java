package org.feuerprobe.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LawTests {
    private static Polynomial size(String text) throws SizeReader.BadBoundException {
        return SizeReader.read(text);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3",
        "N, N",
        "N+1, 1 + N",
        "2*N + N, 3*N",
        "ceil(K_max/64), ceil(K_max/64)",
        "ceil((a+b)/8)*c, c*ceil((a + b)/8)",
        "floor(17/8), 2",
        "ceil(17/8), 3",
        "ceil(N/1), N",
        "log2(N)+1, 1 + log2(N)",
        "log2(9), 3",
        "(N+1)*(N+1), 1 + 2*N + N*N",
        "0*N, 0",
    })
    void writesWhatItReads(String text, String written) throws SizeReader.BadBoundException {
        assertThat(size(text)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|'': want a number, a parameter or ( at column 1",
                "N-1|'N-1': want the end at column 2",
                "N +|'N +': want a number, a parameter or ( at column 4",
                "ceil(N)|'ceil(N)': want / at column 7",
                "ceil(N/0)|'ceil(N/0)': want a number above 0 after /",
                "ceil(N/M)|'ceil(N/M)': want a number above 0 after /",
                "ceil(N/8|'ceil(N/8': want ) at column 9",
                "root(N)|'root(N)': no function root; known are ceil, floor and log2",
                "1234567890123456|'1234567890123456': 1234567890123456 is too large",
                "N^2|'N^2': want the end at column 2",
                "*N|'*N': want a number, a parameter or ( at column 1",
            })
    void refusesWithThePlace(String text, String message) {
        assertThatThrownBy(() -> size(text)).hasMessage(message);
    }

    @Test
    void theLargestOfPolynomialsWithoutThoseThatAnotherCovers()
            throws SizeReader.BadBoundException {
        Law law = new Law(List.of(size("20 + N"), size("19 + N"), size("2*N")));

        assertThat(law).hasToString("max(20 + N, 2*N)");
        assertThat(law.at(Map.of("N", 3L))).isEqualTo(23);
        assertThat(law.at(Map.of("N", 30L))).isEqualTo(60);
        assertThat(law.plus(law)).hasToString("max(40 + 2*N, 20 + 3*N, 4*N)");
        assertThat(law.with("N", size("5"))).hasToString("25");
    }

    @Test
    void manyAlternativesBecomeOneThatIsLargerThanEach() {
        List<Polynomial> many = new java.util.ArrayList<>();
        for (long i = 0; i < 20; i++) {
            many.add(
                    Polynomial.of(20 - i)
                            .plus(Polynomial.of(new Atom.Parameter("N")).times(Ratio.of(i))));
        }

        assertThat(new Law(many)).hasToString("20 + 19*N");
    }

    @Test
    void fractionsAreExactAndRoundedDownAtTheEnd() throws SizeReader.BadBoundException {
        Polynomial third =
                size("N")
                        .times(new Ratio(1, 3))
                        .plus(new Polynomial(size("N").times(new Ratio(1, 6)).terms()));

        assertThat(third).hasToString("1/2*N");
        assertThat(third.at(Map.of("N", 7L))).isEqualTo(3);
    }

    @Test
    void anOverflowIsAnErrorAndNoNumber() throws SizeReader.BadBoundException {
        Polynomial large = size("N*N*N");

        assertThatThrownBy(() -> large.at(Map.of("N", 1L << 40)))
                .isInstanceOf(ArithmeticException.class);
    }
}
