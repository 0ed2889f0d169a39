package org.feuerprobe.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.feuerprobe.testbed.Check.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine before and after a campaign, in a made-up machine. */
class TestbedStateTests {
    private static final String GOVERNOR = "/sys/devices/system/cpu/cpu2/cpufreq/scaling_governor";

    @TempDir Path root;

    private void file(String path, String text) throws Exception {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private TestbedState.Begun begin() {
        SystemFiles files = new SystemFiles(root);
        return TestbedState.begin(
                files, 2, Fingerprint.read(files, Optional.empty(), new LinkedHashMap<>()));
    }

    private static State governor(Iterable<Check> checks) {
        for (Check check : checks) {
            if (check.name().equals("governor")) {
                return check.state();
            }
        }
        throw new AssertionError("no such check");
    }

    @Test
    void tellsWhatChangedWhileItMeasured() throws Exception {
        file("/proc/stat", "cpu  1 2 3 4 5 6 7 100 0 0");
        file(GOVERNOR, "performance");
        TestbedState.Begun begun = begin();
        file("/proc/stat", "cpu  9 9 9 9 9 9 9 142 0 0");
        file(GOVERNOR, "powersave");

        TestbedState state = begun.end();

        assertThat(state.steal()).contains(new TestbedState.Stolen(100, 42, 142));
        assertThat(governor(state.before())).isEqualTo(State.FIT);
        assertThat(governor(state.after())).isEqualTo(State.DEGRADED);
        assertThat(state.before()).hasSameSizeAs(state.after()).hasSize(17);
    }

    @Test
    void stealThatIsNotToldIsNoZero() throws Exception {
        TestbedState.Begun begun = begin();
        file("/proc/stat", "cpu  1 2 3 4 5 6 7 100 0 0");

        assertThat(begun.end().steal()).isEmpty();
    }
}
