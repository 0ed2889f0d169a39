package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.feuerprobe.energy.EnergySources;
import org.feuerprobe.energy.FoundSource;
import org.feuerprobe.guest.NativeClock;
import org.feuerprobe.guest.NativeTarget;
import org.feuerprobe.guest.NoiseProbe;
import org.feuerprobe.testbed.Check;
import org.feuerprobe.testbed.Fingerprint;
import org.feuerprobe.testbed.Fitness;
import org.feuerprobe.testbed.Processor;
import org.feuerprobe.testbed.Steal;
import org.feuerprobe.testbed.SystemFiles;
import org.feuerprobe.testbed.Testbed;

/**
 * Findings about this machine.
 *
 * @param noise the noise probe; empty if it was left out or could not run
 * @param steal ticks of 10 ms that the hypervisor gave to other guests, by moment
 * @param energy what shows energy or power, or why it cannot be read
 */
public record TestbedExamination(
        Fingerprint fingerprint,
        List<Check> checks,
        List<RequiredPrograms.Presence> programs,
        KnownProcessors processors,
        List<MetricFitness.Finding> metrics,
        Optional<NoiseProbe> noise,
        Map<String, String> steal,
        List<FoundSource> energy) {
    private static final int LONGEST_NOISE = 3600;

    /**
     * Processors whose published figures check the cycle counter.
     *
     * @param here the processor of this machine, and the general profile if that applies
     * @param known every processor and profile in {@code cpus/}
     */
    public record KnownProcessors(String here, List<String> known) {
        public KnownProcessors {
            known = List.copyOf(known);
        }

        static KnownProcessors of(Path cpus) throws LabException {
            try {
                return new KnownProcessors(Processor.host(cpus).described(), Processor.known(cpus));
            } catch (IOException e) {
                throw LabException.wrongUse(String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Examines everything. A missing facility is reported and is no error.
     *
     * @param cpu processor to look at
     * @param noiseSeconds length of the noise probe; 0 leaves it out
     * @param meters addresses of power meters
     */
    public static TestbedExamination of(
            Places places, int cpu, int noiseSeconds, List<String> meters)
            throws LabException, InterruptedException {
        EnergySources energy = EnergyHere.sources(meters);
        int core = TargetChoice.processor(cpu);
        if (noiseSeconds < 0 || noiseSeconds > LONGEST_NOISE) {
            throw LabException.wrongUse(
                    "--noise %d: want 0 to %d seconds".formatted(noiseSeconds, LONGEST_NOISE));
        }
        Map<String, String> steal = new LinkedHashMap<>();
        steal.put("before", stolen());
        Optional<NativeClock> clock = Optional.empty();
        String problem = "";
        Optional<NoiseProbe> noise = Optional.empty();
        Fitness.Watch watch = Fitness.watch(SystemFiles.HOST, core);
        OptionalDouble speed = OptionalDouble.empty();
        try {
            NativeTarget target =
                    new NativeTarget(NativeTarget.build(places.exokernel(), List.of()), core);
            clock = Optional.of(target.clock());
            watch =
                    Fitness.watch(
                            SystemFiles.HOST, core, OptionalDouble.of(clock.get().cyclesPerTick()));
            if (noiseSeconds > 0) {
                noise = Optional.of(target.noise(Duration.ofSeconds(noiseSeconds)));
            }
            speed = OptionalDouble.of(target.clock().cyclesPerTick());
        } catch (IOException e) {
            problem = String.valueOf(e.getMessage());
        }
        List<Check> checks = watch.checks(speed);
        steal.put("during", stolen());
        RequiredPrograms programs = RequiredPrograms.here(places);
        List<MetricFitness.Finding> metrics =
                new MetricFitness(places, programs, energy).all(clock, problem);
        energy.close();
        steal.put("after", stolen());
        return new TestbedExamination(
                HostFingerprint.read(places),
                checks,
                programs.rows(),
                KnownProcessors.of(places.cpus()),
                metrics,
                noise,
                steal,
                energy.found());
    }

    private static String stolen() {
        return Steal.ticks(SystemFiles.HOST)
                .map(ticks -> Long.toString(ticks))
                .orElse(Testbed.UNKNOWN);
    }
}
