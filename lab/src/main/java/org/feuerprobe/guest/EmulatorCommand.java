package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Command line of the emulator. All guests have in common: a serial line on the emulator's standard
 * streams as the only device, no window, no configuration file, and an exit instead of a reset.
 *
 * @param emulator name or path of the emulator
 * @param before words before the emulator: a program that starts it, for example on some processors
 *     only
 * @param options words after the emulator
 */
record EmulatorCommand(String emulator, List<String> before, List<String> options) {
    EmulatorCommand {
        before = List.copyOf(before);
        options = List.copyOf(options);
    }

    /**
     * A machine without legacy devices. The kernel is entered by PVH, and a write to a port ends
     * the emulator.
     */
    static EmulatorCommand microvm(String emulator, Accelerator accelerator, int mebibytes) {
        return of(emulator, "microvm,acpi=off", accelerator.cpu(), mebibytes)
                .with("-device", "isa-debug-exit,iobase=0xf4,iosize=4")
                .with(accelerator.options());
    }

    /**
     * A PC with its legacy devices, for a kernel that needs them. Its date follows the guest's
     * clock, and its random numbers are the same at every boot.
     */
    static EmulatorCommand pc(String emulator, Accelerator accelerator, String cpu, int mebibytes) {
        return pc(emulator, "pc", accelerator, cpu, mebibytes);
    }

    /** The same for a model of PC: {@code pc} or {@code q35}. */
    static EmulatorCommand pc(
            String emulator, String model, Accelerator accelerator, String cpu, int mebibytes) {
        return of(emulator, model, cpu, mebibytes)
                .with("-rtc", "clock=vm", "-seed", "1")
                .with(accelerator.options());
    }

    /** What the guests have in common. */
    static EmulatorCommand of(String emulator, String machine, String cpu, int mebibytes) {
        return new EmulatorCommand(emulator, List.of(), List.of())
                .with("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot")
                .with("-machine", machine, "-cpu", cpu, "-m", mebibytes + "M")
                .with("-serial", "stdio");
    }

    EmulatorCommand with(String... more) {
        return with(Arrays.asList(more));
    }

    EmulatorCommand with(List<String> more) {
        return new EmulatorCommand(
                emulator, before, Stream.concat(options.stream(), more.stream()).toList());
    }

    /**
     * A path as one of several values in an option. Commas are doubled, because one ends a value.
     */
    static String value(Path path) {
        return path.toString().replace(",", ",,");
    }

    /** The same command, started by another program. */
    EmulatorCommand after(List<String> words) {
        return new EmulatorCommand(emulator, words, options);
    }

    /** Starts the emulator, which ends with this process. */
    ProcessGuard start() throws IOException {
        if (!ProcessGuard.isThere(emulator)) {
            throw new IOException(
                    "no emulator '%s': run make setup, or install %s"
                            .formatted(emulator, Machine.installs(emulator)));
        }
        return ProcessGuard.start(words());
    }

    /** The whole command. */
    List<String> words() {
        List<String> words = new ArrayList<>(before);
        words.add(emulator);
        words.addAll(options);
        return words;
    }
}
