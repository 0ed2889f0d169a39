package org.feuerprobe.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.feuerprobe.energy.EnergySource.Description;
import org.feuerprobe.energy.EnergySource.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergySourcesTests {
    @TempDir private Path folder;

    private StandInMachine machine() {
        return new StandInMachine(folder);
    }

    private static EnergySource only(EnergySources sources) {
        assertThat(sources.usable()).hasSize(1);
        return sources.usable().getFirst();
    }

    private static FoundSource.Unusable refused(EnergySources sources) {
        assertThat(sources.usable()).isEmpty();
        assertThat(sources.found()).hasSize(1);
        return (FoundSource.Unusable) sources.found().getFirst();
    }

    @Test
    void aMachineWithoutSourcesIsNotMeasurable() {
        EnergySources none = machine().sources();

        assertThat(none.found()).isEmpty();
        assertThat(none.absence())
                .isEqualTo(
                        "NOT_MEASURABLE: no powercap, perf event, RAPL register, sensor or battery shows energy, and no meter was named");
    }

    @Test
    void readsPowercapInJoules() throws IOException {
        EnergySource source =
                only(machine().powercap(262_143_000_001L, 262_143_328_850L).sources());

        assertThat(source.description())
                .isEqualTo(
                        new Description(
                                "powercap intel-rapl:0 package-0",
                                "package",
                                "one socket",
                                Quantity.ENERGY,
                                0.000001,
                                OptionalDouble.of(262_143.32885),
                                folder + "/sys/class/powercap/intel-rapl:0/energy_uj"));
        assertThat(source.read()).isEqualTo(262_143.000001);
    }

    @Test
    void aCounterOfPowercapGoesOnWhereItWraps() throws IOException {
        StandInMachine machine = machine().powercap(262_143_000_000L, 262_143_328_850L);
        EnergySource source = only(machine.sources());
        EnergyCount count = new EnergyCount(source.description());

        count.add(0, source.read());
        machine.powercap(171_150, 262_143_328_850L);
        count.add(2_000_000_000L, source.read());

        assertThat(count.joules()).isEqualTo(0.5, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(count.seconds()).isEqualTo(2);
        assertThat(count.updates()).isEqualTo(1);
    }

    @Test
    void aForbiddenFileIsNoZeroButHasARemedy() throws IOException {
        StandInMachine machine = machine().powercap(5, 9).forbid(StandInMachine.ZONE + "energy_uj");
        FoundSource.Unusable refused = refused(machine.sources());

        assertThat(refused)
                .isEqualTo(
                        new FoundSource.Unusable(
                                "powercap intel-rapl:0 package-0",
                                folder + "/sys/class/powercap/intel-rapl:0/energy_uj",
                                "this user may not read it",
                                "run as root, or type as root: chmod a+r %s/sys/class/powercap/intel-rapl:0/energy_uj"
                                        .formatted(folder)));
        assertThat(machine.sources().absence())
                .startsWith(
                        "NOT_MEASURABLE: powercap intel-rapl:0 package-0: this user may not read it: run as root");
    }

    @Test
    void aFileThatVanishesWhileItIsReadIsAnError() throws IOException {
        StandInMachine machine = machine().powercap(5, 9);
        EnergySource source = only(machine.sources());
        Path file = machine.at(StandInMachine.ZONE + "energy_uj");
        Files.delete(file);

        assertThatThrownBy(source::read)
                .isInstanceOf(IOException.class)
                .hasMessage("%s has vanished".formatted(file));
    }

    @Test
    void aFileWithoutANumberIsUnusable() throws IOException {
        FoundSource.Unusable refused =
                refused(
                        machine()
                                .powercap(5, 9)
                                .file(StandInMachine.ZONE + "energy_uj", "n/a")
                                .sources());

        assertThat(refused.reason())
                .isEqualTo(
                        "%s/sys/class/powercap/intel-rapl:0/energy_uj has no number, but 'n/a'"
                                .formatted(folder));
    }

    /** The one protection of a real run: what is no file of the kernel is never read. */
    @Test
    void aRealRunRefusesAStandIn() throws IOException {
        StandInMachine machine = machine().powercap(5, 9).register(0x606, 0xa << 8);
        EnergySources real =
                EnergySources.of(
                        new KernelFiles(folder),
                        (_, _, _) -> {
                            throw new AssertionError("no event is listed");
                        },
                        List.of());

        assertThat(real.usable()).isEmpty();
        assertThat(real.found())
                .extracting(one -> ((FoundSource.Unusable) one).reason())
                .containsExactly(
                        "%s is not the kernel's own file: a stand-in is never measured"
                                .formatted(machine.at(StandInMachine.ZONE + "energy_uj")),
                        "%s is not the kernel's own file: a stand-in is never measured"
                                .formatted(machine.at("/dev/cpu/0/msr")));
    }

    @Test
    void readsSensorsInMicrojoulesAndMicrowatts() throws IOException {
        EnergySources found =
                machine()
                        .file("/sys/class/hwmon/hwmon3/name", "amd_energy")
                        .file("/sys/class/hwmon/hwmon3/energy1_input", "1500000")
                        .file("/sys/class/hwmon/hwmon3/energy1_label", "Esocket0")
                        .file("/sys/class/hwmon/hwmon4/name", "ina226")
                        .file("/sys/class/hwmon/hwmon4/power1_input", "2500000")
                        .file("/sys/class/hwmon/hwmon4/temp1_input", "40000")
                        .sources();

        assertThat(found.usable())
                .extracting(source -> source.description().name())
                .containsExactly("hwmon amd_energy Esocket0", "hwmon ina226 power1");
        assertThat(found.usable().get(0).read()).isEqualTo(1.5);
        assertThat(found.usable().get(1).read()).isEqualTo(2.5);
        assertThat(found.usable().get(1).description().quantity()).isEqualTo(Quantity.POWER);
    }

    @Test
    void aBatteryCountsWhatItGives() throws IOException {
        String battery = "/sys/class/power_supply/BAT0/";
        StandInMachine machine =
                machine()
                        .file(battery + "type", "Battery")
                        .file(battery + "status", "Discharging")
                        .file(battery + "energy_now", "50000000")
                        .file("/sys/class/power_supply/AC/type", "Mains");
        EnergySource source = only(machine.sources());
        EnergyCount count = new EnergyCount(source.description());

        count.add(0, source.read());
        machine.file(battery + "energy_now", "49990000"); // 10 mWh are 36 J
        count.add(1, source.read());
        assertThat(count.joules()).isEqualTo(36);

        machine.file(battery + "energy_now", "49995000");
        assertThatThrownBy(() -> count.add(2, source.read()))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "battery BAT0 went backwards by 18.000000 J and does not wrap: it is charged, or was reset");
    }

    @Test
    void aBatteryThatChargesShowsNothing() throws IOException {
        FoundSource.Unusable refused =
                refused(
                        machine()
                                .file("/sys/class/power_supply/BAT0/type", "Battery")
                                .file("/sys/class/power_supply/BAT0/status", "Charging")
                                .file("/sys/class/power_supply/BAT0/energy_now", "1")
                                .sources());

        assertThat(refused.reason()).isEqualTo("its status is Charging");
    }

    /** 1.5 A at 12 V. */
    @Test
    void aBatteryWithoutEnergyHasPower() throws IOException {
        EnergySource source =
                only(
                        machine()
                                .file("/sys/class/power_supply/BAT1/type", "Battery")
                                .file("/sys/class/power_supply/BAT1/status", "Discharging")
                                .file("/sys/class/power_supply/BAT1/current_now", "1500000")
                                .file("/sys/class/power_supply/BAT1/voltage_now", "12000000")
                                .sources());

        assertThat(source.read()).isEqualTo(18);
    }

    /** A unit of 2^-10 J; 32 bits of the register count, and the others are noise. */
    @Test
    void readsRegistersWithTheirUnit() throws IOException {
        EnergySources found =
                machine()
                        .register(0x606, 10 << 8 | 3)
                        .register(0x611, 0x7_0000_0400L)
                        .register(0x619, 0x200)
                        .sources();

        assertThat(found.usable())
                .extracting(source -> source.description().name())
                .containsExactly("rapl package", "rapl dram");
        assertThat(found.usable().getFirst().read()).isEqualTo(1);
        assertThat(found.usable().getLast().read()).isEqualTo(0.5);
        assertThat(found.usable().getFirst().description().wrap().getAsDouble())
                .isEqualTo(4_194_304);
    }

    private StandInMachine withEvent() throws IOException {
        String power = "/sys/bus/event_source/devices/power/";
        return machine()
                .file(power + "type", "23")
                .file(power + "cpumask", "2,10")
                .file(power + "events/energy-pkg", "event=0x02")
                .file(power + "events/energy-pkg.scale", "2.5e-1")
                .file(power + "events/energy-pkg.unit", "Joules");
    }

    @Test
    void opensAnEventOfPerfAsSysfsDescribesIt() throws IOException {
        StringBuilder opened = new StringBuilder();
        EnergySource source =
                only(
                        withEvent()
                                .sources((type, config, cpu) -> {
                                    opened.append(type + " " + config + " " + cpu);
                                    return new PerfPower.Counter() {
                                        @Override
                                        public long read() {
                                            return 8;
                                        }

                                        @Override
                                        public void close() {
                                            opened.append(" closed");
                                        }
                                    };
                                }));

        assertThat(source.description().name()).isEqualTo("perf power/energy-pkg");
        assertThat(source.description().domain()).isEqualTo("package");
        assertThat(source.read()).isEqualTo(2);
        source.close();
        assertThat(opened).hasToString("23 2 2 closed");
    }

    @Test
    void anEventThatPerfRefusesHasARemedy() throws IOException {
        FoundSource.Unusable refused = refused(withEvent().sources());

        assertThat(refused.reason()).isEqualTo("EACCES: perf_event_open refused the event");
        assertThat(refused.remedy())
                .isEqualTo("sysctl kernel.perf_event_paranoid=0, or the capability CAP_PERFMON");
    }
}
