package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequiredProgramsTests {
    @TempDir private Path folder;

    @Test
    void aHeaderIsMissingWhereItsFileIs() throws Exception {
        RequiredPrograms none = new RequiredPrograms("", folder, "qemu-system-x86_64");
        assertThat(none.lacking(RequiredPrograms.Program.HEADERS, RequiredPrograms.Program.GIT))
                .hasValue(
                        "/usr/include/stdio.h and git are not here: apt-get install -y libc6-dev git");
        Files.createDirectories(folder.resolve("usr/include"));
        Files.writeString(folder.resolve("usr/include/stdio.h"), "");
        assertThat(none.lacking(RequiredPrograms.Program.HEADERS)).isEmpty();
    }

    /** A folder of that name is no program. */
    @Test
    void aProgramIsAFileThatCanBeRun() throws Exception {
        Files.createDirectories(folder.resolve("make"));
        Files.writeString(folder.resolve("gcc"), "");
        RequiredPrograms here =
                new RequiredPrograms("/nowhere:" + folder, folder, "qemu-system-x86_64");
        assertThat(here.has(RequiredPrograms.Program.MAKE)).isFalse();
        assertThat(here.has(RequiredPrograms.Program.COMPILER)).isFalse();
        assertThat(folder.resolve("gcc").toFile().setExecutable(true)).isTrue();
        assertThat(here.has(RequiredPrograms.Program.COMPILER)).isTrue();
    }
}
