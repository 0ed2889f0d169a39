package org.feuerprobe.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChildProcessTests {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Git itself lists what it would obey. */
    @Test
    void noVariableThatGitObeysIsLeft() throws Exception {
        Optional<String> names =
                ChildProcess.output(List.of("git", "rev-parse", "--local-env-vars"), PATIENCE);
        assumeThat(names).as("git is installed").isPresent();
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin", "GITHUB_SHA", "a"));
        names.orElseThrow().lines().forEach(name -> environment.put(name, "x"));
        for (String more :
                List.of(
                        "GIT_INDEX_FILE",
                        "GIT_EXEC_PATH",
                        "GIT_CONFIG_KEY_0",
                        "GIT_SSH_COMMAND",
                        "MAKEFLAGS",
                        "GNUMAKEFLAGS",
                        "MAKEFILES",
                        "MFLAGS",
                        "MAKELEVEL")) {
            environment.put(more, "x");
        }
        assertThat(environment).containsKey("GIT_DIR").hasSizeGreaterThan(20);

        ChildProcess.clean(environment);

        assertThat(environment).containsOnlyKeys("PATH", "GITHUB_SHA");
    }

    @Test
    void tellsWhatAProgramPrints() throws Exception {
        assertThat(ChildProcess.output(List.of("sh", "-c", "echo a; echo b >&2"), PATIENCE))
                .contains("a\nb\n");
        assertThat(ChildProcess.output(List.of("sh", "-c", "echo a; exit 1"), PATIENCE)).isEmpty();
        assertThat(ChildProcess.output(List.of("/nonexistent/program"), PATIENCE)).isEmpty();
    }

    @Test
    void aProgramThatDoesNotEndIsEnded() throws Exception {
        Duration limit = Duration.ofMillis(200);
        assertThat(ChildProcess.output(List.of("sleep", "100000"), limit)).isEmpty();
        assertThat(ChildProcess.output(List.of("sh", "-c", "exec >&-; sleep 100000"), limit))
                .isEmpty();
    }

    @Test
    void standardInputIsEmpty() throws Exception {
        assertThat(ChildProcess.output(List.of("cat"), PATIENCE)).contains("");
    }
}
