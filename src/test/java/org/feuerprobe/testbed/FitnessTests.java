package org.feuerprobe.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.feuerprobe.testbed.Check.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine's files say of its fitness, in a made-up machine. */
class FitnessTests {
    @TempDir Path root;

    private void file(String path, String text) throws Exception {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private List<Check> checks() {
        return Fitness.of(new SystemFiles(root), 2);
    }

    private Check check(String name) {
        return checks().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void thereAreSeventeenAndAbsentIsUnknown() {
        assertThat(checks()).hasSize(17);
        assertThat(checks()).allMatch(check -> check.state() == State.UNKNOWN);
        assertThat(checks()).allMatch(check -> check.value().equals("absent"));
        assertThat(checks()).allMatch(check -> check.mend().isEmpty());
    }

    @Test
    void aGovernorOtherThanPerformanceDegrades() throws Exception {
        file("/sys/devices/system/cpu/cpu2/cpufreq/scaling_governor", "powersave");
        assertThat(check("governor"))
                .isEqualTo(
                        new Check(
                                "governor",
                                State.DEGRADED,
                                "powersave",
                                "/sys/devices/system/cpu/cpu2/cpufreq/scaling_governor",
                                "cpupower frequency-set -g performance"));
        file("/sys/devices/system/cpu/cpu2/cpufreq/scaling_governor", "performance");
        assertThat(check("governor").state()).isEqualTo(State.FIT);
        assertThat(check("governor").mend()).isEmpty();
    }

    @Test
    void aClockOtherThanTheCounterIsUnfit() throws Exception {
        file("/sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet");
        assertThat(check("clock").state()).isEqualTo(State.UNFIT);
    }

    @Test
    void isolationIsOfTheProcessorInUse() throws Exception {
        file("/sys/devices/system/cpu/isolated", "1,3-5");
        assertThat(check("isolation").state()).isEqualTo(State.DEGRADED);
        file("/sys/devices/system/cpu/isolated", "1-2");
        assertThat(check("isolation").state()).isEqualTo(State.FIT);
    }

    @Test
    void stealIsReadFromItsColumn() throws Exception {
        file("/proc/stat", "cpu  1 2 3 4 5 6 7 680 9 10\ncpu0 1 1 1 1 1 1 1 1 1 1");
        assertThat(check("steal").value()).isEqualTo("680 ticks since boot");
        assertThat(check("steal").state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void nonsenseIsUnknown() throws Exception {
        file("/proc/loadavg", "lots");
        file("/proc/stat", "cpu many");
        assertThat(check("load").state()).isEqualTo(State.UNKNOWN);
        assertThat(check("steal").state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void masksAndListsAreRead() {
        assertThat(Fitness.maskHas("00000001,00000000", 32)).isTrue();
        assertThat(Fitness.maskHas("3", 2)).isFalse();
        assertThat(Fitness.contains("0-3,7", 7)).isTrue();
        assertThat(Fitness.contains("", 0)).isFalse();
    }

    @Test
    void theFingerprintIsStableAndSeesChanges() throws Exception {
        file("/proc/cpuinfo", "model name : Some CPU\nmicrocode : 0x1\nflags : fpu hypervisor");
        LinkedHashMap<String, String> tools = new LinkedHashMap<>();
        tools.put("emulator", "QEMU 7.2");
        Fingerprint first = Fingerprint.read(new SystemFiles(root), tools);

        assertThat(first.hash()).hasSize(16);
        assertThat(Fingerprint.read(new SystemFiles(root), tools).hash()).isEqualTo(first.hash());
        assertThat(first.facts().get("hypervisor")).isEqualTo("yes, of unknown kind");
        assertThat(first.facts().get("kernel")).isEqualTo("unknown");
        file("/proc/cpuinfo", "model name : Some CPU\nmicrocode : 0x2\nflags : fpu hypervisor");
        assertThat(Fingerprint.read(new SystemFiles(root), tools).hash())
                .isNotEqualTo(first.hash());
    }
}
