package org.feuerprobe.testbed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A folder that looks like {@code /sys}, {@code /proc} and {@code /dev} of some machine. */
final class MadeUpMachine {
    static final int CORE = 2;
    static final String CPU = "/sys/devices/system/cpu/";
    static final String POLICY = CPU + "cpu2/cpufreq/";

    private final Path root;

    MadeUpMachine(Path root) {
        this.root = root;
    }

    MadeUpMachine file(String path, String text) throws IOException {
        Path file = root.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
        return this;
    }

    /** In a plain file the registers 0xE7 and 0xE8 overlap: APERF is a 256th of this. */
    MadeUpMachine mperf(long value) throws IOException {
        Path file = root.resolve("dev/cpu/2/msr");
        Files.createDirectories(file.getParent());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            int _ =
                    channel.write(
                            ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value),
                            0xE7);
        }
        return this;
    }

    /** A bare machine with four processors of two threads each on two cores, at rest. */
    MadeUpMachine laptop() throws IOException {
        return file("/proc/cpuinfo", "microcode : 0x1\nflags : fpu constant_tsc nonstop_tsc")
                .file(CPU + "online", "0-3")
                .file(CPU + "smt/active", "1")
                .file(CPU + "cpu2/topology/thread_siblings_list", "2-3")
                .file("/proc/irq/default_smp_affinity", "f")
                .file("/proc/irq/9/smp_affinity_list", "0-3")
                .file("/proc/irq/24/smp_affinity_list", "1")
                .file("/proc/swaps", "Filename Type Size Used Priority")
                .file("/proc/loadavg", "0.10 0.20 0.30 1/800 4242")
                .file("/proc/cmdline", "BOOT_IMAGE=/vmlinuz quiet")
                .at(100, 1000, 0, 0);
    }

    /** Seconds since boot, and ticks of the sibling, stolen, and interrupts on the core. */
    MadeUpMachine at(int seconds, int siblingBusy, int stolen, int interrupts) throws IOException {
        return file("/proc/uptime", seconds + ".00 0.00")
                .file(
                        "/proc/stat",
                        "cpu  9 9 9 9 9 9 9 %d 0 0\ncpu2 1 1 1 1 1 1 1 0 0 0\ncpu3 %d 0 0 9 0 0 0 0 0 0"
                                .formatted(stolen, siblingBusy))
                .file(
                        "/proc/interrupts",
                        "  CPU0 CPU1 CPU2 CPU3\n  9: 5 5 %d 5 IO-APIC acpi\nLOC: 7 7 777 7 timer"
                                .formatted(interrupts))
                .file("/proc/pressure/cpu", "some avg10=0.00 total=" + seconds * 1000);
    }

    /** The kernel's log is this file. */
    SystemFiles logged(String text) throws IOException {
        file("/log", text);
        return new SystemFiles(root, List.of("cat", root.resolve("log").toString()));
    }

    SystemFiles files() {
        return new SystemFiles(root);
    }

    Check check(String name) {
        return check(Fitness.of(files(), CORE), name);
    }

    static Check check(List<Check> checks, String name) {
        return checks.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }
}
