package org.feuerprobe.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.feuerprobe.workload.Workload.Vector;
import org.junit.jupiter.api.Test;

/** Phases of synthetic programs, whose phases are known. */
class PhasesTests {
    private static final Map<Integer, Long> BLOCKS =
            Map.of(0, 0x401000L, 1, 0x401100L, 2, 0x401200L, 3, 0x401300L);

    private static Vector vector(long... instructions) {
        Map<Integer, Long> cells = new java.util.HashMap<>();
        long sum = 0;
        for (int block = 0; block < instructions.length; block++) {
            if (instructions[block] > 0) {
                cells.put(block, instructions[block]);
                sum += instructions[block];
            }
        }
        return new Vector(sum, cells);
    }

    @Test
    void aProgramWithoutIntervalsHasNoPhase() {
        assertThat(Phases.of(List.of(), BLOCKS).phases()).isEmpty();
    }

    @Test
    void oneLoopIsOnePhase() {
        Phases found = Phases.of(List.of(vector(600, 400), vector(600, 400)), BLOCKS);

        assertThat(found.of()).containsExactly(0, 0);
        assertThat(found.phases()).containsExactly(new Phases.Phase(1.0, 2, 0, 0x401000L));
    }

    /** A loop's last round may begin in the next interval: that is no phase of its own. */
    @Test
    void differencesOfOnePerCentAreOnePhase() {
        SplittableRandom random = new SplittableRandom(1);
        List<Vector> vectors = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long moved = random.nextLong(50);
            vectors.add(vector(6000 + moved, 4000 - moved));
        }
        assertThat(Phases.of(vectors, BLOCKS).phases()).hasSize(1);
    }

    /** A, B, A, C in turns, with noise; A is half of the program. */
    @Test
    void findsWhatTurnsAround() {
        SplittableRandom random = new SplittableRandom(2);
        List<Vector> vectors = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            long noise = random.nextLong(50);
            vectors.add(
                    switch (i % 4) {
                        case 0, 2 -> vector(9000 - noise, 1000 + noise);
                        case 1 -> vector(0, noise, 10_000 - noise);
                        default -> vector(noise, 0, 0, 10_000 - noise);
                    });
        }
        Phases found = Phases.of(vectors, BLOCKS);

        assertThat(found.of().subList(0, 8)).containsExactly(0, 1, 0, 2, 0, 1, 0, 2);
        assertThat(found.of()).hasSize(80).containsOnly(0, 1, 2);
        assertThat(found.phases()).extracting(Phases.Phase::intervals).containsExactly(40, 20, 20);
        assertThat(found.phases())
                .extracting(Phases.Phase::block)
                .containsExactly(0x401000L, 0x401200L, 0x401300L);
        assertThat(found.phases().getFirst().share()).isEqualTo(0.5, within(1e-12));
        assertThat(found.of().get(found.phases().get(2).representative())).isEqualTo(2);
        assertThat(Phases.of(vectors, BLOCKS)).isEqualTo(found);
    }

    /** Three points at 0, 0 and 3: two clusters leave no distance, one has 2 + 4. */
    @Test
    void clustersByHand() {
        double[][] points = {{0}, {0}, {3}};
        SplittableRandom random = new SplittableRandom(3);

        assertThat(Clustering.of(points, 2, random).distortion()).isZero();
        Clustering one = Clustering.of(points, 1, random);
        assertThat(one.means()[0]).containsExactly(1);
        assertThat(one.distortion()).isEqualTo(6);
        // variance 6 / 2 = 3, two parameters: -3/2 ln(6 pi) - 1 - ln 3
        assertThat(one.criterion())
                .isEqualTo(-1.5 * Math.log(6 * Math.PI) - 1 - Math.log(3), within(1e-12));
    }
}
