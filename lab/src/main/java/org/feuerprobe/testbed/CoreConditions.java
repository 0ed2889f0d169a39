package org.feuerprobe.testbed;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.feuerprobe.testbed.Check.State;

/**
 * Conditions of the processor that measures: its frequency, what shares it, and what interrupts it.
 */
final class CoreConditions {
    private static final String CPU = "/sys/devices/system/cpu/";
    private static final String TASKS = "/sys/fs/cgroup/feuerprobe/";

    /** A sibling that is busy for a smaller share of the time counts as idle. */
    private static final double IDLE = 0.01;

    /** Two readings of a steady frequency differ by a smaller share. */
    private static final double STEADY = 0.03;

    /** Leaving a deeper idle state takes longer than the operations that are measured. */
    private static final int DEEP_MICROS = 10;

    private final SystemFiles files;
    private final int core;
    private final Fitness.Period span;
    private final String own;

    CoreConditions(SystemFiles files, int core, Fitness.Period span) {
        this.files = files;
        this.core = core;
        this.span = span;
        this.own = CPU + "cpu" + core + "/";
    }

    private CheckBuilder row(String name) {
        return new CheckBuilder(name, files);
    }

    /**
     * The remedy for a missing file. Under a hypervisor, only the host can read what the guest does
     * not see.
     */
    private String remedy(String bare) {
        return files.virtual().orElse(false)
                ? "the hypervisor does not show it: run this on its host, or measure on a bare machine"
                : bare;
    }

    Check governor() {
        String policy = own + "cpufreq/";
        CheckBuilder row =
                row("governor")
                        .setting(
                                "",
                                policy + "scaling_governor",
                                CheckBuilder.wants("performance"),
                                "cpupower frequency-set -g performance");
        if (row.isEmpty()) {
            row.absent(policy + "scaling_governor", remedy("no driver scales the frequency"));
            return files.virtual().orElse(false)
                    ? row.check()
                    : row.command("modprobe acpi-cpufreq").check();
        }
        files.line(policy + "scaling_driver").ifPresent(driver -> row.says("driver " + driver));
        OptionalLong least = files.number(policy + "scaling_min_freq");
        OptionalLong most = files.number(policy + "scaling_max_freq");
        if (least.isPresent() && most.isPresent()) {
            boolean one = least.getAsLong() == most.getAsLong();
            row.says("%d to %d MHz".formatted(least.getAsLong() / 1000, most.getAsLong() / 1000))
                    .from(policy + "scaling_{min,max}_freq")
                    .is(one ? State.FIT : State.DEGRADED);
            if (!one) {
                long steady = files.number(policy + "base_frequency").orElse(most.getAsLong());
                row.command("cpupower frequency-set -d %dkHz -u %dkHz".formatted(steady, steady));
            }
        }
        return row.check();
    }

    Check turbo() {
        String intel = CPU + "intel_pstate/no_turbo";
        String boost = CPU + "cpufreq/boost";
        String status = CPU + "amd_pstate/status";
        CheckBuilder row =
                row("turbo")
                        .setting("no_turbo", intel, CheckBuilder.wants("1"), "echo 1 > " + intel);
        if (row.isEmpty()) {
            row.setting("boost", boost, CheckBuilder.wants("0"), "echo 0 > " + boost);
        }
        Optional<String> amd = files.line(status);
        if (row.isEmpty() && amd.isPresent()) {
            return row.says("amd_pstate %s, which has no switch".formatted(amd.get()))
                    .from(status)
                    .is(State.UNKNOWN)
                    .mend("the passive mode provides " + boost)
                    .command("echo passive > " + status)
                    .command("echo 0 > " + boost)
                    .check();
        }
        amd.ifPresent(mode -> row.says("amd_pstate " + mode).from(status));
        return row.isEmpty()
                ? row.absent(boost, remedy("switch turbo off in the firmware's settings")).check()
                : row.check();
    }

    /** Whether the core kept one frequency. */
    Check frequency() {
        CheckBuilder row = row("frequency");
        span.speedFrom().ifPresent(from -> held(row, from, span.speedTo()));
        throttling(row);
        effective(row);
        temperature(row);
        if (row.isEmpty()) {
            row.absent(
                    "/dev/cpu/%d/msr, %sthermal_throttle/*".formatted(core, own),
                    remedy("the module msr reports the real frequency"));
            return files.virtual().orElse(false)
                    ? row.check()
                    : row.command("modprobe msr").check();
        }
        return row.check();
    }

    private void held(CheckBuilder row, double from, OptionalDouble to) {
        boolean held = Math.abs(to.orElse(from) - from) <= STEADY * from;
        row.says(String.format(Locale.ROOT, "%.2f cycles per tick", from))
                .from("a chain of additions")
                .is(held ? State.FIT : State.UNFIT);
        if (to.isPresent() && span.from().isPresent()) {
            row.says(String.format(Locale.ROOT, "%.2f at the end", to.getAsDouble()));
        }
        if (!held) {
            row.mend("mend governor and turbo, or ask for dedicated cores");
        }
    }

