package org.feuerprobe.testbed;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Reading of the machine's counters at one moment. Only their growth matters. A counter is empty if
 * Linux does not report it. Costs some file reads and the start of {@code dmesg}.
 *
 * @param seconds time since boot
 * @param steal ticks of 10 ms that the hypervisor gave to other guests
 * @param busy ticks of 10 ms in which a processor was not idle, by processor
 * @param interrupts device interrupts on the watched processor
 * @param pressure microseconds in which some task waited for a processor
 * @param throttles how often the core and its package were throttled, in sum
 * @param aperf cycles at the real frequency
 * @param mperf cycles at the nominal frequency
 * @param switches involuntary context switches of this process's threads
 * @param delay nanoseconds in which these threads were ready but did not run
 * @param log lines of the kernel's log
 */
record HostCounters(
        OptionalDouble seconds,
        Optional<Long> steal,
        Map<Integer, Long> busy,
        OptionalLong interrupts,
        OptionalLong pressure,
        OptionalLong throttles,
        OptionalLong aperf,
        OptionalLong mperf,
        OptionalLong switches,
        OptionalLong delay,
        Optional<List<String>> log) {
    private static final int MPERF = 0xE7;
    private static final int APERF = 0xE8;
    private static final String THREADS = "/proc/self/task";

    static HostCounters read(SystemFiles files, int core) {
        return new HostCounters(
                seconds(files),
                Steal.ticks(files),
                busy(files),
                interrupts(files, core),
                pressure(files),
                throttles(files, core),
                files.register(core, APERF),
                files.register(core, MPERF),
                switches(files),
                delay(files),
                files.kernelLog());
    }

    private static OptionalDouble seconds(SystemFiles files) {
        Optional<String> first = files.text("/proc/uptime").map(text -> text.split(" ", 2)[0]);
        return first.isPresent() && first.get().matches("[0-9]{1,12}(\\.[0-9]{1,9})?")
                ? OptionalDouble.of(Double.parseDouble(first.get()))
                : OptionalDouble.empty();
    }

    /** Sums user, nice, system, irq and softirq of each {@code cpuN} line. */
    private static Map<Integer, Long> busy(SystemFiles files) {
        Map<Integer, Long> busy = new HashMap<>();
        files.text("/proc/stat").stream()
                .flatMap(String::lines)
                .map(line -> line.split(" +", -1))
                .filter(words -> words.length > 7 && words[0].matches("cpu[0-9]{1,5}"))
                .forEach(words -> {
                    long ticks = 0;
                    for (int i : new int[] {1, 2, 3, 6, 7}) {
                        ticks += SystemFiles.number(Optional.of(words[i])).orElse(0);
                    }
                    busy.put(Integer.parseInt(words[0].substring(3)), ticks);
                });
        return busy;
    }

    /**
     * Sums the processor's column over lines that start with a number; the other lines are not
     * devices.
     */
    private static OptionalLong interrupts(SystemFiles files, int core) {
        Optional<List<String>> lines =
                files.text("/proc/interrupts").map(text -> text.lines().toList());
        if (lines.isEmpty()) {
            return OptionalLong.empty();
        }
        List<String> cpus = List.of(lines.get().getFirst().strip().split(" +", -1));
        int column = cpus.indexOf("CPU" + core);
        if (column < 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                lines.get().stream()
                        .map(line -> line.strip().split(" +", -1))
                        .filter(words -> words[0].matches("[0-9]+:"))
                        .filter(words -> words.length > column + 1)
                        .mapToLong(words ->
                                SystemFiles.number(Optional.of(words[column + 1])).orElse(0))
                        .sum());
    }

    private static OptionalLong pressure(SystemFiles files) {
        return SystemFiles.number(
                files.line("/proc/pressure/cpu").map(line -> line.replaceFirst(".* total=", "")));
    }

    private static OptionalLong throttles(SystemFiles files, int core) {
        String folder = "/sys/devices/system/cpu/cpu" + core + "/thermal_throttle/";
        OptionalLong own = files.number(folder + "core_throttle_count");
        OptionalLong all = files.number(folder + "package_throttle_count");
        return own.isEmpty() && all.isEmpty()
                ? own
                : OptionalLong.of(own.orElse(0) + all.orElse(0));
    }

    private static OptionalLong switches(SystemFiles files) {
        return sum(
                files,
                thread ->
                        SystemFiles.number(
                                files.field(thread + "/status", "nonvoluntary_ctxt_switches")));
    }

    private static OptionalLong delay(SystemFiles files) {
        return sum(
                files,
                thread ->
                        SystemFiles.number(
                                files.line(thread + "/schedstat")
                                        .map(line -> line.split(" ", -1))
                                        .filter(words -> words.length > 1)
                                        .map(words -> words[1])));
    }

    private static OptionalLong sum(
            SystemFiles files, java.util.function.Function<String, OptionalLong> of) {
        List<OptionalLong> all =
                files.names(THREADS, "[0-9]+").stream()
                        .map(thread -> of.apply(THREADS + "/" + thread))
                        .filter(OptionalLong::isPresent)
                        .toList();
        return all.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(all.stream().mapToLong(OptionalLong::getAsLong).sum());
    }

    /** Growth of a counter; 0 if it was reset. */
    static OptionalLong growth(OptionalLong from, OptionalLong to) {
        return from.isPresent() && to.isPresent()
                ? OptionalLong.of(Math.max(0, to.getAsLong() - from.getAsLong()))
                : OptionalLong.empty();
    }

    /** Seconds since an earlier moment; empty if the uptime is unknown. */
    OptionalDouble secondsSince(HostCounters earlier) {
        return seconds.isPresent() && earlier.seconds.isPresent()
                ? OptionalDouble.of(
                        Math.max(0.01, seconds.getAsDouble() - earlier.seconds.getAsDouble()))
                : OptionalDouble.empty();
    }

    /** Share of the time since an earlier moment in which a processor was busy. */
    OptionalDouble busySince(HostCounters earlier, int cpu) {
        Long from = earlier.busy.get(cpu);
        Long to = busy.get(cpu);
        OptionalDouble passed = secondsSince(earlier);
        return from == null || to == null || passed.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.clamp((to - from) / 100.0 / passed.getAsDouble(), 0, 1));
    }

    /** New lines in the kernel's log. Each line carries its time, so no line occurs twice. */
    Optional<List<String>> newLines(HostCounters earlier) {
        if (log.isEmpty() || earlier.log.isEmpty()) {
            return Optional.empty();
        }
        List<String> before = earlier.log.get();
        int last = before.isEmpty() ? -1 : log.get().lastIndexOf(before.getLast());
        return Optional.of(log.get().subList(last + 1, log.get().size()));
    }
}
