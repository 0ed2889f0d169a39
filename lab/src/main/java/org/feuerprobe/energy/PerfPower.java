package org.feuerprobe.energy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.energy.EnergySource.Description;
import org.feuerprobe.energy.EnergySource.Quantity;

/**
 * Energy events of Linux's {@code perf}: sysfs names them, and {@code perf_event_open} counts them.
 * Linux extends the processor's 32 bits to 64, so they never wrap.
 */
public final class PerfPower {
    private static final Pattern EVENT = Pattern.compile("event=0x(?<config>[0-9a-fA-F]{1,16})");

    /** The system call, which only {@code guest} makes. */
    public interface Opener {
        /** Opens a counter of a processor for all threads. */
        Counter open(int type, long config, int cpu) throws IOException;
    }

    /** An open counter. */
    public interface Counter {
        /** Its value now. */
        long read() throws IOException;

        void close();
    }

    private record Event(Description description, Counter counter, BigDecimal scale)
            implements EnergySource {
        @Override
        public double read() throws IOException {
            return new BigDecimal(counter.read()).multiply(scale).doubleValue();
        }

        @Override
        public void close() {
            counter.close();
        }
    }

    private PerfPower() {}

    static List<FoundSource> in(KernelFiles files, Opener opener) {
        List<FoundSource> found = new ArrayList<>();
        for (Path unit : files.entries(files.at("/sys/bus/event_source/devices"), "power.*")) {
            for (Path file : files.entries(unit.resolve("events"), "energy-[a-z]+")) {
                found.add(event(files, opener, unit, file));
            }
        }
        return found;
    }

    private static FoundSource event(KernelFiles files, Opener opener, Path unit, Path file) {
        String event = String.valueOf(file.getFileName());
        String name = "perf %s/%s".formatted(unit.getFileName(), event);
        try {
            Matcher config = EVENT.matcher(files.text(file));
            BigDecimal scale = files.number(file.resolveSibling(event + ".scale"));
            String joules = files.text(file.resolveSibling(event + ".unit"));
            if (!config.matches() || !joules.equals("Joules")) {
                return new FoundSource.Unusable(
                        name,
                        file.toString(),
                        "its form is unknown: '%s' in %s".formatted(files.text(file), joules),
                        "another source");
            }
            Optional<String> cpus = files.ifReadable(unit.resolve("cpumask"));
            Counter counter =
                    opener.open(
                            files.number(unit.resolve("type")).intValueExact(),
                            Long.parseUnsignedLong(config.group("config"), 16),
                            cpus.map(list -> Integer.parseInt(list.split("[-,]", 2)[0])).orElse(0));
            return new FoundSource.Usable(
                    new Event(
                            new Description(
                                    name,
                                    event.replace("energy-", "").replace("pkg", "package"),
                                    event.equals("energy-psys") ? "whole machine" : "one socket",
                                    Quantity.ENERGY,
                                    scale.doubleValue(),
                                    OptionalDouble.empty(),
                                    file.toString()),
                            counter,
                            scale),
                    "this user may count for all threads");
        } catch (IOException e) {
            return new FoundSource.Unusable(
                    name,
                    file.toString(),
                    KernelFiles.reason(e),
                    "sysctl kernel.perf_event_paranoid=0, or the capability CAP_PERFMON");
        } catch (NumberFormatException | ArithmeticException e) {
            return new FoundSource.Unusable(
                    name, file.toString(), "a number of it is malformed", "another source");
        }
    }
}