    private void throttling(CheckBuilder row) {
        OptionalLong now = span.to().throttles();
        OptionalLong grown =
                span.from()
                        .map(from -> HostCounters.growth(from.throttles(), now))
                        .orElse(OptionalLong.empty());
        if (now.isPresent()) {
            long count = grown.orElse(now.getAsLong());
            row.says(
                            "throttled %d times %s"
                                    .formatted(
                                            count, grown.isPresent() ? "meanwhile" : "since boot"))
                    .from(own + "thermal_throttle/{core,package}_throttle_count")
                    .is(count == 0 ? State.FIT : grown.isPresent() ? State.UNFIT : State.DEGRADED)
                    .mend("cool the machine; a lower frequency without turbo keeps it cooler");
        }
    }

    private void effective(CheckBuilder row) {
        if (span.from().isEmpty()) {
            return;
        }
        OptionalLong real = HostCounters.growth(span.from().get().aperf(), span.to().aperf());
        OptionalLong nominal = HostCounters.growth(span.from().get().mperf(), span.to().mperf());
        if (real.isPresent() && nominal.isPresent() && nominal.getAsLong() > 0) {
            row.says(
                            String.format(
                                    Locale.ROOT,
                                    "%.3f times the nominal frequency",
                                    (double) real.getAsLong() / (double) nominal.getAsLong()))
                    .from("/dev/cpu/%d/msr 0xE8, 0xE7".formatted(core));
        }
    }

    private void temperature(CheckBuilder row) {
        String folder = "/sys/class/hwmon/";
        for (String name : files.names(folder, "hwmon[0-9]+")) {
            boolean ours =
                    files.line(folder + name + "/name")
                            .filter(driver -> driver.matches("coretemp|k10temp|zenpower"))
                            .isPresent();
            OptionalLong hottest =
                    files.names(folder + name, "temp[0-9]+_input").stream()
                            .map(file -> files.number(folder + name + "/" + file))
                            .filter(OptionalLong::isPresent)
                            .mapToLong(OptionalLong::getAsLong)
                            .max();
            if (ours && hottest.isPresent() && !row.isEmpty()) {
                row.says(hottest.getAsLong() / 1000 + " °C").from(folder + name + "/temp*_input");
            }
        }
    }

    /** Whether another hardware thread shares the core. */
    Check smt() {
        Optional<String> siblings = files.line(own + "topology/thread_siblings_list");
        List<Integer> others =
                CpuLists.numbers(siblings.orElse("")).stream().filter(cpu -> cpu != core).toList();
        Optional<String> active = files.line(CPU + "smt/active");
        CheckBuilder row = row("smt");
        if (siblings.isEmpty() && active.isEmpty()) {
            return row.absent(
                            CPU + "smt/active",
                            remedy("switch it off in the firmware's settings, or boot with nosmt"))
                    .check();
        }
        active.ifPresent(text -> row.says("active " + text).from(CPU + "smt/active"));
        if (!others.isEmpty()) {
            sibling(row, others);
        } else if (active.equals(Optional.of("1")) && siblings.isEmpty()) {
            row.is(State.DEGRADED).command("echo off > " + CPU + "smt/control");
        } else if (files.virtual().orElse(false)) {
            row.says("as the hypervisor reports it")
                    .is(State.UNKNOWN)
                    .mend(
                            "only the host's administrator knows whether other guests run on this core's sibling: ask for whole cores");
        }
        return row.check();
    }

