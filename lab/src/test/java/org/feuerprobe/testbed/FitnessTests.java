package org.feuerprobe.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.feuerprobe.testbed.Check.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine's files say of its fitness, in made-up machines. */
class FitnessTests {
    @TempDir Path root;

    private MadeUpMachine machine;

    @BeforeEach
    void begin() {
        machine = new MadeUpMachine(root);
    }

    @Test
    void thereAreSeventeenAndAbsentIsUnknownWithWhatWouldMakeItReadable() {
        List<Check> checks = Fitness.of(machine.files(), MadeUpMachine.CORE);

        assertThat(checks).hasSize(17).extracting(Check::name).doesNotHaveDuplicates();
        assertThat(checks).allMatch(check -> check.state() == State.UNKNOWN);
        assertThat(checks).noneMatch(check -> check.value().isEmpty() || check.where().isEmpty());
        assertThat(checks).noneMatch(check -> check.mend().isEmpty());
    }

    @Test
    void aGovernorOtherThanPerformanceDegrades() throws Exception {
        machine.file(MadeUpMachine.POLICY + "scaling_governor", "powersave");
        assertThat(machine.check("governor"))
                .isEqualTo(
                        new Check(
                                "governor",
                                State.DEGRADED,
                                "powersave",
                                MadeUpMachine.POLICY + "scaling_governor",
                                "",
                                List.of("cpupower frequency-set -g performance")));
        machine.file(MadeUpMachine.POLICY + "scaling_governor", "performance");
        assertThat(machine.check("governor").state()).isEqualTo(State.FIT);
        assertThat(machine.check("governor").commands()).isEmpty();
    }

    @Test
    void intelPstateIsHeldByItsOwnSwitch() throws Exception {
        machine.laptop()
                .file(MadeUpMachine.POLICY + "scaling_governor", "powersave")
                .file(MadeUpMachine.POLICY + "scaling_driver", "intel_pstate")
                .file(MadeUpMachine.POLICY + "scaling_min_freq", "400000")
                .file(MadeUpMachine.POLICY + "scaling_max_freq", "4600000")
                .file(MadeUpMachine.POLICY + "base_frequency", "2400000")
                .file(MadeUpMachine.CPU + "intel_pstate/no_turbo", "0");

        assertThat(machine.check("governor").value())
                .isEqualTo("powersave, driver intel_pstate, 400 to 4600 MHz");
        assertThat(machine.check("governor").commands())
                .containsExactly(
                        "cpupower frequency-set -g performance",
                        "cpupower frequency-set -d 2400000kHz -u 2400000kHz");
        assertThat(machine.check("turbo").state()).isEqualTo(State.DEGRADED);
        assertThat(machine.check("turbo").commands())
                .containsExactly("echo 1 > /sys/devices/system/cpu/intel_pstate/no_turbo");

        machine.file(MadeUpMachine.CPU + "intel_pstate/no_turbo", "1");
        assertThat(machine.check("turbo").state()).isEqualTo(State.FIT);
    }

