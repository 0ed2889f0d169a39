package org.feuerprobe.testbed;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.feuerprobe.testbed.Check.State;

/** Conditions of the machine around the processor: contention, clock, memory, power. */
final class SystemConditions {
    private static final String KERNEL = "/proc/sys/kernel/";
    private static final String CLOCKS = "/sys/devices/system/clocksource/clocksource0/";
    private static final String HUGE = "/sys/kernel/mm/transparent_hugepage/";
    private static final String SUPPLIES = "/sys/class/power_supply/";
    private static final String EVENTS = "/sys/bus/event_source/devices";
    private static final String VULNERABILITIES = "/sys/devices/system/cpu/vulnerabilities/";

    /** Permitted share of time in which some task waited for a processor. */
    private static final double WAITING = 0.01;

    /** Lines in the kernel's log that make timed figures worthless. */
    private static final Pattern TROUBLE =
            Pattern.compile(
                    "(?i).*(hardware error|machine check|mce:|throttl|lockup|clocksource.*unstable|interrupt took too long).*");

    private final SystemFiles files;
    private final Fitness.Period span;

    SystemConditions(SystemFiles files, Fitness.Period span) {
        this.files = files;
        this.span = span;
    }

    private CheckBuilder row(String name) {
        return new CheckBuilder(name, files);
    }

    /** Whether other tasks or guests use the processors. */
    Check contention() {
        CheckBuilder row = row("contention").command("top -b -n 1 -o %CPU | head -n 15");
        steal(row);
        waiting(row);
        grown(row, "involuntary switches", "/proc/self/task/*/status", HostCounters::switches, 1);
        grown(
                row,
                "ms of run delay",
                "/proc/self/task/*/schedstat",
                HostCounters::delay,
                1_000_000);
        if (row.isEmpty()) {
            row.absent("/proc/stat, /proc/loadavg", "mount the files of the kernel");
            return row.command("mount -t proc proc /proc").check();
        }
        return row.mend("stop other programs").check();
    }

    private void steal(CheckBuilder row) {
        Optional<Long> now = span.to().steal();
        Optional<Long> before = span.from().flatMap(HostCounters::steal);
        if (now.isEmpty()) {
            row.is(State.UNKNOWN);
            return;
        }
        long ticks = now.get() - before.orElse(0L);
        row.says("%d ticks stolen %s".formatted(ticks, when(before.isPresent())))
                .from("/proc/stat")
                .is(ticks > 0 ? State.DEGRADED : State.FIT);
        if (ticks > 0) {
            row.mend("steal: have the host give whole cores (virsh vcpupin)");
        }
    }

    private void waiting(CheckBuilder row) {
        Optional<String> load =
                files.line("/proc/loadavg").filter(t -> t.matches(".* .* .* [0-9]{1,9}/.*"));
        load.ifPresent(text -> {
            String[] words = text.split(" ", -1);
            long others = Math.max(0, Long.parseLong(words[3].replaceFirst("/.*", "")) - 1);
            row.says("%d other tasks run, load %s".formatted(others, words[0]))
                    .from("/proc/loadavg")
                    .is(others > 0 && span.from().isEmpty() ? State.DEGRADED : State.FIT);
        });
        OptionalLong grown =
                span.from()
                        .map(from -> HostCounters.growth(from.pressure(), span.to().pressure()))
                        .orElse(OptionalLong.empty());
        OptionalDouble seconds =
                span.from().map(span.to()::secondsSince).orElse(OptionalDouble.empty());
        if (grown.isPresent() && seconds.isPresent()) {
            double share = Math.min(1, grown.getAsLong() / 1e6 / seconds.getAsDouble());
            row.says(
                            String.format(
                                    Locale.ROOT,
                                    "some task waited %.0f %% of the time",
                                    100 * share))
                    .from("/proc/pressure/cpu")
                    .is(share > WAITING ? State.DEGRADED : State.FIT);
        }
    }

    private void grown(
            CheckBuilder row,
            String what,
            String where,
            java.util.function.Function<HostCounters, OptionalLong> counter,
            long unit) {
        OptionalLong grown =
                span.from()
                        .map(from ->
                                HostCounters.growth(counter.apply(from), counter.apply(span.to())))
                        .orElse(OptionalLong.empty());
        if (grown.isPresent()) {
            row.says("%d %s".formatted(grown.getAsLong() / unit, what)).from(where);
        }
    }

    private static String when(boolean meanwhile) {
        return meanwhile ? "meanwhile" : "since boot";
    }

    Check layout() {
        String path = KERNEL + "randomize_va_space";
        CheckBuilder row =
                row("layout")
                        .setting(
                                "",
                                path,
                                CheckBuilder.wants("2"),
                                "sysctl kernel.randomize_va_space=2")
                        .mend("one fixed layout biases every figure");
        if (row.isEmpty()) {
            return row.absent(path, "mount the files of the kernel")
                    .command("mount -t proc proc /proc")
                    .check();
        }
        if (files.text("/proc/cmdline").orElse("").matches("(?s)(.* )?nokaslr( .*)?")) {
            row.says("nokaslr")
                    .from("/proc/cmdline")
                    .is(State.DEGRADED)
                    .mend("boot without nokaslr");
        }
        return row.check();
    }

