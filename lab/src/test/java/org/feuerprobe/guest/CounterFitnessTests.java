package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.Quantity;
import org.feuerprobe.probe.GuestCounters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a guest's counters are believed, with a model of them in the kernel. */
@Tag("boots")
class CounterFitnessTests {
    private static QemuTarget guest(String model) throws Exception {
        return KernelFixture.target(KernelFixture.image("CLOCK=standin"), "counters=" + model);
    }

    private static QemuTarget truth() throws Exception {
        return KernelFixture.target(KernelFixture.image(), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"intel1", "intel2", "intel5", "amd", "amd2"})
    void countersThatCountWhatTheEmulatorCountsAreFit(String model) throws Exception {
        CounterFitness fitness = CounterFitness.probe(guest(model), truth());

        assertThat(fitness.trust().believed()).as(fitness.trust().text()).isTrue();
        assertThat(fitness.trust().text())
                .startsWith("the guest has counters (")
                .endsWith("cap_table_lookup/random 16 (16), null_syscall 30 (30)");
        assertThat(fitness.absent(Quantity.INSTRUCTIONS)).isEmpty();
    }

    @Test
    void aProcessorWithoutCountersIsNotAvailable() throws Exception {
        CounterFitness fitness = CounterFitness.probe(guest("none"), truth());

        assertThat(fitness)
                .isEqualTo(
                        new CounterFitness(
                                Trust.unknown(new GuestCounters.None().text()),
                                new GuestCounters.None()));
        assertThat(fitness.absent(Quantity.COUNTED_CYCLES)).isEqualTo(fitness.trust().text());
    }

    @Test
    void aSharedCounterGivesItselfAway() throws Exception {
        assertThat(CounterFitness.probe(guest("shared"), truth()).trust().text())
                .contains("but they also count other guests: an empty pair costs 0 to ");
    }

    /** Cycles in the place of instructions, of which the model has two each. */
    @Test
    void aCounterThatCountsSomethingElseIsNotFit() throws Exception {
        QemuTarget guest = guest("intel2");
        Target wrong =
                new Wrapped(guest) {
                    @Override
                    public BootOutcome boot(Plan plan, int number, Progress progress)
                            throws InterruptedException {
                        return guest.boot(plan.reading(Quantity.COUNTED_CYCLES), number, progress);
                    }
                };

        CounterFitness fitness = CounterFitness.probe(wrong, truth());

        assertThat(fitness.trust().believed()).isFalse();
        assertThat(fitness.trust().text())
                .endsWith(
                        "but they are wrong: cap_table_lookup/random takes 32 instructions by these counters and 16 by the emulator's: use a bare machine, or a hypervisor that gives the guest counters of its own");
    }

    @Test
    void aGuestThatFailsIsToldWithItsFailure() throws Exception {
        CounterFitness fitness = CounterFitness.probe(guest("intel9"), truth());

        assertThat(fitness.trust().believed()).isFalse();
        assertThat(fitness.trust().text())
                .startsWith(
                        "unknown: the kernel panicked: unknown counters= on the command line (cpu 0, ");
        assertThat(fitness.counters()).isEqualTo(new GuestCounters.Unreported());
    }

    /** A kernel that does not count, where there are counters. */
    @Test
    void aKernelThatCannotCountIsToldHowToBe() throws Exception {
        QemuTarget guest = guest("intel2");
        Target clock =
                new Wrapped(guest) {
                    @Override
                    public BootOutcome boot(Plan plan, int number, Progress progress)
                            throws InterruptedException {
                        return guest.boot(plan.reading(Quantity.CLOCK), number, progress);
                    }
                };

        assertThat(CounterFitness.probe(clock, truth()).trust().text())
                .endsWith(
                        "and this kernel counts no instructions with them: build it with CLOCK=counter");
    }

    @Test
    void theEventsOfTheGuestDecideWhatIsAvailable() {
        CounterFitness fitness =
                new CounterFitness(
                        Trust.fit("fine"),
                        new GuestCounters.Shown(
                                GuestCounters.Kind.AMD,
                                1,
                                6,
                                0,
                                48,
                                List.of(Quantity.INSTRUCTIONS)));

        assertThat(fitness.absent(Quantity.INSTRUCTIONS)).isEmpty();
        assertThat(fitness.absent(Quantity.CACHE_MISSES))
                .isEqualTo(
                        "the guest has counters (AMD's core extensions version 1: 6 general, 0 fixed of 48 bits), but none of them counts this event");
    }

    private abstract static class Wrapped implements Target {
        private final Target inner;

        Wrapped(Target inner) {
            this.inner = inner;
        }

        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public String metric() {
            return inner.metric();
        }

        @Override
        public boolean exact() {
            return inner.exact();
        }
    }
}
