package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.feuerprobe.results.BlockLaw;
import org.feuerprobe.results.StoredModel;
import org.feuerprobe.results.StoredModel.Amount;
import org.junit.jupiter.api.Test;

class PlainWordsTests {
    private static String words(double intercept, List<StoredModel.Term> terms, String... varied) {
        return PlainWords.of(
                new StoredModel("", Amount.exact(intercept), terms, List.of(), true, 0),
                "instructions",
                List.of(varied));
    }

    private static StoredModel.Term term(double coefficient, String of) {
        return new StoredModel.Term(Amount.exact(coefficient), of, StoredModel.product(of));
    }

    @Test
    void saysWhatDoesNotMatter() {
        assertThat(words(22, List.of(), "N_caps"))
                .isEqualTo("The operation costs 22 instructions, whatever N_caps is.");
    }

    @Test
    void saysWhatOneMoreCosts() {
        assertThat(words(27, List.of(term(7, "N_caps")), "N_caps"))
                .isEqualTo(
                        "The operation costs 27 instructions to begin with; each further N_caps costs 7 instructions.");
    }

    @Test
    void saysTheBlockWhoseCostIsWhole() {
        assertThat(words(10, List.of(term(5.0 / 64, "categories")), "categories", "M"))
                .isEqualTo(
                        "The operation costs 10 instructions to begin with; each further 64 categories cost 5 instructions; M has no influence.");
    }

    @Test
    void saysWhatADoublingCosts() {
        assertThat(words(3, List.of(term(1, "log N")), "N"))
                .isEqualTo(
                        "The operation costs 3 instructions to begin with; each doubling of N costs 1 instruction more.");
        assertThat(words(3, List.of(term(2, "N^2")), "N"))
                .endsWith("for each unit of N^2 grows by the factor 4 whenever N doubles.");
    }

    @Test
    void saysWhatACombinationCosts() {
        assertThat(words(0, List.of(term(3, "K·S")), "K", "S"))
                .endsWith("each combination of one K with one S costs 3 instructions.");
    }

    @Test
    void countsInTheBlocksOfAnExactLaw() {
        String law = "21 + 6·S·ceil(K_max/64) + 4·ceil(K_max/64) + 34·S instructions";
        StoredModel model =
                new StoredModel(
                        law,
                        Amount.exact(21),
                        List.of(term(6.0 / 64, "K_max·S"), term(4.0 / 64, "K_max"), term(34, "S")),
                        List.of(),
                        true,
                        0);

        assertThat(PlainWords.of(model, "instructions", List.of("S", "K_max")))
                .isEqualTo(
                        "The operation costs 21 instructions to begin with; each further 64 K_max cost 6 instructions, for each S; each further 64 K_max cost 4 instructions; each further S costs 34 instructions.");
        assertThat(model.at(Map.of("S", 1.0, "K_max", 1.0))).contains(65.0);
        assertThat(model.at(Map.of("S", 64.0, "K_max", 4096.0))).contains(27_029.0);
        assertThat(model.at(Map.of("S", 2.0, "K_max", 65.0))).contains(121.0);
    }

    @Test
    void keepsToTheTrendWhereALawCannotBeRead() {
        assertThat(BlockLaw.parse("17 + 7·N instructions")).isEmpty();
        assertThat(BlockLaw.parse("17 + ?·ceil(N/64) instructions")).isEmpty();
        assertThat(BlockLaw.parse("ceil(")).isEmpty();
        assertThat(BlockLaw.parse("-1/2 - 3/4·ceil(N/8)"))
                .hasValueSatisfying(law -> assertThat(law.at(Map.of("N", 9.0))).contains(-2.0));
    }
}