    private void sibling(CheckBuilder row, List<Integer> others) {
        OptionalDouble busiest =
                span.from().stream()
                        .flatMap(from -> others.stream().map(cpu -> span.to().busySince(from, cpu)))
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble)
                        .max();
        row.says(
                        "shares its core with %s%s"
                                .formatted(
                                        others.stream()
                                                .map(cpu -> Integer.toString(cpu))
                                                .collect(Collectors.joining(" and ")),
                                        busiest.isPresent()
                                                ? String.format(
                                                        Locale.ROOT,
                                                        ", %.0f %% busy meanwhile",
                                                        100 * busiest.getAsDouble())
                                                : ""))
                .from(own + "topology/thread_siblings_list")
                .is(busiest.orElse(1) <= IDLE ? State.FIT : State.DEGRADED);
        others.forEach(cpu -> row.command("echo 0 > %scpu%d/online".formatted(CPU, cpu)));
    }

    /** Whether the core is reserved for the measurement. */
    Check isolation() {
        String boot = CPU + "isolated";
        String group = "/sys/fs/cgroup/cpuset.cpus.isolated";
        CheckBuilder row =
                row("isolation")
                        .mend(
                                "boot with isolcpus=%d nohz_full=%d rcu_nocbs=%d; until then, use a cpuset partition"
                                        .formatted(core, core, core));
        row.command("echo +cpuset > /sys/fs/cgroup/cgroup.subtree_control")
                .command("mkdir -p " + TASKS)
                .command("echo %d > %scpuset.cpus".formatted(core, TASKS))
                .command("echo isolated > " + TASKS + "cpuset.cpus.partition")
                .command("echo $$ > " + TASKS + "cgroup.procs");
        if (!files.exists(boot) && !files.exists(group)) {
            return row.says("absent").from(boot).is(State.UNKNOWN).check();
        }
        String isolated =
                String.join(
                        ",",
                        java.util.stream.Stream.of(boot, group)
                                .flatMap(path -> files.line(path).stream())
                                .distinct()
                                .toList());
        boolean ours = CpuLists.contains(isolated, core);
        boolean ticks = !CpuLists.contains(files.line(CPU + "nohz_full").orElse(""), core);
        boolean callbacks =
                !files.text("/proc/cmdline").orElse("").matches("(?s).*\\brcu_nocbs=.*");
        return row.says(isolated.isEmpty() ? "no core is isolated" : "isolated " + isolated)
                .says(ticks ? "the tick stays" : "without tick")
                .says(callbacks ? "RCU callbacks stay" : "rcu_nocbs")
                .from(boot + ", " + CPU + "nohz_full, /proc/cmdline, " + group)
                .is(ours && !ticks ? State.FIT : State.DEGRADED)
                .check();
    }

    Check idleStates() {
        String driver = CPU + "cpuidle/current_driver";
        String folder = own + "cpuidle/";
        CheckBuilder row = row("idle states");
        Optional<String> name = files.line(driver);
        if (name.isEmpty()) {
            return row.absent(driver, remedy("boot without cpuidle.off=1")).check();
        }
        row.says(name.get()).from(driver);
        for (String state : files.names(folder, "state[0-9]+")) {
            boolean used = files.number(folder + state + "/disable").orElse(0) == 0;
            long latency = files.number(folder + state + "/latency").orElse(0);
            if (used) {
                row.says(
                                "%s %d us"
                                        .formatted(
                                                files.line(folder + state + "/name").orElse(state),
                                                latency))
                        .is(latency > DEEP_MICROS ? State.DEGRADED : State.FIT);
            }
        }
        return row.from(folder + "state*/{name,latency,disable}")
                .command("cpupower idle-set -D " + DEEP_MICROS)
                .check();
    }

    Check interrupts() {
        String standard = "/proc/irq/default_smp_affinity";
        Optional<String> mask = files.line(standard);
        CheckBuilder row = row("interrupts");
        if (mask.isEmpty()) {
            return row.absent(standard, "mount the files of the kernel")
                    .command("mount -t proc proc /proc")
                    .check();
        }
        List<String> lines = files.names("/proc/irq", "[0-9]+");
        long linesToCore =
                lines.stream()
                        .filter(line ->
                                files.line("/proc/irq/" + line + "/smp_affinity_list")
                                        .filter(list -> CpuLists.contains(list, core))
                                        .isPresent())
                        .count();
        boolean standardHere = CpuLists.maskHas(mask.get(), core);
        row.says(
                        "%d of %d lines may interrupt processor %d"
                                .formatted(linesToCore, lines.size(), core))
                .from("/proc/irq/*/smp_affinity_list, " + standard)
                .is(linesToCore > 0 || standardHere ? State.DEGRADED : State.FIT);
        OptionalLong came =
                span.from()
                        .map(from -> HostCounters.growth(from.interrupts(), span.to().interrupts()))
                        .orElse(OptionalLong.empty());
        if (came.isPresent()) {
            row.says(came.getAsLong() + " arrived meanwhile")
                    .from("/proc/interrupts")
                    .is(came.getAsLong() > 0 ? State.DEGRADED : State.FIT);
        }
        return moveAway(row, mask.get()).check();
    }

    /** Adds the commands that move the lines to other processors. */
    private CheckBuilder moveAway(CheckBuilder row, String mask) {
        List<Integer> others =
                CpuLists.numbers(files.line(CPU + "online").orElse("")).stream()
                        .filter(cpu -> cpu != core)
                        .toList();
        if (others.isEmpty()) {
            return row.mend("no other processor could take them");
        }
        if (CpuLists.maskHas(mask, core)) {
            row.command(
                    "echo %s > /proc/irq/default_smp_affinity"
                            .formatted(CpuLists.maskWithout(mask, core)));
        }
        return row.mend("lines that the kernel manages itself cannot be moved")
                .command("systemctl stop irqbalance")
                .command(
                        "for f in /proc/irq/*/smp_affinity_list; do echo %d > $f; done"
                                .formatted(others.getFirst()));
    }
}
