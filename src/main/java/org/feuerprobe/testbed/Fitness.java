package org.feuerprobe.testbed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.feuerprobe.testbed.Check.State;

/**
 * Is this machine quiet and steady enough for timed figures? Seventeen conditions that benchmark
 * harnesses ask for (pyperf, LLVM, krun, rustc-perf; {@code docs/testbed.md} has the list). Counts
 * of the emulator need none of them.
 */
public final class Fitness {
    private static final String CPU = "/sys/devices/system/cpu/";

    private final SystemFiles files;
    private final int core;
    private final List<Check> checks = new ArrayList<>();

    private Fitness(SystemFiles files, int core) {
        this.files = files;
        this.core = core;
    }

    /** All seventeen, for one processor; costs a few file reads. */
    public static List<Check> of(SystemFiles files, int core) {
        Fitness fitness = new Fitness(files, core);
        fitness.frequency();
        fitness.sharing();
        fitness.disturbance();
        fitness.time();
        fitness.memory();
        fitness.measuring();
        return List.copyOf(fitness.checks);
    }

    private void frequency() {
        String policy = CPU + "cpu" + core + "/cpufreq/";
        value(
                "governor",
                policy + "scaling_governor",
                text -> text.equals("performance") ? State.FIT : State.DEGRADED,
                "cpupower frequency-set -g performance");
        if (files.exists(CPU + "intel_pstate/no_turbo")) {
            value(
                    "turbo",
                    CPU + "intel_pstate/no_turbo",
                    is("1"),
                    "echo 1 > " + CPU + "intel_pstate/no_turbo");
        } else {
            value("turbo", CPU + "cpufreq/boost", is("0"), "echo 0 > " + CPU + "cpufreq/boost");
        }
        value(
                "throttling",
                CPU + "cpu" + core + "/thermal_throttle/core_throttle_count",
                is("0"),
                "cool the machine, then reboot: the count begins anew");
    }

    private void sharing() {
        value(
                "smt",
                CPU + "smt/active",
                is("0"),
                "echo off > " + CPU + "smt/control, or leave the sibling idle");
        Optional<String> isolated = files.text(CPU + "isolated");
        boolean there = files.exists(CPU + "isolated");
        add(
                "isolation",
                isolated.map(list -> contains(list, core) ? State.FIT : State.DEGRADED)
                        .orElse(there ? State.DEGRADED : State.UNKNOWN),
                isolated.orElse(there ? "none" : "absent"),
                CPU + "isolated",
                "boot with isolcpus=%d nohz_full=%d rcu_nocbs=%d".formatted(core, core, core));
        value(
                "idle states",
                CPU + "cpuidle/current_driver",
                text ->
                        text.equals("none") || text.contains("haltpoll")
                                ? State.FIT
                                : State.DEGRADED,
                "cpupower idle-set -D 10, or hold /dev/cpu_dma_latency at 0");
    }

    private void disturbance() {
        value(
                "interrupts",
                "/proc/irq/default_smp_affinity",
                mask -> maskHas(mask, core) ? State.DEGRADED : State.FIT,
                "keep processor %d out of /proc/irq/*/smp_affinity_list; stop irqbalance"
                        .formatted(core));
        Optional<Long> steal = Steal.ticks(files);
        add(
                "steal",
                steal.map(ticks -> ticks == 0 ? State.FIT : State.DEGRADED).orElse(State.UNKNOWN),
                steal.map(ticks -> ticks + " ticks since boot").orElse("absent"),
                "/proc/stat, 8th value",
                "a machine of one's own; a hypervisor with dedicated cores");
        value(
                "load",
                "/proc/loadavg",
                text ->
                        Double.parseDouble(text.split(" ", -1)[0]) < 0.5
                                ? State.FIT
                                : State.DEGRADED,
                "stop what else runs (see: top)");
        value(
                "watchdogs",
                "/proc/sys/kernel/nmi_watchdog",
                is("0"),
                "sysctl kernel.nmi_watchdog=0 kernel.numa_balancing=0 kernel.timer_migration=0");
    }

