package org.feuerprobe.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.GuestCounters;
import org.feuerprobe.probe.ProbeRecord;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;

/** Results of a native target in which {@code op} and {@code other} took 100 ticks. */
public final class TimedResults {
    private TimedResults() {}

    /** Boots that told this of their clocks; the values are of boots 0 and 2. */
    public static CampaignResult of(ClockFitness... clocks) {
        return told(Arrays.stream(clocks).map(Optional::of).toList());
    }

    /** Boots that told nothing of their clocks. */
    public static CampaignResult untold() {
        return told(List.of(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static CampaignResult told(List<Optional<ClockFitness>> clocks) {
        List<CampaignResult.Boot> boots = new ArrayList<>();
        for (Optional<ClockFitness> clock : clocks) {
            boots.add(
                    new CampaignResult.Boot(
                            boots.size(), 1, Duration.ZERO, 0, new long[] {50}, clock));
        }
        return new CampaignResult(
                new ProbeRecord.Kernel("k", "1", "", 1, true, 0, new GuestCounters.Unreported()),
                new Plan(1, List.of()),
                boots,
                new CampaignResult.Repetition(1, 0, ""),
                List.of(measured("op", "op/a"), measured("other", "b")),
                List.of(),
                false);
    }

    private static Measurement measured(String operation, String benchmark) {
        long[] values = new long[2000];
        Arrays.fill(values, 150);
        return new Measurement(
                operation,
                benchmark,
                "native",
                "cycles",
                new LinkedHashMap<>(),
                List.of(
                        new BootSamples(0, 1, 1, values, new long[] {50}),
                        new BootSamples(2, 2, 1, values, new long[] {50})));
    }
}
