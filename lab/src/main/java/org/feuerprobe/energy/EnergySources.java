package org.feuerprobe.energy;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything on this machine that shows energy or power.
 *
 * @param found in the order in which a measurement prefers them
 */
public record EnergySources(List<FoundSource> found) {
    /** What was looked for, for messages. */
    private static final String LOOKED_FOR =
            "no powercap, perf event, RAPL register, sensor or battery shows energy, and no meter was named";

    /** Why nothing is measured in the emulator. */
    public static final String EMULATED =
            "NOT_MEASURABLE: the emulator takes the host's energy for translating, which says nothing of the kernel's; its counts stand for it (docs/energy.md)";

    public EnergySources {
        found = List.copyOf(found);
    }

    /** Looks for all sources; asks each meter once. */
    public static EnergySources of(
            KernelFiles files, PerfPower.Opener perf, List<MeterAddress> meters) {
        List<FoundSource> found = new ArrayList<>();
        meters.forEach(meter -> found.add(meter.open()));
        found.addAll(PerfPower.in(files, perf));
        found.addAll(KernelSources.in(files));
        found.addAll(RaplRegisters.in(files));
        return new EnergySources(found);
    }

    /** The sources that can be read. */
    public List<EnergySource> usable() {
        return found.stream()
                .filter(FoundSource.Usable.class::isInstance)
                .map(source -> ((FoundSource.Usable) source).source())
                .toList();
    }

    /** Why joules cannot be measured here; for a machine without a usable source. */
    public String absence() {
        return "NOT_MEASURABLE: "
                + found.stream()
                        .filter(FoundSource.Unusable.class::isInstance)
                        .map(FoundSource.Unusable.class::cast)
                        .findFirst()
                        .map(source ->
                                "%s: %s: %s"
                                        .formatted(source.name(), source.reason(), source.remedy()))
                        .orElse(LOOKED_FOR);
    }

    /** Ends what reading the sources had opened. */
    public void close() {
        usable().forEach(EnergySource::close);
    }
}
