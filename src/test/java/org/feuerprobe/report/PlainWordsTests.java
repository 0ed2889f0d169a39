package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.feuerprobe.report.StoredModel.Amount;
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
}
