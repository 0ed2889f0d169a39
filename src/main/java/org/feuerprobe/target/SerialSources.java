package org.feuerprobe.target;

import java.io.ByteArrayInputStream;
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
        return emulated(
                EmulatorCommand.microvm(emulator, Accelerator.ICOUNT, mebibytes)
                        .with("-kernel", image.file().toString())
                        .with(extra),
                true);
    }

    /** The serial line of a guest whose clock counts instructions; {@code exact}: all its own. */
    static SerialSource emulated(EmulatorCommand command, boolean exact) {
        return new ProcessSource(command::start, exact);
    }

    /** The output of a program of this host. */
    public static SerialSource program(List<String> command) {
        return new ProcessSource(() -> ProcessGuard.start(new ProcessBuilder(command)), false);
    }

    /** A file that was recorded, or a tty device whose speed is set already. */
    public static SerialSource file(Path file) {
        return Files.isRegularFile(file) ? new RecordedSource(file) : new DeviceSource(file);
    }

    private record RecordedSource(Path file) implements SerialSource {
        @Override
        public Line open(int number) throws IOException {
            SerialRecording.Boot heard = SerialRecording.read(file).heard(number);
            return new OpenLine(new ByteArrayInputStream(heard.said()), false, heard.before());
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public int boots() throws IOException {
            return SerialRecording.read(file).boots().size();
        }
    }

    private record DeviceSource(Path device) implements SerialSource {
        @Override
        public Line open(int number) throws IOException {
            return new OpenLine(new DeviceStream(new FileInputStream(device.toFile())), true, 0);
        }

        @Override
        public boolean exact() {
            return false;
        }
    }

    private interface Starter {
        ProcessGuard start() throws IOException;
    }

    private record ProcessSource(Starter starter, boolean exact) implements SerialSource {
        @Override
        public Line open(int number) throws IOException {
            return new ProcessLine(starter.start());
        }
    }

    private record OpenLine(InputStream stream, boolean live, int before)
            implements SerialSource.Line {
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
        private final ProcessGuard guard;
        private final SerialLog errors;

        ProcessLine(ProcessGuard guard) {
            this.guard = guard;
            this.errors = new SerialLog(guard.process().getErrorStream());
            Thread _ = SerialLog.drain(errors, "emulator-errors");
        }

        @Override
        public InputStream stream() {
            return guard.process().getInputStream();
        }

        @Override
        public String ending() throws InterruptedException {
            int exit = guard.process().waitFor();
            String said = errors.text().strip();
            return "exit status " + exit + (said.isEmpty() ? "" : ": " + said);
        }

        @Override
        public void close() {
            guard.close();
        }
    }
}
