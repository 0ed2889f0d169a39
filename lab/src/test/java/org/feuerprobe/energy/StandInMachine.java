package org.feuerprobe.energy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A folder that looks like sysfs and devices of a machine that shows its energy. */
final class StandInMachine {
    static final String ZONE = "/sys/class/powercap/intel-rapl:0/";

    private final Path root;
    private final Set<Path> forbidden = new HashSet<>();

    StandInMachine(Path root) {
        this.root = root;
    }

    StandInMachine file(String path, String text) throws IOException {
        Path file = at(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
        return this;
    }

    Path at(String path) {
        return root.resolve(path.substring(1));
    }

    StandInMachine powercap(long energy, long range) throws IOException {
        return file(ZONE + "name", "package-0")
                .file(ZONE + "energy_uj", Long.toString(energy))
                .file(ZONE + "max_energy_range_uj", Long.toString(range));
    }

    /** A register of CPU 0; those that are less than eight apart overlap. */
    StandInMachine register(long number, long value) throws IOException {
        Path file = at("/dev/cpu/0/msr");
        Files.createDirectories(file.getParent());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int _ =
                    channel.write(
                            ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value),
                            number);
        }
        return this;
    }

    /** From now on this user may not read the file, even if it is root. */
    StandInMachine forbid(String path) {
        forbidden.add(at(path));
        return this;
    }

    /** The files, taken for the kernel's own. */
    KernelFiles files() {
        return new KernelFiles(root) {
            @Override
            boolean genuine(Path file) throws IOException {
                if (forbidden.contains(file)) {
                    throw new AccessDeniedException(file.toString());
                }
                return true;
            }
        };
    }

    EnergySources sources(PerfPower.Opener perf) {
        return EnergySources.of(files(), perf, List.of());
    }

    /** The sources of a machine whose {@code perf} refuses. */
    EnergySources sources() {
        return sources((_, _, _) -> {
            throw new IOException("EACCES: perf_event_open refused the event");
        });
    }
}
