package org.feuerprobe.target;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Serial lines from an emulator, and from files and devices. */
public final class SerialSources {
    private SerialSources() {}

    /** The serial line of an image in the emulator, instructions counted; no plan is loaded. */
    public static SerialSource emulated(
            String emulator, KernelImage image, int mebibytes, List<String> extra) {
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(
                                emulator,
                                "-nodefaults",
                                "-no-user-config",
                                "-display",
                                "none",
                                "-no-reboot",
                                "-cpu",
                                "max",
                                "-m",
                                mebibytes + "M",
                                "-machine",
                                "microvm,acpi=off",
                                "-device",
                                "isa-debug-exit,iobase=0xf4,iosize=4",
                                "-serial",
                                "stdio",
                                "-accel",
                                "tcg",
                                "-icount",
                                "shift=0,sleep=off",
                                "-kernel",
                                image.file().toString()));
        command.addAll(extra);
        return command(command, true);
    }

    /** The output of a command; {@code exact} where its clock counts instructions. */
    public static SerialSource command(List<String> command, boolean exact) {
        return new SerialSource() {
            @Override
            public Line open() throws IOException {
                Process process = new ProcessBuilder(command).start();
                return new ProcessLine(process, new ProcessGuard(process));
            }

            @Override
            public boolean exact() {
                return exact;
            }
        };
    }

    /** A file that was recorded, or a tty device whose speed is set already. */
    public static SerialSource file(Path file) {
        return new SerialSource() {
            @Override
            public Line open() throws IOException {
                return new FileLine(
                        Files.isRegularFile(file)
                                ? Files.newInputStream(file)
                                : new DeviceStream(new FileInputStream(file.toFile())));
            }

            @Override
            public boolean exact() {
                return false;
            }
        };
    }

    private record FileLine(InputStream stream) implements SerialSource.Line {
        @Override
        public String ending() {
            return "the line ended";
        }

        @Override
        public void close() {
            try {
                stream.close();
            } catch (IOException e) {
                // What was read is all there is.
            }
        }
    }

    private static final class ProcessLine implements SerialSource.Line {
        private final Process process;
        private final ProcessGuard guard;
        private final SerialLog errors;

        ProcessLine(Process process, ProcessGuard guard) {
            this.process = process;
            this.guard = guard;
            this.errors = new SerialLog(process.getErrorStream());
            Thread _ = SerialLog.drain(errors, "emulator-errors");
        }

        @Override
        public InputStream stream() {
            return process.getInputStream();
        }

        @Override
        public String ending() throws InterruptedException {
            int exit = process.waitFor();
            String said = errors.text().strip();
            return "exit status " + exit + (said.isEmpty() ? "" : ": " + said);
        }

        @Override
        public void close() {
            guard.close();
            Process _ = process.onExit().join();
        }
    }
}
