package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("boots")
final class ProcessGuardTests {
    /**
     * A hook of git sets them: with them a worktree of ours would be written into a user's index.
     */
    @Test
    void nothingThatGitSetsForAHookReachesAProgramOfOurs() throws Exception {
        assumeTrue(ProcessGuard.isThere("git"), "there is no git");
        List<String> names =
                Worktree.git(Path.of("."), "rev-parse", "--local-env-vars").lines().toList();
        assertThat(names).contains("GIT_DIR", "GIT_INDEX_FILE");
        ProcessBuilder builder = new ProcessBuilder("env");
        names.forEach(name -> builder.environment().put(name, "a-hook's"));
        builder.environment().put("MAKEFLAGS", "-n");
        builder.environment().put("KEPT", "a user's");

        try (ProcessGuard guard = ProcessGuard.start(builder)) {
            String said =
                    new String(
                            guard.process().getInputStream().readAllBytes(),
                            StandardCharsets.UTF_8);
            assertThat(said).contains("KEPT=a user's").doesNotContain("GIT_", "MAKEFLAGS");
        }
    }

    @Test
    void aCommaInAPathEndsNoValueOfTheEmulator() {
        assertThat(EmulatorCommand.value(Path.of("/x,y/a,,b.so"))).isEqualTo("/x,,y/a,,,,b.so");
    }
}
