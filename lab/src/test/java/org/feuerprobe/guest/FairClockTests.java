package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a made-up process and clock. */
class FairClockTests {
    private static final long STEP = Duration.ofMillis(100).toNanos();

    @TempDir private Path tasks;

    private final AtomicLong time = new AtomicLong();

    private void thread(int number, long ran, long waited) throws Exception {
        Path thread = Files.createDirectories(tasks.resolve(Integer.toString(number)));
        Files.writeString(thread.resolve("schedstat"), "%d %d 7\n".formatted(ran, waited));
    }

    private long after(FairClock clock, long step) {
        time.addAndGet(step);
        return clock.nanos();
    }

    @Test
    void countsTimeInWhichItRunsOrSleeps() throws Exception {
        thread(1, 0, 0);
        FairClock clock = FairClock.of(tasks, time::get);
        assertThat(after(clock, STEP / 10)).isEqualTo(STEP / 10);
        assertThat(after(clock, STEP)).isEqualTo(STEP / 10 + STEP);
        thread(1, 5 * STEP, 0);
        assertThat(after(clock, STEP)).isEqualTo(STEP / 10 + 2 * STEP);
    }

    /** One that may run does nothing for the others that may not. */
    @Test
    void doesNotCountWhatTheThreadWaitedThatWaitedMost() throws Exception {
        thread(1, 0, 0);
        thread(2, 0, 1000 * STEP); // before the clock began
        FairClock clock = FairClock.of(tasks, time::get);
        thread(1, STEP / 2, STEP / 4);
        thread(2, STEP / 8, 1000 * STEP + STEP * 3 / 4);
        assertThat(after(clock, STEP)).isEqualTo(STEP / 4);
        thread(2, STEP / 8, 1000 * STEP + STEP * 3);
        assertThat(after(clock, STEP)).as("never backwards").isEqualTo(STEP / 4);
    }

    @Test
    void countsLittleOfAPauseInWhichNobodyAsked() {
        FairClock clock = FairClock.of(tasks, time::get);
        assertThat(after(clock, Duration.ofMinutes(9).toNanos())).isEqualTo(FairClock.LONGEST);
    }

    @Test
    void countsAllTimeOfWhatIsNoProcess() {
        FairClock clock = FairClock.of(tasks.resolve("none"), time::get);
        assertThat(after(clock, STEP)).isEqualTo(STEP);
    }
}