    Check clock() {
        CheckBuilder row = row("clock");
        Optional<String> source = files.line(CLOCKS + "current_clocksource");
        Optional<Boolean> invariant = files.invariantCounter();
        if (source.isEmpty() && invariant.isEmpty()) {
            return row.absent(CLOCKS + "current_clocksource", "mount the files of the kernel")
                    .command("mount -t sysfs sysfs /sys")
                    .check();
        }
        source.ifPresent(name -> {
            row.says(name).from(CLOCKS + "current_clocksource").is(clockState(name));
            if (files.line(CLOCKS + "available_clocksource").orElse("").contains("tsc")) {
                row.command("echo tsc > " + CLOCKS + "current_clocksource");
            }
        });
        invariant.ifPresent(steady -> {
            row.says(steady ? "constant, never stops" : "no constant_tsc and nonstop_tsc")
                    .from("/proc/cpuinfo, flags")
                    .is(steady ? State.FIT : State.UNFIT);
        });
        return row.is(source.isEmpty() || invariant.isEmpty() ? State.UNKNOWN : State.FIT)
                .mend("boot with tsc=reliable, if the processor has a constant counter")
                .check();
    }

    /**
     * A hypervisor's clock is the counter, scaled. Any other clock means that Linux distrusts the
     * counter.
     */
    private static State clockState(String name) {
        if (name.equals("tsc")) {
            return State.FIT;
        }
        return name.matches("kvm-clock|hyperv_clocksource.*|xen") ? State.DEGRADED : State.UNFIT;
    }

    Check watchdogs() {
        CheckBuilder row = row("watchdogs");
        for (String name :
                List.of("nmi_watchdog", "soft_watchdog", "numa_balancing", "timer_migration")) {
            row.setting(
                    name, KERNEL + name, CheckBuilder.wants("0"), "sysctl kernel." + name + "=0");
        }
        return row.isEmpty()
                ? row.absent(KERNEL + "nmi_watchdog", "mount the files of the kernel")
                        .command("mount -t proc proc /proc")
                        .check()
                : row.check();
    }

    /** Settings that let Linux move pages during a measurement. */
    Check memory() {
        CheckBuilder row =
                row("memory")
                        .setting(
                                "huge pages",
                                HUGE + "enabled",
                                text -> text.contains("[always]") ? State.DEGRADED : State.FIT,
                                "echo madvise > " + HUGE + "enabled")
                        .setting(
                                "defrag",
                                HUGE + "defrag",
                                text -> text.contains("[always]") ? State.DEGRADED : State.FIT,
                                "echo madvise > " + HUGE + "defrag")
                        .setting(
                                "ksm",
                                "/sys/kernel/mm/ksm/run",
                                text -> text.equals("1") ? State.DEGRADED : State.FIT,
                                "echo 0 > /sys/kernel/mm/ksm/run");
        Optional<String> swaps = files.text("/proc/swaps");
        if (swaps.isEmpty()) {
            return row.says("swap unknown")
                    .from("/proc/swaps")
                    .is(State.UNKNOWN)
                    .mend("mount the files of the kernel")
                    .command("mount -t proc proc /proc")
                    .check();
        }
        long areas = swaps.get().lines().count() - 1;
        row.says(areas == 0 ? "no swap" : areas + " swap areas").from("/proc/swaps");
        if (areas > 0) {
            row.is(State.DEGRADED).command("swapoff -a");
        }
        files.line("/proc/sys/vm/swappiness").ifPresent(text -> row.says("swappiness " + text));
        return row.check();
    }

    Check counters() {
        CheckBuilder row = row("counters");
        if (!files.exists(EVENTS)) {
            return row.absent(EVENTS, "mount the files of the kernel")
                    .command("mount -t sysfs sysfs /sys")
                    .check();
        }
        List<String> units = files.names(EVENTS, "cpu.*|armv8.*");
        row.says(units.isEmpty() ? "no processor counters" : String.join(" ", units))
                .from(EVENTS + "/cpu*")
                .is(units.isEmpty() ? State.DEGRADED : State.FIT);
        if (units.isEmpty()) {
            row.mend(
                    "use a bare machine, or a hypervisor that exposes its counters (qemu -cpu host,pmu=on)");
        }
        OptionalLong paranoid = files.number(KERNEL + "perf_event_paranoid");
        if (paranoid.isPresent()) {
            boolean open = paranoid.getAsLong() <= 1;
            row.says("paranoid " + paranoid.getAsLong())
                    .from(KERNEL + "perf_event_paranoid")
                    .is(open ? State.FIT : State.DEGRADED);
            if (!open) {
                row.command("sysctl kernel.perf_event_paranoid=1");
            }
        }
        return row.check();
    }

