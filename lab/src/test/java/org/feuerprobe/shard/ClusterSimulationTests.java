package org.feuerprobe.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.feuerprobe.shard.ClusterSimulation.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ClusterSimulationTests {
    @Test
    void withoutTroubleOnlyTheRecheckedBootsAreCarriedOutTwice() {
        Outcome outcome = new ClusterSimulation(10_000, 10, 0, 0, 0, 0.05).run(1);

        assertThat(outcome.rounds()).isEqualTo(1);
        assertThat(outcome.carriedOut()).isEqualTo(10_500);
        assertThat(outcome.accused()).isZero();
        assertThat(outcome.wrongBoots()).isZero();
    }

    @Test
    void lostBootsAreCarriedOutByOthers() {
        Outcome outcome = new ClusterSimulation(10_000, 100, 0.5, 0, 0, 0).run(1);

        assertThat(outcome.rounds()).isGreaterThan(1);
        assertThat(outcome.carriedOut()).as("each boot once").isEqualTo(10_000);
    }

    @Test
    void aHostThatAlwaysLiesIsNamedAndLeavesNothing() {
        Outcome outcome = new ClusterSimulation(10_000, 100, 0.01, 0.01, 1, 0.05).run(1);

        assertThat(outcome.named()).isEqualTo(1);
        assertThat(outcome.accused()).isZero();
        assertThat(outcome.wrongBoots()).isZero();
    }

    @Test
    void withoutRechecksLiesCount() {
        Outcome outcome = new ClusterSimulation(10_000, 100, 0, 0.01, 1, 0).run(1);

        assertThat(outcome.named()).isZero();
        assertThat(outcome.wrongBoots()).isEqualTo(100);
    }

    @Test
    @Tag("slow")
    void theDocumentHasTheFiguresOfTheSimulation() throws IOException {
        assertThat(Files.readString(Path.of("docs/many-machines.md")))
                .contains(ClusterSimulation.million(0.01, 0.05).row(ClusterSimulation.CAMPAIGNS));
    }
}
