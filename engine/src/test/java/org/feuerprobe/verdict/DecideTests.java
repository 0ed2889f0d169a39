package org.feuerprobe.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.feuerprobe.bound.ClaimSyntaxException;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.DataSetBuilder;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
final class DecideTests {
    private static final DataSet LINEAR = linear(DataSet.counted("walk", "instructions"));

    private static DataSet linear(DataSetBuilder data) {
        for (int n = 8; n <= 1024; n *= 2) {
            data.run("n", n, 3 + 5 * n, 3 + 5 * n).run("n", n, 3 + 5 * n);
        }
        return data.build();
    }

    @Test
    void exactCountsGetACertificateAndTheirLaw() {
        Decision decision = Decide.claim("O(n)").on(LINEAR);
        assertThat(decision.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(decision.certificate()).isTrue();
        assertThat(decision.reason())
                .isEqualTo("cost is 3 + 5·n instructions, exactly at every point tested");
    }

    @Test
    void theSameValuesWithoutThePromiseToRepeatGetNoCertificate() {
        Decision decision =
                Decide.claim("O(n)").on(linear(DataSet.measured("walk", "instructions")));
        assertThat(decision.kind()).isEqualTo(VerdictKind.HOLDS);
        assertThat(decision.certificate()).isFalse();
    }

    @Test
    void aSlowerGrowthKeepsAnUpperClaimAndViolatesATightOne() {
        assertThat(Decide.claim("O(n^2)").on(LINEAR).kind()).isEqualTo(VerdictKind.LOOSE);
        assertThat(Decide.tightClaim("O(n^2)").on(LINEAR).kind()).isEqualTo(VerdictKind.VIOLATED);
    }

    @Test
    void aLimitIsDecidedToo() {
        Decision decision = Decide.claim("max < 5123 instructions").on(LINEAR);
        assertThat(decision.kind()).isEqualTo(VerdictKind.VIOLATED);
    }

    @Test
    void theRunsOfAPointAreItsBoots() {
        assertThat(LINEAR.points()).hasSize(8);
        assertThat(LINEAR.points().getFirst().boots()).hasSize(2);
        assertThat(LINEAR.points().getFirst().parameters()).isEqualTo(Map.of("n", 8.0));
    }

    @Test
    void laterChangesOfAnArrayDoNotReachTheDataSet() {
        double[] values = {1, 2};
        DataSetBuilder data = DataSet.measured("a", "ns").run("n", 1, values);
        values[0] = 7;
        assertThat(data.build().points().getFirst().values()).containsExactly(1, 2);
    }

    @Test
    void whatCannotBeDecidedIsRefusedWithTheReason() {
        assertThatThrownBy(() -> Decide.claim("O(n logg n)"))
                .isInstanceOf(ClaimSyntaxException.class)
                .hasMessageContaining("logg");
        assertThatThrownBy(() -> Decide.claim("O(m)").on(LINEAR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a point lacks the parameter m");
        assertThatThrownBy(() -> Decide.claim("O(n) cycles").on(LINEAR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the claim 'O(n) cycles' is in cycles, but the data are in instructions");
        assertThatThrownBy(() -> DataSet.counted("walk", "instructions").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a data set needs at least one point");
        assertThatThrownBy(() -> DataSet.counted("walk", "instructions").run("n", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a boot needs values, all of them finite");
    }
}
