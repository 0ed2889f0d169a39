package org.feuerprobe.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.feuerprobe.energy.EnergySource;
import org.feuerprobe.energy.EnergySource.Description;
import org.feuerprobe.energy.FoundSource;
import org.feuerprobe.fitness.Trust;
import org.feuerprobe.guest.NoiseProbe;
import org.feuerprobe.harness.MetricFitness;
import org.feuerprobe.harness.RequiredPrograms;
import org.feuerprobe.harness.TestbedExamination;
import org.feuerprobe.testbed.Check;
import org.feuerprobe.testbed.Check.State;
import org.feuerprobe.testbed.Fingerprint;
import org.junit.jupiter.api.Test;

/** The machine, for people: at a terminal's width, in a pipe, and to be copied. */
class TestbedDocumentTests {
    private static final String LOOP =
            "for f in /proc/irq/*/smp_affinity_list; do echo 0 > $f; done; systemctl stop irqbalance";

    private record Counter(Description description) implements EnergySource {
        @Override
        public double read() {
            throw new AssertionError("a table reads nothing");
        }
    }

    private static final List<FoundSource> ENERGY =
            List.of(
                    new FoundSource.Usable(
                            new Counter(
                                    new Description(
                                            "rapl package",
                                            "package",
                                            "one socket",
                                            EnergySource.Quantity.ENERGY,
                                            1.0 / (1 << 14),
                                            OptionalDouble.of(262_144),
                                            "/dev/cpu/0/msr, register 0x611")),
                            "root reads registers"),
                    new FoundSource.Unusable(
                            "battery BAT0",
                            "/sys/class/power_supply/BAT0",
                            "its status is Charging",
                            "unplug the machine"));

    private static TestbedDocument document() {
        LinkedHashMap<String, String> facts = new LinkedHashMap<>();
        facts.put("kernel options", "quiet isolcpus=1 nohz_full=1 ".repeat(8).strip());
        return new TestbedDocument(
                new TestbedExamination(
                        new Fingerprint(facts),
                        List.of(
                                new Check(
                                        "layout",
                                        State.FIT,
                                        "2",
                                        "/proc/sys/kernel/x",
                                        "",
                                        List.of()),
                                new Check(
                                        "interrupts",
                                        State.DEGRADED,
                                        "19 of 19 lines may interrupt processor 1, 10,233 arrived meanwhile",
                                        "/proc/irq/*/smp_affinity_list, /proc/irq/default_smp_affinity",
                                        "lines that the kernel manages itself cannot be moved",
                                        List.of(LOOP)),
                                new Check(
                                        "power",
                                        State.UNKNOWN,
                                        "absent",
                                        "/sys/class/power_supply/*/online",
                                        "run this on the host",
                                        List.of())),
                        List.of(
                                new RequiredPrograms.Presence(
                                        "gcc", false, "builds", "apt-get install gcc"),
                                new RequiredPrograms.Presence(
                                        "make", true, "builds", "apt-get install x")),
                        new TestbedExamination.KnownProcessors(
                                "Some CPU (general x86-64 profile)",
                                List.of("AMD Zen 2", "any x86-64 by a general profile")),
                        List.of(
                                new MetricFitness.Finding("loads", "qemu", Trust.fit("exact")),
                                new MetricFitness.Finding("stores", "qemu", Trust.fit("exact")),
                                new MetricFitness.Finding("stores", "qemu", Trust.unknown("exact")),
                                new MetricFitness.Finding(
                                        "stores", "linux", Trust.unknown("exact")),
                                new MetricFitness.Finding(
                                        "cycles",
                                        "native",
                                        Trust.unfit(
                                                "an empty pair costs 10,686 ticks ".repeat(4),
                                                ""))),
                        Optional.of(
                                new NoiseProbe(
                                        2,
                                        new TreeMap<>(Map.of(12L, 1_000_000L, 788L, 3L)),
                                        17_420,
                                        0.65,
                                        OptionalLong.of(305),
                                        OptionalLong.empty())),
                        Map.of("before", "224"),
                        ENERGY));
    }

    @Test
    void onlyACommandIsWiderThanTheTerminal() {
        for (int columns : new int[] {60, 80, 100}) {
            for (String text : List.of(document().text(columns), document().advice(columns))) {
                assertThat(text.lines().filter(line -> line.length() > columns))
                        .allMatch(line -> line.strip().equals(LOOP));
                assertThat(text.lines().map(String::strip)).contains(LOOP);
            }
        }
    }

    @Test
    void aPathIsNotTornFromItsFirstStrokeNorANumberAtItsComma() {
        assertThat(document().text(80).lines()).noneMatch(line -> line.endsWith(", /"));
        assertThat(document().text(80)).contains("10,233").contains("10,686");
    }

    @Test
    void listsWhatShowsEnergyAndWhatDoesNot() {
        assertThat(document().text(0).lines())
                .contains(
                        "rapl package   READABLE        package, one socket; steps of 61.0 uJ; begins again at 262,144 J; root reads registers",
                        "battery BAT0   NOT_MEASURABLE  its status is Charging: unplug the machine");
        assertThat(document().advice(0).lines())
                .contains(
                        "ok      energy from rapl package: package, one socket; steps of 61.0 uJ; begins again at 262,144 J; root reads registers",
                        "missing energy from battery BAT0: its status is Charging: unplug the machine");
        assertThat(document().adviceJson())
                .contains("\"resolution\" : 6.103515625E-5")
                .contains("\"reason\" : \"its status is Charging\"");
    }

    @Test
    void nothingIsBrokenInAPipe() {
        assertThat(document().text(0).lines())
                .contains(
                        "interrupts  DEGRADED  19 of 19 lines may interrupt processor 1, 10,233 arrived meanwhile"
                                + "  /proc/irq/*/smp_affinity_list, /proc/irq/default_smp_affinity");
    }

    @Test
    void aProgramThatIsMissingComesWithItsCommand() {
        assertThat(document().advice(80))
                .startsWith(
                        "missing gcc: builds\n        apt-get install gcc\nok      make: builds\n\n");
        assertThat(document().adviceJson()).contains("\"command\" : \"apt-get install x\"");
    }

    /** One line for what is alike; in JSON each by itself. */
    @Test
    void metricsThatAreAlikeShareALine() {
        assertThat(document().advice(80).lines())
                .contains(
                        "ok      loads, stores on qemu: exact",
                        "missing stores on qemu: exact",
                        "missing stores on linux: exact");
        assertThat(document().text(80)).contains("loads, stores");
        assertThat(document().adviceJson()).contains("\"metric\" : \"loads\"");
    }

    @Test
    void everyCheckThatIsNotFitSaysWhatToDo() {
        assertThat(document().advice(0))
                .contains("noisier interrupts: 19 of 19", "unknown power: absent", LOOP)
                .contains("run this on the host")
                .doesNotContain("layout");
        assertThat(document().text(0)).contains("  power: run this on the host\n");
        assertThat(document().text(0))
                .contains("involuntary switches: 305; waiting for the processor: not reported");
        assertThat(document().adviceJson()).contains("\"commands\" : [ \"for f in");
    }
}
