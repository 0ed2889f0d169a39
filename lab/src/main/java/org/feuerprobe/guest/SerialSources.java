package org.feuerprobe.guest;

import java.io.ByteArrayInputStream;
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

/** Serial lines from an emulator, a program, a file or a device. */
public final class SerialSources {
    private SerialSources() {}

    /**
     * The serial line of an image in the emulator, which counts instructions. No plan is loaded.
     *
     * @param x86 the emulator's program for x86-64
     * @param model the emulator's plugin, if it is to be used
     */
    public static SerialSource emulated(
            Machine machine,
            String x86,
            KernelImage image,
            List<String> extra,
            Optional<CacheModel> model)
            throws IOException {
        return emulated(machine.booting(x86, image, extra), true, model);
    }

    /**
     * The serial line of a guest whose clock counts instructions; {@code exact} says whether counts
     * repeat.
     */
    static SerialSource emulated(
            EmulatorCommand command, boolean exact, Optional<CacheModel> model) {
        return model.isPresent()
                ? new CountedSource(command, exact, model.get())
                : new ProcessSource(command::start, exact);
    }

    /**
     * The output of a program on this host, for example of an emulator.
     *
     * @param exact whether its values are counts that repeat
     */
    public static SerialSource program(List<String> command, boolean exact) {
        return new ProcessSource(() -> ProcessGuard.start(command), exact);
    }

    /**
     * A recording in a file, or a tty device whose speed has been set.
     *
     * @param timed whether values are times. Times never repeat, so boots with equal values are
     *     copies and do not count
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
                    ? "boot %s of the recording has the same values as an earlier one, so it is a copy and does not count"
                            .formatted(numbers)
                    : "boots %s of the recording have the same values as earlier ones, so they are copies and do not count"
                            .formatted(numbers);
        }

        @Override
        public Line open(int number) throws IOException {
            SerialRecording.Boot heard = read().heard(number);
            return new OpenLine(new ByteArrayInputStream(heard.output()), false, heard.before());
        }

        @Override
        public boolean exact() {
            return false;
        }

        @Override
        public boolean recordsCounts() {
            return !timed;
        }

        @Override
        public int boots() throws IOException {
            return read().boots().size();
        }
    }

    private record DeviceSource(Path device) implements SerialSource {
        @Override
        public Line open(int number) throws IOException {
            if (!Files.isReadable(device)) {
                throw new IOException(device + ": no permission to read it");
            }
            return new OpenLine(new DeviceStream(device), true, 0);
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
        /** Room for 690,000 regions; only the part that is written takes memory. */
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
                // Nothing more can be read, which is what closing is for.
            }
        }
    }

    /**
     * A line whose emulator counts. The plugin finishes its file only if the emulator ends
     * normally.
     */
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
            emulator.destroy(); // SIGTERM, on which QEMU ends normally
            FairClock clock = clock();
            while (clock.nanos() < LIMIT.toNanos()
                    && !emulator.waitFor(POLL, TimeUnit.MILLISECONDS)) {
                // If it does not end, reading the file fails because it is not finished.
            }
            return Optional.of(RegionCounts.read(file.bytes()));
        }

        @Override
        public void close() {
            super.close();
            try {
                file.close();
            } catch (IOException e) {
                // The file has no name, so the system frees it with the descriptor.
            }
        }
    }

    private static class ProcessLine implements SerialSource.Line {
        private static final Duration DRAIN = Duration.ofSeconds(2);

        private final ProcessGuard guard;
        private final SerialLog errors;
        private final Thread drain;

        ProcessLine(ProcessGuard guard) {
            this.guard = guard;
            this.errors = new SerialLog(guard.process().getErrorStream());
            this.drain = SerialLog.drain(errors, "emulator-errors");
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
            if (!guard.process().waitFor(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return "its output is closed, but it runs on";
            }
            int exit = guard.process().exitValue();
            drain.join(DRAIN); // a program that it started may still hold its pipe
            String message = errors.text().strip();
            return "exit status " + exit + (message.isEmpty() ? "" : ": " + message);
        }

        @Override
        public void close() {
            guard.close();
        }
    }
}
