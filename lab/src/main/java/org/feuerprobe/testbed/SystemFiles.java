package org.feuerprobe.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The files in which Linux reports on itself, under a root that tests replace. A file that is
 * missing or unreadable counts as empty.
 *
 * @param log the command that prints the kernel's log; empty if there is none
 */
public record SystemFiles(Path root, List<String> log) {
    /** This machine, or the stand-in for it that the property {@code feuerprobe.host} names. */
    public static final SystemFiles HOST = host(System.getProperty("feuerprobe.host", "/"));

    public SystemFiles {
        log = List.copyOf(log);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static SystemFiles host(String root) {
        return new SystemFiles(Path.of(root), root.equals("/") ? List.of("dmesg") : List.of());
    }

    /** A stand-in machine without a log. */
    SystemFiles(Path root) {
        this(root, List.of());
    }

    /**
     * The text of a file, trimmed. {@code Files.readString} would read only one byte from
     * /proc/sys.
     */
    Optional<String> text(String path) {
        try (InputStream file = Files.newInputStream(at(path))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(text.strip()).filter(t -> !t.isEmpty());
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** The first line of a file. */
    Optional<String> line(String path) {
        return text(path).map(text -> text.lines().findFirst().orElse(""));
    }

    /** The number in a file that contains nothing else. */
    OptionalLong number(String path) {
        return number(text(path));
    }

    static OptionalLong number(Optional<String> text) {
        Optional<String> digits = text.filter(t -> t.matches("-?[0-9]{1,18}"));
        return digits.isPresent()
                ? OptionalLong.of(Long.parseLong(digits.get()))
                : OptionalLong.empty();
    }

    public boolean exists(String path) {
        return Files.exists(at(path));
    }

    /** Whether this user may read and write a file or device. */
    public boolean mayUse(String path) {
        return Files.isReadable(at(path)) && Files.isWritable(at(path));
    }

    /** Names in a folder that match a regular expression, sorted. */
    List<String> names(String folder, String pattern) {
        try (Stream<Path> files = Files.list(at(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(pattern))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Size of the third-level cache in bytes; empty if there is none, or Linux does not report it.
     */
    public OptionalLong thirdLevel() {
        String caches = "/sys/devices/system/cpu/cpu0/cache/";
        return names(caches, "index[0-9]+").stream()
                .map(index -> caches + index + "/")
                .filter(index -> line(index + "level").equals(Optional.of("3")))
                .map(index -> number(line(index + "size").map(size -> size.replace("K", ""))))
                .filter(OptionalLong::isPresent)
                .mapToLong(kib -> kib.getAsLong() * 1024)
                .max();
    }

    /** The value of a {@code name : value} line. */
    Optional<String> field(String path, String name) {
        return text(path).stream()
                .flatMap(String::lines)
                .filter(line -> line.indexOf(':') > 0)
                .filter(line -> line.substring(0, line.indexOf(':')).strip().equals(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /**
     * Whether the processor's flags say that it runs under a hypervisor; empty if there are no
     * flags.
     */
    Optional<Boolean> virtual() {
        return flags().map(flags -> flags.contains(" hypervisor "));
    }

    /**
     * Whether the time-stamp counter runs at a constant rate and never stops; empty if there are no
     * flags.
     */
    public Optional<Boolean> invariantCounter() {
        return flags().map(all -> all.contains(" constant_tsc ") && all.contains(" nonstop_tsc "));
    }

    /** The processor's flags, each between two blanks. */
    Optional<String> flags() {
        return field("/proc/cpuinfo", "flags").map(flags -> " " + flags + " ");
    }

    /**
     * A model-specific register of a processor. Reading it needs root and the module {@code msr}.
     */
    OptionalLong register(int cpu, int number) {
        ByteBuffer value = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(at("/dev/cpu/" + cpu + "/msr"))) {
            return file.read(value, number) == Long.BYTES
                    ? OptionalLong.of(value.getLong(0))
                    : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Lines of the kernel's log; empty if this user may not read it. */
    Optional<List<String>> kernelLog() {
        if (log.isEmpty()) {
            return Optional.empty();
        }
        try {
            return ChildProcess.output(log, PATIENCE).map(text -> text.lines().toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    public Path at(String path) {
        return root.resolve(path.substring(1));
    }
}
