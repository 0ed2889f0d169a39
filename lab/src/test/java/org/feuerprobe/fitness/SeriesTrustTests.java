package org.feuerprobe.fitness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.feuerprobe.campaign.CampaignResult;
import org.feuerprobe.campaign.TimedResults;
import org.feuerprobe.sample.Measurement;
import org.junit.jupiter.api.Test;

class SeriesTrustTests {
    private static final ClockFitness FIT = clock(1000, 400, 1000, 400);
    private static final ClockFitness UNFIT = clock(1000, 400, 1000, 800, 1000, 1600);
    private static final ClockFitness UNKNOWN = clock();

    private static ClockFitness clock(long... pairs) {
        return ClockFitness.of(new long[] {50}, Map.of(2, pairs));
    }

    private static CampaignResult as(String metric, CampaignResult result) {
        return result.with(
                result.measurements().stream()
                        .map(m ->
                                new Measurement(
                                        m.operation(),
                                        m.benchmark(),
                                        m.target(),
                                        metric,
                                        m.parameters(),
                                        m.boots()))
                        .toList(),
                List.of());
    }

    private static List<String> warnings(CampaignResult result) {
        return result.trust().stream()
                .filter(series -> !series.trust().believed())
                .map(SeriesTrust::warning)
                .toList();
    }

    @Test
    void namesWhatWasTimedInABootWhoseClockIsNotFit() {
        assertThat(warnings(TimedResults.of(FIT, FIT, UNFIT)))
                .singleElement()
                .asString()
                .startsWith(
                        "cycles of target native are not sound: in 1 of 2 boots the clock was not trustworthy; boot 2: UNFIT: ");
    }

    @Test
    void theRepetitionGivesNoValues() {
        assertThat(warnings(TimedResults.of(FIT, UNFIT, FIT))).isEmpty();
    }

    @Test
    void whoSaysNothingIsNotFit() {
        assertThat(warnings(TimedResults.untold()))
                .singleElement()
                .asString()
                .contains(
                        "in 2 of 2 boots the clock",
                        "boot 0: the kernel reported nothing on its clock");
    }

    /** Results of older versions do not record the clocks. */
    @Test
    void aBootWhoseClockIsNotRecordedIsUnknown() {
        CampaignResult result = TimedResults.of(FIT, FIT, FIT);

        assertThat(SeriesTrust.of(result.measurements(), List.of(), List.of()))
                .singleElement()
                .satisfies(series -> {
                    assertThat(series.trust().state()).isEqualTo(Trust.State.UNKNOWN);
                    assertThat(series.warning())
                            .contains("boot 0: nothing is recorded of its clock");
                });
    }

    /** A counter read in the clock's place agrees with no clock, and need not. */
    @Test
    void timesAreNotBlamedForBootsThatCounted() {
        CampaignResult counted = as("page_faults", TimedResults.of(UNKNOWN, UNKNOWN, UNKNOWN));

        assertThat(warnings(counted)).isEmpty();
        assertThat(warnings(TimedResults.of(FIT, FIT, FIT).and(counted))).isEmpty();
        assertThat(warnings(counted.and(TimedResults.of(FIT, FIT, UNKNOWN))))
                .singleElement()
                .asString()
                .contains("in 1 of 2 boots", "boot 5: UNKNOWN");
    }

    @Test
    void neitherBytesNorWhatAProcessorCountsIsTimed() {
        for (String metric :
                List.of("bytes", "peak_bytes", "counted_cycles", "branch_misses", "l2_misses")) {
            assertThat(warnings(as(metric, TimedResults.untold()))).as(metric).isEmpty();
        }
        assertThat(warnings(as("ticks", TimedResults.untold()))).hasSize(1);
    }
}