    @Test
    void amdPstateHasABoostFileInSomeModesOnly() throws Exception {
        machine.laptop().file(MadeUpMachine.CPU + "amd_pstate/status", "active");

        assertThat(machine.check("turbo").state()).isEqualTo(State.UNKNOWN);
        assertThat(machine.check("turbo").commands())
                .containsExactly(
                        "echo passive > /sys/devices/system/cpu/amd_pstate/status",
                        "echo 0 > /sys/devices/system/cpu/cpufreq/boost");

        machine.file(MadeUpMachine.CPU + "amd_pstate/status", "passive")
                .file(MadeUpMachine.CPU + "cpufreq/boost", "1");
        assertThat(machine.check("turbo").value()).isEqualTo("boost 1, amd_pstate passive");
        assertThat(machine.check("turbo").state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void acpiCpufreqIsFitAtOneFrequencyWithoutBoost() throws Exception {
        machine.laptop()
                .file(MadeUpMachine.POLICY + "scaling_governor", "performance")
                .file(MadeUpMachine.POLICY + "scaling_driver", "acpi-cpufreq")
                .file(MadeUpMachine.POLICY + "scaling_min_freq", "2200000")
                .file(MadeUpMachine.POLICY + "scaling_max_freq", "2200000")
                .file(MadeUpMachine.CPU + "cpufreq/boost", "0");

        assertThat(machine.check("governor").state()).isEqualTo(State.FIT);
        assertThat(machine.check("turbo").state()).isEqualTo(State.FIT);
    }

    @Test
    void aSiblingThatIsBusyDegradesAndAnIdleOneDoesNot() throws Exception {
        machine.laptop();
        assertThat(machine.check("smt").state()).isEqualTo(State.DEGRADED);
        assertThat(machine.check("smt").commands())
                .containsExactly("echo 0 > /sys/devices/system/cpu/cpu3/online");

        Fitness.Watch watch = Fitness.watch(machine.files(), MadeUpMachine.CORE);
        machine.at(110, 1000, 0, 0);
        assertThat(MadeUpMachine.check(watch.checks(), "smt").state()).isEqualTo(State.FIT);

        machine.at(110, 1500, 0, 0);
        assertThat(MadeUpMachine.check(watch.checks(), "smt").value())
                .isEqualTo("active 1, shares its core with 3, 50 % busy meanwhile");
        assertThat(MadeUpMachine.check(watch.checks(), "smt").state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void aSiblingTakenOfflineIsNone() throws Exception {
        machine.laptop().file(MadeUpMachine.CPU + "cpu2/topology/thread_siblings_list", "2");
        assertThat(machine.check("smt").state()).isEqualTo(State.FIT);
    }

    /** What a guest sees of its cores says nothing of the host's. */
    @Test
    void aGuestDoesNotKnowItsSiblings() throws Exception {
        machine.laptop()
                .file("/proc/cpuinfo", "flags : fpu hypervisor constant_tsc nonstop_tsc")
                .file(MadeUpMachine.CPU + "smt/active", "0")
                .file(MadeUpMachine.CPU + "cpu2/topology/thread_siblings_list", "2");

        assertThat(machine.check("smt").state()).isEqualTo(State.UNKNOWN);
        assertThat(machine.check("virtual").state()).isEqualTo(State.DEGRADED);
        assertThat(machine.check("governor").mend()).contains("on its host");
    }

    @Test
    void isolationIsOfTheProcessorInUseAndWithoutTick() throws Exception {
        machine.laptop().file(MadeUpMachine.CPU + "isolated", "1,3-5");
        assertThat(machine.check("isolation").state()).isEqualTo(State.DEGRADED);
        machine.file(MadeUpMachine.CPU + "isolated", "1-2");
        assertThat(machine.check("isolation").value())
                .isEqualTo("isolated 1-2, the tick stays, RCU callbacks stay");
        assertThat(machine.check("isolation").state()).isEqualTo(State.DEGRADED);
        machine.file(MadeUpMachine.CPU + "nohz_full", "2");
        assertThat(machine.check("isolation").state()).isEqualTo(State.FIT);
    }

    @Test
    void deepIdleStatesDegrade() throws Exception {
        machine.file(MadeUpMachine.CPU + "cpuidle/current_driver", "intel_idle")
                .file(MadeUpMachine.CPU + "cpu2/cpuidle/state0/name", "POLL")
                .file(MadeUpMachine.CPU + "cpu2/cpuidle/state0/latency", "0")
                .file(MadeUpMachine.CPU + "cpu2/cpuidle/state1/name", "C6")
                .file(MadeUpMachine.CPU + "cpu2/cpuidle/state1/latency", "170");
        assertThat(machine.check("idle states").value())
                .isEqualTo("intel_idle, POLL 0 us, C6 170 us");
        assertThat(machine.check("idle states").commands())
                .containsExactly("cpupower idle-set -D 10");
        machine.file(MadeUpMachine.CPU + "cpu2/cpuidle/state1/disable", "1");
        assertThat(machine.check("idle states").state()).isEqualTo(State.FIT);
    }

    @Test
    void interruptsAreOfTheCoreAndOfTheTime() throws Exception {
        machine.laptop();
        Fitness.Watch watch = Fitness.watch(machine.files(), MadeUpMachine.CORE);
        machine.at(102, 1000, 0, 41);

        Check check = MadeUpMachine.check(watch.checks(), "interrupts");
        assertThat(check.value())
                .isEqualTo("1 of 2 lines may interrupt processor 2, 41 arrived meanwhile");
        assertThat(check.commands())
                .containsExactly(
                        "echo b > /proc/irq/default_smp_affinity",
                        "systemctl stop irqbalance",
                        "for f in /proc/irq/*/smp_affinity_list; do echo 0 > $f; done");

        machine.file("/proc/irq/default_smp_affinity", "b")
                .file("/proc/irq/9/smp_affinity_list", "0-1");
        assertThat(machine.check("interrupts").state()).isEqualTo(State.FIT);
    }

    @Test
    void whoElseRanIsToldOfTheTimeItself() throws Exception {
        machine.laptop();
        assertThat(machine.check("contention").state()).isEqualTo(State.FIT);
        Fitness.Watch watch = Fitness.watch(machine.files(), MadeUpMachine.CORE);
        machine.at(110, 1000, 7, 0).file("/proc/pressure/cpu", "some avg10=9 total=5100000");

        assertThat(MadeUpMachine.check(watch.checks(), "contention").value())
                .isEqualTo(
                        "7 ticks stolen meanwhile, 0 other tasks run, load 0.10, some task waited 50 % of the time");
        assertThat(MadeUpMachine.check(watch.checks(), "contention").state())
                .isEqualTo(State.DEGRADED);
    }

    @Test
    void aClockThatLinuxDistrustsIsUnfit() throws Exception {
        machine.laptop();
        String clock = "/sys/devices/system/clocksource/clocksource0/current_clocksource";
        machine.file(clock, "hpet");
        assertThat(machine.check("clock").state()).isEqualTo(State.UNFIT);
        machine.file(clock, "kvm-clock");
        assertThat(machine.check("clock").state()).isEqualTo(State.DEGRADED);
        machine.file(clock, "tsc");
        assertThat(machine.check("clock").state()).isEqualTo(State.FIT);
        machine.file("/proc/cpuinfo", "flags : fpu constant_tsc");
        assertThat(machine.check("clock").state()).isEqualTo(State.UNFIT);
    }

    @Test
    void whatMovesPagesAndTasksIsNamedWithItsCommand() throws Exception {
        machine.laptop()
                .file("/proc/swaps", "Filename Type\n/dev/nvme0n1p3 partition")
                .file("/proc/sys/vm/swappiness", "60")
                .file("/sys/kernel/mm/ksm/run", "1")
                .file("/proc/sys/kernel/nmi_watchdog", "0")
                .file("/proc/sys/kernel/timer_migration", "1");

        assertThat(machine.check("memory").value()).isEqualTo("ksm 1, 1 swap areas, swappiness 60");
        assertThat(machine.check("memory").commands())
                .containsExactly("echo 0 > /sys/kernel/mm/ksm/run", "swapoff -a");
        assertThat(machine.check("watchdogs").commands())
                .containsExactly("sysctl kernel.timer_migration=0");
    }

    @Test
    void theBatteryOfAMouseIsNoSupply() throws Exception {
        String supplies = "/sys/class/power_supply/";
        machine.laptop()
                .file(supplies + "hidpp_battery_0/type", "Battery")
                .file(supplies + "hidpp_battery_0/scope", "Device")
                .file(supplies + "hidpp_battery_0/online", "1")
                .file(supplies + "BAT0/type", "Battery")
                .file(supplies + "AC/type", "Mains")
                .file(supplies + "AC/online", "0");
        assertThat(machine.check("power").value()).isEqualTo("battery");
        assertThat(machine.check("power").state()).isEqualTo(State.DEGRADED);
        machine.file(supplies + "AC/online", "1");
        assertThat(machine.check("power").state()).isEqualTo(State.FIT);
    }

    @Test
    void newLinesOfTheKernelAreTold() throws Exception {
        SystemFiles files = machine.laptop().logged("[1.0] Linux\n[2.0] usb 1-1: new device");
        Fitness.Watch watch = Fitness.watch(files, MadeUpMachine.CORE);
        assertThat(MadeUpMachine.check(watch.before(), "kernel log").value())
                .isEqualTo("lines since boot: 2, of trouble: 0");
        assertThat(MadeUpMachine.check(watch.checks(), "kernel log").state()).isEqualTo(State.FIT);

        machine.logged("[2.0] usb 1-1: new device\n[9.0] mce: [Hardware Error]: bank 1");
        Check after = MadeUpMachine.check(watch.checks(), "kernel log");
        assertThat(after.state()).isEqualTo(State.UNFIT);
        assertThat(after.value())
                .isEqualTo(
                        "lines meanwhile: 1, of trouble: 1, last: [9.0] mce: [Hardware Error]: bank 1");
    }

    @Test
    void theFrequencyMustBeHeld() throws Exception {
        String throttled = MadeUpMachine.CPU + "cpu2/thermal_throttle/core_throttle_count";
        machine.laptop().file(throttled, "5").mperf(0);
        Fitness.Watch watch =
                Fitness.watch(machine.files(), MadeUpMachine.CORE, OptionalDouble.of(1.5));
        machine.mperf(25_600);

        Check held = MadeUpMachine.check(watch.checks(OptionalDouble.of(1.51)), "frequency");
        assertThat(held.state()).isEqualTo(State.FIT);
        assertThat(held.value())
                .isEqualTo(
                        "1.50 cycles per tick, 1.51 at the end, throttled 0 times meanwhile, 0.004 times the nominal frequency");
        assertThat(MadeUpMachine.check(watch.checks(OptionalDouble.of(1.2)), "frequency").state())
                .isEqualTo(State.UNFIT);
        machine.file(throttled, "6");
        assertThat(MadeUpMachine.check(watch.checks(OptionalDouble.of(1.5)), "frequency").state())
                .isEqualTo(State.UNFIT);
    }

    @Test
    void nonsenseIsUnknownAndNoError() throws Exception {
        machine.file("/proc/loadavg", "lots")
                .file("/proc/stat", "cpu many")
                .file("/proc/uptime", "long")
                .file("/proc/interrupts", "none")
                .file("/proc/irq/default_smp_affinity", "?")
                .file(MadeUpMachine.CPU + "isolated", "all");
        assertThat(machine.check("contention").state()).isEqualTo(State.UNKNOWN);
        assertThat(machine.check("isolation").state()).isEqualTo(State.DEGRADED);
    }

    /** Files of {@code /proc/sys} answer the first read alone, whatever its length. */
    @Test
    void aNumberOfTheKernelIsReadWhole() throws Exception {
        Process cat = new ProcessBuilder("cat", "/proc/sys/kernel/pid_max").start();
        String whole = new String(cat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

        assertThat(SystemFiles.HOST.text("/proc/sys/kernel/pid_max")).contains(whole.strip());
        assertThat(whole.strip()).hasSizeGreaterThan(1);
    }

    @Test
    void masksAndListsAreRead() {
        assertThat(CpuLists.maskHas("00000001,00000000", 32)).isTrue();
        assertThat(CpuLists.maskHas("3", 2)).isFalse();
        assertThat(CpuLists.maskWithout("ff", 1)).isEqualTo("fd");
        assertThat(CpuLists.maskWithout("3,00000000", 32)).isEqualTo("00000002,00000000");
        assertThat(CpuLists.contains("0-3,7", 7)).isTrue();
        assertThat(CpuLists.contains("", 0)).isFalse();
    }
}
