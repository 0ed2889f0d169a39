package org.feuerprobe.guest;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.fitness.ClockFitness;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.probe.GuestCounters;
import org.feuerprobe.probe.SerialRun;
import org.feuerprobe.testbed.SystemFiles;

/**
 * Whether cycles of a guest under KVM are trustworthy on this host. A guest measures it, because a
 * hypervisor may emulate ring 0 and still claim to virtualise it. The guest times the empty pair,
 * which costs some tens of ticks on hardware.
 *
 * @param trust trust in the guest's cycles, by what its empty pair costs and its clocks agree on
 * @param counters performance counters that the hypervisor shows to the guest
 */
public record KvmFitness(Trust trust, GuestCounters counters) {
    /**
     * Limit on the empty pair of fences and clock reads, which costs 30 to 100 ticks on all known
     * machines.
     */
    private static final long MOST_TICKS = 500;

    /**
     * Limit on the ratio of the 90th percentile to the median; on hardware the ratio stays below 2.
     */
    private static final long MOST_SPREAD = 4;

    /** The last stream of the calibration. */
    private static final int AGREEMENT = 2;

    private static final int MEMORY = 256;

    private static final String DEVICE = "/dev/kvm";

    private static final String REMEDY =
            "use a bare machine, or a hypervisor that virtualises ring 0 of nested guests";

    private KvmFitness(Trust trust) {
        this(trust, new GuestCounters.Unreported());
    }

    /** Boots the exokernel under KVM with a time limit. Costs some seconds if ring 0 is slow. */
    public static KvmFitness probe(String emulator, KernelImage image) throws InterruptedException {
        KvmFitness found =
                run(
                        EmulatorCommand.microvm(emulator, Accelerator.KVM, MEMORY)
                                .with("-kernel", image.file().toString()));
        return found.trust.believed() ? found : device().map(KvmFitness::new).orElse(found);
    }

    /**
     * Why the device prevents every guest: it is missing, or this user may not open it. Empty if it
     * does not.
     */
    public static Optional<Trust> device() {
        SystemFiles host = SystemFiles.HOST;
        if (!host.exists(DEVICE)) {
            return Optional.of(
                    Trust.unknown(
                            "there is no /dev/kvm",
                            "modprobe kvm_amd or kvm_intel; on a virtual machine its host must allow nested guests"));
        }
        return host.mayUse(DEVICE)
                ? Optional.empty()
                : Optional.of(
                        Trust.unknown(
                                "/dev/kvm may not be opened", "add yourself to the group kvm"));
    }

    static KvmFitness run(EmulatorCommand command) throws InterruptedException {
        try {
            HeardGuest heard = HeardGuest.of(command, run -> run.clock().containsKey(AGREEMENT));
            SerialRun run = heard.run();
            KvmFitness found = judge(heard.ended(), run.calibration(), run.clock(), heard.log());
            return new KvmFitness(found.trust, run.counters());
        } catch (IOException e) {
            return new KvmFitness(Trust.unknown(String.valueOf(e.getMessage())));
        }
    }

    /**
     * The clock is trustworthy if reads are cheap and steady, never run backwards, and agree with a
     * second clock.
     */
    static KvmFitness judge(boolean ended, long[] empty, Map<Integer, long[]> clock, String log) {
        long[] ticks = empty.clone();
        Arrays.sort(ticks);
        if (ticks.length == 0) {
            return new KvmFitness(Trust.unknown(HeardGuest.without("a measurement", ended, log)));
        }
        long median = ticks[ticks.length / 2];
        long p90 = ticks[(int) (ticks.length * 0.9)];
        String cost =
                String.format(
                        Locale.ROOT,
                        "an empty pair costs %,d ticks (smallest %,d, 90th percentile %,d, n = %d)",
                        median,
                        ticks[0],
                        p90,
                        ticks.length);
        return new KvmFitness(trust(median, p90, cost, ClockFitness.of(empty, clock).trust()));
    }

    private static Trust trust(long median, long p90, String cost, Trust clock) {
        if (median > MOST_TICKS) {
            return Trust.unfit(
                    cost
                            + " where hardware takes less than 100: ring 0 is emulated, not virtualised, so a guest's cycles mean nothing",
                    REMEDY);
        }
        if (p90 > MOST_SPREAD * median) {
            return Trust.unfit(
                    cost + ": too unsteady, because something else uses the core",
                    "reserve a core: feuerprobe testbed");
        }
        String with = cost + "; the guest's clock is " + clock.why();
        return switch (clock.state()) {
            case FIT -> Trust.fit(cost);
            case UNFIT -> Trust.unfit(with, REMEDY);
            case UNKNOWN ->
                    Trust.unknown(
                            with,
                            "the kernel must count spans by a second clock: docs/probe.md, section 3");
        };
    }
}
