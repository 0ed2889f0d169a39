package org.feuerprobe.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorCommandTests {
    private static final int KILLED = 128 + 9;

    @TempDir private Path folder;

    private EmulatorCommand script(String text) throws Exception {
        Path script = Files.writeString(folder.resolve("emulator"), "#!/bin/sh\n" + text);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return EmulatorCommand.microvm(script.toString(), Accelerator.ICOUNT, 64);
    }

    @Test
    void everyGuestIsCountedAndHasNoOtherDevice() throws Exception {
        Path said = folder.resolve("said");
        EmulatorCommand command = script("echo \"$WORD $*\" > " + said);
        try (ProcessGuard guard =
                command.after(List.of("/usr/bin/env", "WORD=before"))
                        .with("-kernel", "k.elf")
                        .start()) {
            assertThat(guard.process().waitFor()).isZero();
        }

        assertThat(said)
                .hasContent(
                        "before -nodefaults -no-user-config -display none -no-reboot"
                                + " -machine microvm,acpi=off -cpu max -m 64M -serial stdio"
                                + " -device isa-debug-exit,iobase=0xf4,iosize=4"
                                + " -accel tcg -icount shift=0,sleep=off -kernel k.elf");
    }

    @Test
    void theSystemEndsItWithItsStarter() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv");
        EmulatorCommand command = script("exec sleep 600");
        CompletableFuture<ProcessGuard> started = new CompletableFuture<>();
        Thread starter =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                ProcessGuard guard = command.start();
                                waitUntilTied(guard.process());
                                started.complete(guard);
                            } catch (IOException e) {
                                started.completeExceptionally(e);
                            }
                        });
        starter.join();

        try (ProcessGuard guard = started.get()) {
            guard.process().waitFor();
            assertThat(guard.process().exitValue()).isEqualTo(KILLED);
        }
    }

    private static void waitUntilTied(Process process) throws IOException {
        Path words = Path.of("/proc/%d/cmdline".formatted(process.pid()));
        while (!Files.readString(words).startsWith("sleep")) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aFolderIsNoEmulator() {
        assertThatThrownBy(() ->
                        EmulatorCommand.microvm(folder.toString(), Accelerator.ICOUNT, 64).start())
                .isInstanceOf(IOException.class)
                .hasMessage("no emulator '%s': run make setup, or install qemu-system-x86", folder);
    }
}