    private void time() {
        value(
                "clock",
                "/sys/devices/system/clocksource/clocksource0/current_clocksource",
                text -> text.equals("tsc") ? State.FIT : State.UNFIT,
                "boot with tsc=reliable, if the processor has a constant TSC");
        value(
                "layout",
                "/proc/sys/kernel/randomize_va_space",
                text -> text.equals("2") ? State.FIT : State.DEGRADED,
                "sysctl kernel.randomize_va_space=2: one fixed layout biases every figure");
    }

    private void memory() {
        value(
                "huge pages",
                "/sys/kernel/mm/transparent_hugepage/enabled",
                text -> text.contains("[always]") ? State.DEGRADED : State.FIT,
                "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled");
        Optional<String> swaps = files.text("/proc/swaps");
        boolean swapping = swaps.map(text -> text.lines().count() > 1).orElse(false);
        add(
                "swap",
                swaps.isEmpty() ? State.UNKNOWN : swapping ? State.DEGRADED : State.FIT,
                swaps.isEmpty() ? "absent" : swapping ? "in use" : "none",
                "/proc/swaps",
                "swapoff -a");
    }

    private void measuring() {
        boolean bus = files.exists("/sys/bus/event_source/devices");
        List<String> pmus = files.names("/sys/bus/event_source/devices", "cpu.*|armv8.*");
        add(
                "counters",
                !pmus.isEmpty() ? State.FIT : bus ? State.DEGRADED : State.UNKNOWN,
                pmus.isEmpty() ? (bus ? "no processor counters" : "absent") : pmus.toString(),
                "/sys/bus/event_source/devices/cpu*",
                "a machine, or hypervisor, that exposes its performance counters");
        Optional<String> flags = files.field("/proc/cpuinfo", "flags");
        boolean virtual = flags.map(f -> (" " + f + " ").contains(" hypervisor ")).orElse(false);
        add(
                "virtual",
                flags.isEmpty() ? State.UNKNOWN : virtual ? State.DEGRADED : State.FIT,
                flags.isEmpty()
                        ? "absent"
                        : virtual ? "a hypervisor is below" : "no sign of a hypervisor",
                "/proc/cpuinfo, flags",
                "measure on the bare machine; results of a virtual one are a series of their own");
        List<String> supplies =
                files.names("/sys/class/power_supply", ".*").stream()
                        .filter(name -> files.exists("/sys/class/power_supply/" + name + "/online"))
                        .toList();
        Optional<String> online =
                supplies.stream()
                        .findFirst()
                        .flatMap(name -> files.text("/sys/class/power_supply/" + name + "/online"));
        add(
                "power",
                online.map(text -> text.equals("1") ? State.FIT : State.DEGRADED)
                        .orElse(State.UNKNOWN),
                online.map(text -> text.equals("1") ? "mains" : "battery").orElse("absent"),
                "/sys/class/power_supply/*/online",
                "plug it in");
    }

    private static Function<String, State> is(String wanted) {
        return text -> text.equals(wanted) ? State.FIT : State.DEGRADED;
    }

    private void value(String name, String path, Function<String, State> judge, String mend) {
        Optional<String> text = files.text(path).map(t -> t.lines().findFirst().orElse(""));
        State state;
        try {
            state = text.map(judge).orElse(State.UNKNOWN);
        } catch (NumberFormatException e) {
            state = State.UNKNOWN;
        }
        add(name, state, text.orElse("absent"), path, mend);
    }

    private void add(String name, State state, String value, String where, String mend) {
        boolean mendable = state == State.DEGRADED || state == State.UNFIT;
        checks.add(new Check(name, state, value, where, mendable ? mend : ""));
    }

    /** Whether a list such as {@code 2-5,8} has the number. */
    static boolean contains(String list, int number) {
        for (String part : list.split(",", -1)) {
            String[] ends = part.strip().split("-", 2);
            if (!ends[0].isEmpty()
                    && Integer.parseInt(ends[0]) <= number
                    && number <= Integer.parseInt(ends[ends.length - 1])) {
                return true;
            }
        }
        return false;
    }

    /** Whether a hexadecimal mask, in groups of eight digits, has the bit. */
    static boolean maskHas(String mask, int bit) {
        return new java.math.BigInteger(mask.replace(",", ""), 16).testBit(bit);
    }
}
