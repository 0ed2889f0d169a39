package org.feuerprobe.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which flags of a compile_commands.json are taken? */
final class CompileCommandsTests {
    @TempDir private Path folder;

    private CompileCommands read(String json) throws Exception {
        return CompileCommands.read(Optional.of(Files.writeString(folder.resolve("c.json"), json)));
    }

    @Test
    void foldersMacrosAndTheLanguageAreTaken() throws Exception {
        CompileCommands commands =
                read(
                        """
                        [{"directory": "/src/k", "file": "a.c",
                          "arguments": ["cc", "-O3", "-Iinc", "-I", "../other", "-DX=1", "-D", "Y", "-std=c99",
                                        "-include", "config.h", "-mcmodel=kernel", "-c", "a.c"]},
                         {"directory": "/src/k", "file": "/src/b.c", "command": "cc -isystem  sys -UZ -c b.c"}]
                        """);

        assertThat(commands.flags(Path.of("/src/k/a.c")))
                .containsExactly(
                        "-I /src/k/inc",
                        "-I /src/other",
                        "-DX=1",
                        "-DY",
                        "-std=c99",
                        "-include /src/k/config.h");
        assertThat(commands.flags(Path.of("/src/b.c")))
                .containsExactly("-isystem /src/k/sys", "-UZ");
        assertThat(commands.flags(Path.of("/src/c.c"))).isEmpty();
    }

    @Test
    void aFileThatIsNoJsonIsRefused() {
        assertThatThrownBy(() -> read("[{"))
                .hasMessageStartingWith(folder.resolve("c.json") + ": not JSON: ");
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithTheReason(@TempDir Path folder) throws Exception {
        Path none = folder.resolve("none.json");
        Path binary = Files.write(folder.resolve("binary.json"), new byte[] {(byte) 0xff});
        Path wrong = Files.writeString(folder.resolve("wrong.json"), "[");

        assertThatThrownBy(() -> CompileCommands.read(Optional.of(none)))
                .hasMessage("cannot read %s: there is no such file or folder".formatted(none));
        assertThatThrownBy(() -> CompileCommands.read(Optional.of(binary)))
                .hasMessage("cannot read %s: it is not UTF-8 text".formatted(binary));
        assertThatThrownBy(() -> CompileCommands.read(Optional.of(wrong)))
                .hasMessageStartingWith(wrong + ": not JSON: ");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedWithTheReason(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("taken"), "");
        KitFolder kit = new KitFolder(file.resolve("kit"));
        kit.add("Makefile", "");

        assertThatThrownBy(kit::write)
                .hasMessage("cannot write %s/kit/Makefile: Not a directory".formatted(file));
    }
}
