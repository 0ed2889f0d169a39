package org.feuerprobe.harness;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.Machine;

/**
 * The machine that boots a stranger's image.
 *
 * @param machine one of QEMU's; empty: the one that the image is for
 * @param command the command of another emulator, with {@code {kernel}} for the image and {@code
 *     {serial}} for its standard output; empty: QEMU
 */
public record MachineChoice(Optional<Machine> machine, List<String> command) {
    /** The default: the machine that the image is for. */
    public static final MachineChoice AUTOMATIC = new MachineChoice(Optional.empty(), List.of());

    private static final String KERNEL = "{kernel}";
    private static final String SERIAL = "{serial}";

    public MachineChoice {
        command = List.copyOf(command);
    }

    /** Reads the options {@code --machine} and {@code --emulator}; an empty text is the default. */
    public static MachineChoice of(String machine, String emulator) throws LabException {
        if (!machine.isEmpty() && !emulator.isEmpty()) {
            throw LabException.wrongUse(
                    "--machine and --emulator: name one of them, because an emulator's command has its machine");
        }
        if (!machine.isEmpty() && Machine.of(machine).isEmpty()) {
            throw LabException.wrongUse(
                    "unknown machine '%s', want: %s; or name a command with --emulator"
                            .formatted(machine, Machine.words()));
        }
        List<String> words = CommandWords.of(emulator);
        if (!words.isEmpty() && words.stream().noneMatch(word -> word.contains(KERNEL))) {
            throw LabException.wrongUse(
                    "--emulator '%s' does not say where the image goes: write {kernel} there"
                            .formatted(emulator));
        }
        return new MachineChoice(Machine.of(machine), words);
    }

    /** The command of the user's emulator with this image in it. */
    List<String> emulating(KernelImage image) {
        return command.stream()
                .map(word -> word.replace(KERNEL, image.file().toString()).replace(SERIAL, "stdio"))
                .toList();
    }
}
