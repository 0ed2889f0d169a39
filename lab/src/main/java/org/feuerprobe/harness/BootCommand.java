package org.feuerprobe.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.guest.Machine;

/**
 * The command that boots a kernel, for a person to read and type. Each boot has a memory file and a
 * plan of its own: {@code MEMORY} and {@code PLAN} stand for them.
 */
public final class BootCommand {
    private BootCommand() {}

    /** The command for each image that the target boots, as words. Boots nothing. */
    public static List<List<String>> of(TargetChoice choice)
            throws LabException, InterruptedException {
        try {
            return switch (choice.kind()) {
                case QEMU -> List.of(planned(choice, new TargetOpener(choice).kernel()));
                case IMAGE -> foreign(choice);
                case NATIVE, LINUX, LINUX_GUEST ->
                        throw LabException.wrongUse(
                                "--dry-run shows how target qemu or image boots a kernel: target %s boots none of yours"
                                        .formatted(choice.kind().word()));
            };
        } catch (IOException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }

    /** The command for the image that a campaign booted; empty if the target boots none. */
    static String of(TargetChoice choice, KernelImage booted) throws InterruptedException {
        try {
            List<List<String>> commands =
                    choice.kind() == TargetKind.QEMU
                            ? List.of(planned(choice, booted))
                            : choice.kernel().isPresent() ? foreign(choice) : List.of();
            return commands.stream().map(CommandWords::line).collect(Collectors.joining("\n"));
        } catch (LabException | IOException e) {
            return ""; // the image has gone meanwhile
        }
    }

    private static List<String> planned(TargetChoice choice, KernelImage image)
            throws LabException, IOException, InterruptedException {
        return new EmulatedKernel(choice, image).target(Set.of()).words();
    }

    private static List<List<String>> foreign(TargetChoice choice)
            throws LabException, IOException {
        if (choice.kernel().isEmpty()) {
            throw LabException.wrongUse("--dry-run shows how --kernel FILE is booted: name one");
        }
        List<List<String>> commands = new ArrayList<>();
        for (Path image : KernelAxis.images(choice.kernel().get())) {
            commands.add(speaking(choice, image));
        }
        return commands;
    }

    private static List<String> speaking(TargetChoice choice, Path kernel)
            throws LabException, IOException {
        if (!choice.machine().command().isEmpty()) {
            return choice.machine().emulating(KernelImage.recorded(kernel));
        }
        KernelImage image = KernelImage.readForeign(kernel);
        Machine machine = new ForeignKernel(choice).machine(image);
        return machine.words(choice.places().emulator(), image, choice.emulatorOptions());
    }
}
