package org.feuerprobe.guest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Boots the exokernel with an archive of Linux programs in place of a plan, and hands out every
 * byte of its serial line.
 */
public final class LibosBoot {
    private static final int SUCCESS = 2 * 0x10 + 1;
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    private final String emulator;
    private final KernelImage image;
    private final int mebibytes;
    private final Duration limit;
    private Optional<CacheModel> model = Optional.empty();
    private String workload = "";

    /** Boots with so much memory, and for at most so long. */
    public LibosBoot(String emulator, KernelImage image, int mebibytes, Duration limit) {
        this.emulator = emulator;
        this.image = image;
        this.mebibytes = mebibytes;
        this.limit = limit;
    }

    /** The same boot with the plugin, which characterises the program. */
    public LibosBoot characterising(CacheModel with) {
        LibosBoot boot = new LibosBoot(emulator, image, mebibytes, limit);
        boot.model = Optional.of(with);
        return boot;
    }

    /** What the plugin wrote in the last boot. */
    public String workload() {
        return workload;
    }

    /** Takes the next byte of the serial line. */
    @FunctionalInterface
    public interface Listener {
        /** Takes one byte. */
        void accept(int value) throws IOException;
    }

    /**
     * Boots once. Returns an empty text, or why the boot failed.
     *
     * @param word the server's lines begin with it
     * @param counted whether to count the instructions of each system call
     */
    public String run(byte[] archive, long word, boolean counted, Listener listener)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("feuerprobe", ".cpio");
        try {
            Files.write(file, archive);
            EmulatorCommand command = command(file, word, counted);
            return model.isPresent()
                    ? characterised(model.get(), command, listener)
                    : boot(command, listener);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private String characterised(CacheModel with, EmulatorCommand command, Listener listener)
            throws IOException, InterruptedException {
        Path counts = Files.createTempFile("feuerprobe", ".counts");
        Path text = Files.createTempFile("feuerprobe", ".workload");
        try {
            String failure = boot(with.characterising(command, counts, text), listener);
            workload = Files.readString(text);
            return failure;
        } finally {
            Files.deleteIfExists(counts);
            Files.deleteIfExists(text);
        }
    }

    EmulatorCommand command(Path archive, long word, boolean counted) {
        return EmulatorCommand.microvm(emulator, Accelerator.ICOUNT, mebibytes)
                .with("-kernel", image.file().toString(), "-initrd", archive.toString())
                .with("-append", "run=libos@%d@%d".formatted(word, counted ? 1 : 0));
    }

    private String boot(EmulatorCommand command, Listener listener)
            throws IOException, InterruptedException {
        try (ProcessGuard guard = command.start()) {
            Process process = guard.process();
            SerialLog errors = new SerialLog(process.getErrorStream());
            Thread drain = SerialLog.drain(errors, "emulator-errors");
            Failure failure = new Failure();
            Thread reader =
                    Thread.ofVirtual()
                            .start(() -> read(process.getInputStream(), listener, failure));
            FairClock clock = FairClock.of(process);
            while (!reader.join(POLL)) {
                if (clock.nanos() > limit.toNanos()) {
                    guard.kill();
                    reader.join(DRAIN);
                    return "not finished after %d s: raise --limit".formatted(limit.toSeconds());
                }
            }
            drain.join(DRAIN);
            if (!process.waitFor(DRAIN.toSeconds(), TimeUnit.SECONDS)) {
                return "the emulator closed its console and did not end";
            }
            int status = process.exitValue();
            if (!failure.text.isEmpty()) {
                return failure.text;
            }
            return status == SUCCESS
                    ? ""
                    : "the emulator ended with status %d %s"
                            .formatted(status, errors.text().strip())
                            .strip();
        }
    }

    private static final class Failure {
        private volatile String text = "";
    }

    private static void read(InputStream stream, Listener listener, Failure failure) {
        try (stream) {
            byte[] buffer = new byte[4096];
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                for (int i = 0; i < n; i++) {
                    listener.accept(buffer[i] & 0xff);
                }
            }
        } catch (IOException e) {
            failure.text = "the console cannot be read or shown: " + e.getMessage();
        }
    }
}
