package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.feuerprobe.harness.RequiredPrograms.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequiredProgramsTests {
    private static final Set<Program> ALL = EnumSet.allOf(Program.class);

    @TempDir private Path folder;

    @Test
    void aHeaderIsMissingWhereItsFileIs() throws Exception {
        RequiredPrograms none = new RequiredPrograms("", folder, "qemu-system-x86_64", ALL);
        assertThat(none.lacking(Program.HEADERS, Program.GIT))
                .hasValue(
                        "/usr/include/stdio.h and git are not here: apt-get install -y libc6-dev git");
        Files.createDirectories(folder.resolve("usr/include"));
        Files.writeString(folder.resolve("usr/include/stdio.h"), "");
        assertThat(none.lacking(Program.HEADERS)).isEmpty();
    }

    /** A folder of that name is no program. */
    @Test
    void aProgramIsAFileThatCanBeRun() throws Exception {
        Files.createDirectories(folder.resolve("make"));
        Files.writeString(folder.resolve("gcc"), "");
        RequiredPrograms here =
                new RequiredPrograms("/nowhere:" + folder, folder, "qemu-system-x86_64", ALL);
        assertThat(here.has(Program.MAKE)).isFalse();
        assertThat(here.has(Program.COMPILER)).isFalse();
        assertThat(folder.resolve("gcc").toFile().setExecutable(true)).isTrue();
        assertThat(here.has(Program.COMPILER)).isTrue();
    }

    /** No compiler, Maven or git is named, and no metric is missing for want of one. */
    @Test
    void aReleaseNeedsOnlyTheEmulator() throws Exception {
        Places places = release();
        RequiredPrograms none =
                new RequiredPrograms(
                        "", folder, "qemu-system-x86_64", RequiredPrograms.needed(places));
        assertThat(none.rows())
                .containsExactly(
                        new RequiredPrograms.Presence(
                                "qemu-system-x86_64",
                                false,
                                "boots kernels: qemu, image, linux-guest",
                                "apt-get install -y qemu-system-x86"));
        assertThat(none.lacking(Program.values()))
                .hasValue("qemu-system-x86_64 is not here: apt-get install -y qemu-system-x86");
    }

    @Test
    void aReleaseWhoseKernelWasChangedNeedsTheCompilerAgain() throws Exception {
        Places places = release();
        Files.writeString(places.exokernel().resolve("kernel.c"), "changed");
        assertThat(RequiredPrograms.needed(places))
                .containsExactlyInAnyOrder(
                        Program.EMULATOR,
                        Program.COMPILER,
                        Program.LINKER,
                        Program.MAKE,
                        Program.HEADERS);
    }

    @Test
    void aCheckoutNeedsAll() {
        assertThat(RequiredPrograms.needed(new Places(folder, "qemu"))).isEqualTo(ALL);
    }

    /** An unpacked release of one source file, with the checksum that scripts/release writes. */
    private Places release() throws Exception {
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/feuerprobe.jar"), "");
        Path kernel = folder.resolve("exokernel");
        Files.createDirectories(kernel.resolve("build"));
        Files.writeString(kernel.resolve("kernel.c"), "int x;\n");
        String sum = sha256("int x;\n");
        Files.writeString(kernel.resolve("build/answers"), sha256(sum + "  ./kernel.c\n") + "\n");
        return new Places(folder, "qemu-system-x86_64");
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