    /** Reports the mitigations without judging them, because the machine's owner chooses them. */
    Check mitigations() {
        CheckBuilder row = row("mitigations");
        List<String> all =
                files.names(VULNERABILITIES, "[a-z0-9_]+").stream()
                        .flatMap(name -> files.line(VULNERABILITIES + name).stream())
                        .toList();
        Optional<String> microcode = files.field("/proc/cpuinfo", "microcode");
        if (all.isEmpty()) {
            return row.absent(VULNERABILITIES, "Linux reports them from 4.15 on: mount its files")
                    .command("mount -t sysfs sysfs /sys")
                    .check();
        }
        row.says(
                        "%d mitigated, %d vulnerable, %d not affected"
                                .formatted(
                                        count(all, "Mitigation"),
                                        count(all, "Vulnerable"),
                                        count(all, "Not affected")))
                .says("microcode " + microcode.orElse("unknown"))
                .from(VULNERABILITIES + "*, /proc/cpuinfo");
        return microcode.isEmpty()
                ? row.is(State.UNKNOWN)
                        .mend(
                                "the line microcode is missing in /proc/cpuinfo: run this on an x86 machine whose kernel reports it")
                        .check()
                : row.check();
    }

    private static long count(List<String> all, String prefix) {
        return all.stream().filter(text -> text.startsWith(prefix)).count();
    }

    Check virtual() {
        CheckBuilder row = row("virtual");
        Optional<Boolean> virtual = files.virtual();
        if (virtual.isEmpty()) {
            return row.absent("/proc/cpuinfo, flags", "mount the files of the kernel")
                    .command("mount -t proc proc /proc")
                    .check();
        }
        row.says(virtual.get() ? "runs under a hypervisor" : "no sign of a hypervisor")
                .from("/proc/cpuinfo, flags");
        for (String path : List.of("/sys/hypervisor/type", "/sys/class/dmi/id/product_name")) {
            files.line(path).ifPresent(text -> row.says(text).from(path));
        }
        return row.is(virtual.get() ? State.DEGRADED : State.FIT)
                .mend(
                        "measure on a bare machine; results of a virtual machine compare only with each other")
                .check();
    }

    /** Whether the machine runs on mains. Batteries of devices, such as a mouse, do not count. */
    Check power() {
        CheckBuilder row = row("power");
        List<String> ours =
                files.names(SUPPLIES, ".*").stream()
                        .filter(name ->
                                !files.line(SUPPLIES + name + "/scope")
                                        .equals(Optional.of("Device")))
                        .toList();
        boolean mains =
                ours.stream()
                        .anyMatch(name ->
                                files.line(SUPPLIES + name + "/type")
                                                .filter(type -> type.matches("Mains|USB.*"))
                                                .isPresent()
                                        && files.line(SUPPLIES + name + "/online")
                                                .equals(Optional.of("1")));
        List<String> batteries =
                ours.stream()
                        .filter(name ->
                                files.line(SUPPLIES + name + "/type")
                                        .equals(Optional.of("Battery")))
                        .toList();
        if (mains) {
            return row.says("mains").from(SUPPLIES + "*/{type,online}").check();
        }
        if (!batteries.isEmpty() || !ours.isEmpty()) {
            return row.says(batteries.isEmpty() ? "not on mains" : "battery")
                    .from(SUPPLIES + "*/{type,online}")
                    .is(State.DEGRADED)
                    .mend("plug it in")
                    .check();
        }
        boolean bare = files.virtual().equals(Optional.of(false));
        return bare && files.exists(SUPPLIES)
                ? row.says("no battery").from(SUPPLIES).check()
                : row.absent(
                                SUPPLIES + "*/online",
                                "no power supply is reported: run this on the host, or on a bare machine")
                        .check();
    }

    /** Whether the kernel logged trouble during the measurement. */
    Check kernelLog() {
        CheckBuilder row = row("kernel log");
        Optional<List<String>> fresh =
                span.from().isPresent() ? span.to().newLines(span.from().get()) : span.to().log();
        if (fresh.isEmpty()) {
            return row.absent("dmesg", "let this user read the kernel's log")
                    .command("sysctl kernel.dmesg_restrict=0")
                    .check();
        }
        boolean meanwhile = span.from().isPresent();
        List<String> trouble =
                fresh.get().stream().filter(line -> TROUBLE.matcher(line).matches()).toList();
        row.from("dmesg")
                .says(
                        "lines %s: %d, of trouble: %d"
                                .formatted(when(meanwhile), fresh.get().size(), trouble.size()));
        Optional<String> last =
                (trouble.isEmpty() ? fresh.get() : trouble).stream().reduce((_, line) -> line);
        if (!trouble.isEmpty() || meanwhile) {
            last.ifPresent(line -> row.says("last: " + line.strip()));
        }
        return row.is(
                        trouble.isEmpty()
                                ? meanwhile && !fresh.get().isEmpty() ? State.DEGRADED : State.FIT
                                : meanwhile ? State.UNFIT : State.DEGRADED)
                .mend("read the kernel's messages, mend the cause and measure again")
                .command("dmesg | tail -n 20")
                .check();
    }
}
