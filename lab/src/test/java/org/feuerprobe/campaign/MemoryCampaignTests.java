package org.feuerprobe.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.feuerprobe.guest.KernelBuilder;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.QemuLimits;
import org.feuerprobe.guest.QemuTarget;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.plan.GridPlanner;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real kernel's memory: what operations hold, the peak, and each environment's share. */
@Tag("boots")
class MemoryCampaignTests {
    private static CampaignResult result;

    @BeforeAll
    static void measure() throws Exception {
        KernelImage image = new KernelBuilder(Path.of("exokernel")).build(List.of());
        Campaign campaign = new Campaign(new QemuTarget(image, 2, QemuLimits.DEFAULT), 2);
        List<Benchmark> chosen =
                campaign.catalogue().stream()
                        .filter(b ->
                                List.of("zalloc_grow", "cap_table_lookup/random", "null_syscall")
                                        .contains(b.name()))
                        .toList();
        assertThat(chosen).hasSize(3);
        result =
                campaign.run(
                        GridPlanner.plan(chosen, Effort.QUICK, 1).reading(Quantity.BYTES),
                        2,
                        CampaignProgress.none());
    }

    private static List<Measurement> of(List<Measurement> all, String benchmark, String metric) {
        List<Measurement> found =
                all.stream()
                        .filter(m -> m.benchmark().equals(benchmark) && m.metric().equals(metric))
                        .toList();
        assertThat(found).as(benchmark + " " + metric).isNotEmpty();
        return found;
    }

    @Test
    void anOperationHoldsThePagesThatItTakes() {
        assertThat(result.repetition().identical()).isTrue();
        assertThat(of(result.measurements(), "zalloc_grow", "bytes"))
                .allSatisfy(m -> {
                    assertThat(m.summary().min()).isEqualTo(4096);
                    assertThat(m.summary().max()).isEqualTo(4096);
                });
        assertThat(of(result.measurements(), "cap_table_lookup/random", "bytes"))
                .allSatisfy(m -> assertThat(m.summary().max()).isZero());
    }

    @Test
    void thePeakIsAtLeastWhatWasInUse() {
        List<Measurement> inUse = of(result.measurements(), "zalloc_grow", "bytes");
        List<Measurement> peak = of(result.counted(), "zalloc_grow", "peak_bytes");
        for (int i = 0; i < inUse.size(); i++) {
            assertThat(peak.get(i).summary().max())
                    .isGreaterThanOrEqualTo(inUse.get(i).overhead().min() + 4096);
        }
    }

    @Test
    void anEnvironmentThatRunsHasMemoryOfItsOwn() {
        double all = of(result.counted(), "null_syscall", "peak_bytes").getFirst().summary().max();
        double own =
                of(result.counted(), "null_syscall", "environment_1_bytes")
                        .getFirst()
                        .summary()
                        .max();
        assertThat(own).isGreaterThan(8 * 4096).isLessThan(all);
        assertThat(own % 4096).isZero();
        assertThat(result.counted())
                .noneMatch(m ->
                        m.benchmark().equals("zalloc_grow")
                                && m.metric().startsWith("environment_1"));
    }
}
