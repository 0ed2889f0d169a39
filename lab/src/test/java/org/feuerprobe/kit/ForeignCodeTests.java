package org.feuerprobe.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.guest.Machine;
import org.feuerprobe.harness.LabException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does somebody read who names a wrong file or folder of code? */
final class ForeignCodeTests {
    private static final int OBJECT = 1;
    private static final int PROGRAM = 2;
    private static final int X86_64 = 62;
    private static final int RISCV = 243;

    @TempDir private Path folder;

    private static ForeignCode code(List<Path> objects, List<Path> sources, List<String> flags) {
        return new ForeignCode(objects, sources, flags, Optional.empty(), List.of(), List.of());
    }

    private static void refused(ForeignCode code, String message) {
        assertThatThrownBy(() -> code.check(Machine.MICROVM))
                .isInstanceOf(LabException.class)
                .hasMessage(message);
    }

    /** An ELF file of 64 bits that has a header and nothing else. */
    private Path elf(String name, int type, int machine) throws Exception {
        ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1});
        header.putShort(16, (short) type).putShort(18, (short) machine);
        return Files.write(folder.resolve(name), header.array());
    }

    @Test
    void anObjectMustBeAnObjectForTheMachine() throws Exception {
        Path text = Files.writeString(folder.resolve("a.c"), "int a;");
        Path program = elf("ls", PROGRAM, X86_64);
        Path other = elf("r.o", OBJECT, RISCV);

        code(List.of(elf("x.o", OBJECT, X86_64)), List.of(), List.of()).check(Machine.MICROVM);
        String want = ": want an object file for microvm, or a library *.a";
        refused(code(List.of(text), List.of(), List.of()), text + " is no object file" + want);
        refused(
                code(List.of(program), List.of(), List.of()),
                program + " is a program, which is linked already" + want);
        refused(
                code(List.of(other), List.of(), List.of()),
                other + " is for a 64-bit RISC-V" + want);
    }

    @Test
    void aSourceMustBeASource() throws Exception {
        Path object = elf("x.o", OBJECT, X86_64);
        Path library = Files.writeString(folder.resolve("x.a"), "!<arch>\n");
        Path header = Files.writeString(folder.resolve("x.h"), "int a;");

        for (Path compiled : List.of(object, library)) {
            refused(
                    code(List.of(), List.of(compiled), List.of()),
                    "--sources %s: it is compiled already, so name it with --objects"
                            .formatted(compiled));
        }
        refused(
                code(List.of(), List.of(header), List.of()),
                "--sources %s: it is a header, so name the C files that include it"
                        .formatted(header));
        refused(
                code(List.of(), List.of(folder), List.of()),
                "%s is a folder: name its files, such as %s/*.c".formatted(folder, folder));
        refused(
                code(List.of(), List.of(folder.resolve("none.c")), List.of()),
                "no file " + folder.resolve("none.c"));
    }

    @Test
    void aFolderOfHeadersMustExist() throws Exception {
        Path source = Files.writeString(folder.resolve("a.c"), "int a;");

        code(List.of(), List.of(source), List.of("-I" + folder)).check(Machine.MICROVM);
        refused(
                code(List.of(), List.of(source), List.of("-DX", "-I" + folder.resolve("inc"))),
                "-I%s/inc: there is no such folder".formatted(folder));
    }

    /** A name that is typed twice would be defined twice. */
    @Test
    void whatIsNamedTwiceCountsOnce() throws Exception {
        Path source = Files.writeString(folder.resolve("a.c"), "int a;");
        ForeignCode code =
                new ForeignCode(
                        List.of(),
                        List.of(source, folder.resolve("./a.c")),
                        List.of(),
                        Optional.empty(),
                        List.of("a.h", "a.h"),
                        List.of("f", "g", "f"));

        assertThat(code.sources()).containsExactly(source);
        assertThat(code.headers()).containsExactly("a.h");
        assertThat(code.functions()).containsExactly("f", "g");
        assertThat(code.files()).hasSize(1);
    }
}
