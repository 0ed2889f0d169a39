package org.feuerprobe.energy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.feuerprobe.energy.EnergySource.Description;
import org.feuerprobe.energy.EnergySource.Quantity;

/** The sources that Linux shows as files: powercap, sensors (hwmon), and batteries. */
final class KernelSources {
    private static final BigDecimal MICRO = new BigDecimal("0.000001");

    /** A microwatt-hour, and a microampere-hour at one microvolt, in joules. */
    private static final BigDecimal MICRO_HOUR = new BigDecimal("0.0036");

    private final KernelFiles files;
    private final List<FoundSource> found = new ArrayList<>();

    private KernelSources(KernelFiles files) {
        this.files = files;
    }

    static List<FoundSource> in(KernelFiles files) {
        KernelSources sources = new KernelSources(files);
        sources.powercap();
        sources.sensors();
        sources.batteries();
        return sources.found;
    }

    private void powercap() {
        for (Path zone : files.entries(files.at("/sys/class/powercap"), "[a-z-]+:[0-9:]+")) {
            String label = files.ifReadable(zone.resolve("name")).orElse("unnamed");
            Path range = zone.resolve("max_energy_range_uj");
            OptionalDouble wrap;
            try {
                wrap = OptionalDouble.of(files.number(range).multiply(MICRO).doubleValue());
            } catch (IOException e) {
                wrap = OptionalDouble.empty();
            }
            add(
                    "powercap %s %s".formatted(zone.getFileName(), label),
                    label.replaceFirst("-[0-9]+$", "").replace("psys", "platform"),
                    label.equals("psys") ? "whole machine" : "one socket",
                    Quantity.ENERGY,
                    MICRO,
                    wrap,
                    zone.resolve("energy_uj"));
        }
    }

    private void sensors() {
        for (Path chip : files.entries(files.at("/sys/class/hwmon"), "hwmon[0-9]+")) {
            String name = files.ifReadable(chip.resolve("name")).orElse("unnamed");
            for (Path file : files.entries(chip, "(?:energy|power)[0-9]+_(?:input|average)")) {
                String sensor = String.valueOf(file.getFileName()).replaceFirst("_.*", "");
                String label = files.ifReadable(chip.resolve(sensor + "_label")).orElse(sensor);
                add(
                        "hwmon %s %s".formatted(name, label),
                        label,
                        "what %s measures".formatted(name),
                        sensor.startsWith("energy") ? Quantity.ENERGY : Quantity.POWER,
                        MICRO,
                        OptionalDouble.empty(),
                        file);
            }
        }
    }

    private void batteries() {
        for (Path supply : files.entries(files.at("/sys/class/power_supply"), ".+")) {
            if (!files.ifReadable(supply.resolve("type")).orElse("").equals("Battery")) {
                continue;
            }
            String name = "battery " + supply.getFileName();
            String status = files.ifReadable(supply.resolve("status")).orElse("Unknown");
            if (!status.equals("Discharging")) {
                found.add(
                        new FoundSource.Unusable(
                                name,
                                supply.toString(),
                                "its status is " + status,
                                "unplug the machine: a battery shows only what it gives"));
            } else if (Files.exists(supply.resolve("energy_now"))) {
                add(
                        name,
                        "battery",
                        "whole machine",
                        Quantity.ENERGY,
                        MICRO_HOUR.negate(),
                        OptionalDouble.empty(),
                        supply.resolve("energy_now"));
            } else {
                add(
                        name,
                        "battery",
                        "whole machine",
                        Quantity.POWER,
                        MICRO.multiply(MICRO),
                        OptionalDouble.empty(),
                        supply.resolve("current_now"),
                        supply.resolve("voltage_now"));
            }
        }
    }

    private void add(
            String name,
            String domain,
            String scope,
            Quantity quantity,
            BigDecimal factor,
            OptionalDouble wrap,
            Path... paths) {
        Description description =
                new Description(
                        name,
                        domain.toLowerCase(Locale.ROOT),
                        scope,
                        quantity,
                        factor.abs().doubleValue(),
                        wrap,
                        paths[0].toString());
        EnergySource source = new FileSource(files, description, List.of(paths), factor);
        try {
            double value = source.read();
            found.add(
                    Double.isFinite(value)
                            ? new FoundSource.Usable(source, "this user may read the file")
                            : unusable(description, "has no finite value", "another source"));
        } catch (AccessDeniedException e) {
            found.add(
                    unusable(
                            description,
                            "this user may not read it",
                            "run as root, or type as root: chmod a+r " + paths[0]));
        } catch (IOException e) {
            found.add(unusable(description, KernelFiles.reason(e), "another source"));
        }
    }

    private static FoundSource unusable(Description of, String reason, String remedy) {
        return new FoundSource.Unusable(of.name(), of.where(), reason, remedy);
    }
}
