package org.feuerprobe.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.feuerprobe.shard.Witnesses.Contradiction;
import org.feuerprobe.shard.Witnesses.Decision;
import org.feuerprobe.shard.Witnesses.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WitnessesTests {
    private static Statement says(int boot, String host, String hash) {
        return new Statement(boot, host, hash);
    }

    @Test
    void oneHostIsBelievedButConfirmsNothing() {
        Decision decision = Witnesses.decide(List.of(says(0, "a", "x"), says(1, "a", "y")));

        assertThat(decision.wrong()).isEmpty();
        assertThat(decision.accepted()).isEqualTo(Map.of(0, "x", 1, "y"));
        assertThat(decision.confirmed()).isEmpty();
    }

    @Test
    void twoHostsThatDisagreeAreBothUnderSuspicion() {
        Decision decision =
                Witnesses.decide(List.of(says(0, "a", "x"), says(0, "b", "y"), says(1, "a", "z")));

        assertThat(decision.wrong()).isEmpty();
        assertThat(decision.disputed()).containsOnlyKeys(0);
        assertThat(decision.disputed().get(0)).containsExactly("a", "b");
        assertThat(decision.accepted()).isEqualTo(Map.of(1, "z"));
    }

    @Test
    void aThirdHostDecides() {
        Decision decision =
                Witnesses.decide(
                        List.of(
                                says(0, "a", "x"),
                                says(0, "b", "y"),
                                says(0, "c", "x"),
                                says(1, "b", "z")));

        assertThat(decision.wrong())
                .containsExactly(
                        Map.entry("b", new Contradiction(0, new TreeSet<>(List.of("a", "c")))));
        assertThat(decision.accepted())
                .as("boot 1 had only the wrong host's word")
                .isEqualTo(Map.of(0, "x"));
        assertThat(decision.confirmed()).containsExactly(0);
    }

    @Test
    void threeHostsWithThreeResultsShowNothing() {
        Decision decision =
                Witnesses.decide(List.of(says(0, "a", "x"), says(0, "b", "y"), says(0, "c", "z")));

        assertThat(decision.wrong()).isEmpty();
        assertThat(decision.disputed().get(0)).containsExactly("a", "b", "c");
    }

    @Test
    void aHostThatContradictsItselfIsWrong() {
        Decision decision =
                Witnesses.decide(List.of(says(0, "a", "x"), says(0, "a", "y"), says(0, "b", "x")));

        assertThat(decision.wrong())
                .containsExactly(Map.entry("a", new Contradiction(0, new TreeSet<>())));
        assertThat(decision.accepted()).isEqualTo(Map.of(0, "x"));
    }

    @Test
    void theSameHostTwiceIsNoSecondWitness() {
        Decision decision = Witnesses.decide(List.of(says(0, "a", "x"), says(0, "a", "x")));

        assertThat(decision.confirmed()).isEmpty();
    }

    /** With fewer liars than half of the witnesses of a boot, honest hosts are never accused. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void anHonestHostIsNeverNamedAndNoLieIsAcceptedOnACheckedBoot(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Statement> statements = new ArrayList<>();
        String liar = "h" + random.nextInt(5);
        int lies = 0;
        for (int boot = 0; boot < 40; boot++) {
            int first = random.nextInt(5);
            for (int i = 0; i < 3; i++) {
                String host = "h" + (first + i) % 5;
                boolean lie = host.equals(liar) && random.nextInt(4) == 0;
                lies += lie ? 1 : 0;
                statements.add(says(boot, host, lie ? "lie" : "truth" + boot));
            }
        }

        Decision decision = Witnesses.decide(statements);
        assertThat(decision.wrong().keySet())
                .as("seed %d", seed)
                .isEqualTo(lies > 0 ? Set.of(liar) : Set.of());
        assertThat(decision.accepted()).hasSize(40).doesNotContainValue("lie");
    }
}
