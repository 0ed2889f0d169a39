package org.feuerprobe.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.Machine;
import org.junit.jupiter.api.Test;

/** What {@code --machine} and {@code --emulator} may say. */
final class MachineChoiceTests {
    private static final KernelImage IMAGE = new KernelImage(Path.of("a kernel.elf"), "", Map.of());

    @Test
    void nothingIsTheMachineOfTheImage() throws Exception {
        assertThat(MachineChoice.of("", "")).isEqualTo(MachineChoice.AUTOMATIC);
    }

    @Test
    void aMachineIsNamedByItsWord() throws Exception {
        assertThat(MachineChoice.of("riscv64-virt", "").machine()).contains(Machine.RISCV64_VIRT);
        assertThatThrownBy(() -> MachineChoice.of("riscv", ""))
                .hasMessage(
                        "unknown machine 'riscv', want: microvm, pc, q35, pc-i386, riscv64-virt, riscv32-virt, aarch64-virt, arm-virt; or name a command with --emulator");
    }

    @Test
    void theImageStaysOneWordOfACommand() throws Exception {
        assertThat(
                        MachineChoice.of(
                                        "",
                                        "qemu-system-sparc  -append 'a b' -kernel {kernel} -serial {serial}")
                                .emulating(IMAGE))
                .containsExactly(
                        "qemu-system-sparc",
                        "-append",
                        "a b",
                        "-kernel",
                        "a kernel.elf",
                        "-serial",
                        "stdio");
    }

    @Test
    void aCommandWithoutTheImageIsRefused() {
        assertThatThrownBy(() -> MachineChoice.of("", "bochs -q"))
                .hasMessage(
                        "--emulator 'bochs -q' does not say where the image goes: write {kernel} there");
        assertThatThrownBy(() -> MachineChoice.of("", "x 'y {kernel}"))
                .hasMessage("--emulator x 'y {kernel}: the quote ' is not closed");
        assertThatThrownBy(() -> MachineChoice.of("pc", "x {kernel}"))
                .hasMessage(
                        "--machine and --emulator: name one of them, because an emulator's command has its machine");
    }
}
