package org.feuerprobe.guest;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.RegionCounts;

/** Serial lines from an emulator, and from files and devices. */
public final class SerialSources {
    private SerialSources() {}

    /**
     * The serial line of an image in the emulator, instructions counted; no plan is loaded.
     *
     * @param model the emulator's plugin beside it, where there is to be one
     */
    public static SerialSource emulated(
            String emulator,
            KernelImage image,
            int mebibytes,
            List<String> extra,
            Optional<CacheModel> model) {
        return emulated(
                EmulatorCommand.microvm(emulator, Accelerator.ICOUNT, mebibytes)
                        .with("-kernel", image.file().toString())
                        .with(extra),
                true,
                model);
    }

    /** The serial line of a guest whose clock counts instructions; {@code exact}: all its own. */
    static SerialSource emulated(
            EmulatorCommand command, boolean exact, Optional<CacheModel> model) {
        return model.isPresent()
                ? new CountedSource(command, exact, model.get())
                : new ProcessSource(command::start, exact);
    }

    /** The output of a program of this host. */
    public static SerialSource program(List<String> command) {
        return new ProcessSource(() -> ProcessGuard.start(new ProcessBuilder(command)), false);
    }

    /**
     * A file that was recorded, or a tty device whose speed is set already.
     *
     * @param timed whether the clock behind it tells time: no two boots take the same, so a copy of
     *     one is none
     */
    public static SerialSource file(Path file, boolean timed) {
        return Files.isRegularFile(file) ? new RecordedSource(file, timed) : new DeviceSource(file);
    }

    private record RecordedSource(Path file, boolean timed) implements SerialSource {
        private SerialRecording read() throws IOException {
            SerialRecording all = SerialRecording.read(file);
            return timed ? all.withoutCopies() : all;
        }

        @Override
        public String notice() throws IOException {
            List<Integer> copies = timed ? SerialRecording.read(file).copies() : List.of();
            if (copies.isEmpty()) {
                return "";
            }
            String numbers = copies.stream().map(String::valueOf).collect(Collectors.joining(", "));
            return copies.size() == 1
                    ? "boot %s of the recording has all the values of an earlier one, as a copy does: it does not count"
                            .formatted(numbers)
                    : "boots %s of the recording have all the values of an earlier one, as copies do: they do not count"
                            .formatted(numbers);
        }

        @Override
        public Line open(int number) throws IOException {
            SerialRecording.Boot heard = read().heard(number);
            return new OpenLine(new ByteArrayInputStream(heard.said()), false, heard.before());
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public int boots() throws IOException {
            return read().boots().size();
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

    private record CountedSource(EmulatorCommand command, boolean exact, CacheModel model)
            implements SerialSource {
        /** Of memory that only what is written to takes: 690,000 regions. */
        private static final long FILE_SIZE = 64L << 20;

        private static final long TOUCHED = 4L << 20;

        @Override
        @SuppressWarnings("MustBeClosed") // closed by the line
        public Line open(int number) throws IOException {
            GuestMemory file = GuestMemory.create(FILE_SIZE, 0, FILE_SIZE, TOUCHED);
            try {
                return new CountedLine(model.counting(command, file).start(), file);
            } catch (IOException e) {
                file.close();
                throw e;
            }
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

    /** The plugin finishes its file when the emulator ends in order. */
    private static final class CountedLine extends ProcessLine {
        private static final Duration LIMIT = Duration.ofSeconds(5);
        private static final int POLL = 50;

        private final GuestMemory file;

        CountedLine(ProcessGuard guard, GuestMemory file) {
            super(guard);
            this.file = file;
        }

        @Override
        public Optional<RegionCounts> counts() throws ProbeFormatException, InterruptedException {
            Process emulator = guard().process();
            emulator.destroy(); // asked, it ends in order
            FairClock clock = clock();
            while (clock.nanos() < LIMIT.toNanos()
                    && !emulator.waitFor(POLL, TimeUnit.MILLISECONDS)) {
                // Else the file says so.
            }
            return Optional.of(RegionCounts.read(file.bytes()));
        }

        @Override
        public void close() {
            super.close();
            try {
                file.close();
            } catch (IOException e) {
                // It has no name: the system frees it with the descriptor.
            }
        }
    }

    private static class ProcessLine implements SerialSource.Line {
        private final ProcessGuard guard;
        private final SerialLog errors;

        ProcessLine(ProcessGuard guard) {
            this.guard = guard;
            this.errors = new SerialLog(guard.process().getErrorStream());
            Thread _ = SerialLog.drain(errors, "emulator-errors");
        }

        final ProcessGuard guard() {
            return guard;
        }

        @Override
        public InputStream stream() {
            return guard.process().getInputStream();
        }

        @Override
        public FairClock clock() {
            return FairClock.of(guard.process());
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
