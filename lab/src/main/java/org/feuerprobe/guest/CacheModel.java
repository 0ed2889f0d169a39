package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.RegionCounts;

/**
 * The emulator's plugin, and the caches that it models.
 *
 * @param plugin the plugin's shared object
 */
public record CacheModel(Path plugin, CacheGeometry geometry) {
    private static final long MOST_BYTES = 1L << 30;

    /** Builds the plugin in {@code folder} unless it is up to date. */
    public static CacheModel build(Path folder, CacheGeometry geometry)
            throws IOException, InterruptedException {
        Make.run("the emulator's plugin", folder, List.of());
        return new CacheModel(folder.resolve("build/feuerprobe.so").toAbsolutePath(), geometry);
    }

    /** The command with the plugin, which writes its counts to {@code file}. */
    EmulatorCommand counting(EmulatorCommand command, GuestMemory file) {
        return command.with(
                "-plugin",
                "file=%s,out=%s,%s"
                        .formatted(
                                EmulatorCommand.value(plugin),
                                EmulatorCommand.value(file.path()),
                                geometry.pluginOptions()));
    }

    /** Boots with the plugin and adds its counts to the outcome. */
    BootOutcome run(QemuBoot boot, EmulatorCommand command, Plan plan)
            throws IOException, InterruptedException {
        long size =
                RegionCounts.HEADER_SIZE
                        + RegionCounts.ROW_SIZE
                                * plan.entries().stream().mapToLong(CacheModel::rows).sum();
        if (size > MOST_BYTES) {
            return new BootOutcome.Failed(
                    BootOutcome.Failure.NO_ROOM,
                    "the plan's counts need more than 1 GiB in one boot: ask for fewer samples, or a smaller batch",
                    "");
        }
        try (GuestMemory file = GuestMemory.create(size, 0, size, size)) {
            BootOutcome outcome = boot.run(counting(command, file));
            return switch (outcome) {
                case BootOutcome.Failed failed -> failed;
                case BootOutcome.Completed completed ->
                        new BootOutcome.Completed(
                                completed.run(),
                                completed.took(),
                                Optional.of(RegionCounts.read(file.bytes())));
            };
        } catch (ProbeFormatException e) {
            return new BootOutcome.Failed(
                    BootOutcome.Failure.CORRUPT, String.valueOf(e.getMessage()), "");
        }
    }

    /** Upper limit on the rows of an entry; some benchmarks mark each operation of a batch. */
    private static long rows(PlanEntry entry) {
        return 1 + 2L * (entry.warmup() + entry.samples()) * entry.batch();
    }
}
