package org.feuerprobe.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearNamesTests {
    @ParameterizedTest
    @CsvSource({
        "'', abc, 3",
        "abc, abc, 0",
        "kitten, sitting, 3",
        "tabel, table, 1",
        "ca, abc, 3",
        "logg, log, 1",
    })
    void countsWhatWasMistyped(String a, String b, int letters) {
        assertThat(NearNames.distance(a, b)).isEqualTo(letters);
        assertThat(NearNames.distance(b, a)).isEqualTo(letters);
    }

    @Test
    void suggestsTheNearest() {
        List<String> known = List.of("cap_table_alloc", "cap_table_lookup", "exo_yield_to");
        assertThat(NearNames.nearest("cap_tabel_lookup", known)).contains("cap_table_lookup");
        assertThat(NearNames.nearest("exo_yield", known)).contains("exo_yield_to");
        assertThat(NearNames.nearest("page_fault", known)).isEmpty();
        assertThat(NearNames.nearest("exo_yield_to", known)).isEmpty();
        assertThat(NearNames.hint("ENVIRONMENTS", List.of("environments")))
                .isEqualTo("; did you mean environments?");
    }

    @Test
    void namesWithOtherDigitsAreOtherThings() {
        assertThat(NearNames.isNear("exo_send_64", "exo_send_65")).isFalse();
        assertThat(NearNames.isNear("exo_send_64", "exo_sned_64")).isTrue();
    }
}
