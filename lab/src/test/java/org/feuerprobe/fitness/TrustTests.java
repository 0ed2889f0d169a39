package org.feuerprobe.fitness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.feuerprobe.guest.Accelerator;
import org.feuerprobe.guest.PerfEvent;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.sample.Metric;
import org.junit.jupiter.api.Test;

/** One type says whether a figure may be believed, and one whether a clock gave it. */
class TrustTests {
    private static final Trust FIT = Trust.fit("checked");
    private static final Trust UNKNOWN = Trust.unknown("nothing checked it", "check it");
    private static final Trust UNFIT = Trust.unfit("it is wrong", "mend it");

    @Test
    void onlyFitIsBelieved() {
        assertThat(FIT.believed()).isTrue();
        assertThat(UNKNOWN.believed()).isFalse();
        assertThat(UNFIT.believed()).isFalse();
    }

    @Test
    void theWorseOfTwoCounts() {
        for (List<Trust> pair :
                List.of(
                        List.of(UNKNOWN, FIT, UNKNOWN),
                        List.of(UNFIT, FIT, UNFIT),
                        List.of(UNFIT, UNKNOWN, UNFIT))) {
            assertThat(pair.get(0).and(pair.get(1))).isEqualTo(pair.get(2));
            assertThat(pair.get(1).and(pair.get(0))).isEqualTo(pair.get(2));
        }
        assertThat(UNFIT.and(Trust.unfit("another", ""))).isEqualTo(UNFIT);
    }

    @Test
    void theTextEndsWithTheRemedy() {
        assertThat(UNKNOWN.text()).isEqualTo("nothing checked it: check it");
        assertThat(FIT.text()).isEqualTo("checked");
        assertThatThrownBy(() -> Trust.unknown("")).hasMessage("UNKNOWN: want a reason");
    }

    @Test
    void theBootsOfAFigureAreAsGoodAsTheWorst() {
        Trust all =
                BootTrust.all(
                        List.of(
                                new BootTrust(0, FIT),
                                new BootTrust(1, UNKNOWN),
                                new BootTrust(2, UNFIT)));

        assertThat(all.state()).isEqualTo(Trust.State.UNFIT);
        assertThat(all.text())
                .isEqualTo(
                        "in 2 of 3 boots the clock was not trustworthy; boot 1: nothing checked it: check it");
        assertThat(BootTrust.all(List.of(new BootTrust(0, FIT))).believed()).isTrue();
    }

    /** The list in Metric must hold every counter that another package has. */
    @Test
    void noCounterIsTakenForAClock() {
        List<String> counts = new ArrayList<>();
        Counter.ALL.forEach(counter -> counts.add(counter.metric()));
        Arrays.stream(PerfEvent.values()).forEach(event -> counts.add(event.metric()));
        Arrays.stream(Quantity.values())
                .filter(reading -> reading != Quantity.CLOCK)
                .forEach(reading -> counts.add(reading.metric()));
        counts.add("peak_bytes");

        assertThat(counts).noneMatch(name -> Metric.of(name).timed());
        assertThat(Metric.of(Quantity.CLOCK.metric()).timed()).isTrue();
        for (Accelerator accelerator : Accelerator.values()) {
            assertThat(Metric.of(accelerator.metric()).timed())
                    .as(accelerator.metric())
                    .isEqualTo(accelerator != Accelerator.ICOUNT);
        }
    }
}
