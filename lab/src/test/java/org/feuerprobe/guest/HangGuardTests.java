package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.feuerprobe.guest.HangGuard.Watched;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HangGuardTests {
    private final Watched watched = new Watched("a test", Thread.currentThread());

    @AfterEach
    void noInterruptIsLeft() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aTestThatRunsNowAndThenGoesOn() {
        for (int look = 0; look < 10 * Watched.STILL; look++) {
            watched.look(look % Watched.STILL == 0 ? 1 : 0);
        }
        assertThat(watched.verdict()).isEmpty();
    }

    @Test
    void oneThatDoesNotRunIsInterrupted() {
        for (int look = 0; look <= Watched.STILL; look++) {
            assertThat(watched.verdict()).isEmpty();
            watched.look(0);
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(watched.verdict())
                .startsWith("a test hangs: it ran for 0 s, then not in 301 looks");
    }

    @Test
    void oneThatRunsForEverIsInterrupted() {
        watched.look(Watched.LONGEST);
        assertThat(watched.verdict()).isEmpty();
        watched.look(Duration.ofSeconds(1).toNanos());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(watched.verdict()).contains("it ran for 3601 s");
    }
}
