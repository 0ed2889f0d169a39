package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.RegionCounts;
import org.feuerprobe.probe.RegionProfile;

/**
 * The emulator's plugin, and the caches that it models.
 *
 * @param plugin the plugin's shared object
 */
public record CacheModel(Path plugin, CacheGeometry geometry) {
    private static final long MOST_BYTES = 1L << 30;

    /** The most and the usual bytes of a profile's text. */
    private static final long MOST_PROFILE = 512L << 20;

    private static final long USUAL_PROFILE = 16L << 20;

    /** Builds the plugin in {@code folder} unless it is up to date. */
    public static CacheModel build(Path folder, CacheGeometry geometry)
            throws IOException, InterruptedException {
        Make.run("the emulator's plugin", folder, List.of());
        return new CacheModel(folder.resolve("build/feuerprobe.so").toAbsolutePath(), geometry);
    }

    /** The command with the plugin, which writes its counts to {@code file}. */
    EmulatorCommand counting(EmulatorCommand command, GuestMemory file) {
        return counting(command, file, "");
    }

    private EmulatorCommand counting(EmulatorCommand command, GuestMemory file, String options) {
        return command.with(
                "-plugin",
                "file=%s,out=%s,%s%s"
                        .formatted(
                                EmulatorCommand.value(plugin),
                                EmulatorCommand.value(file.path()),
                                geometry.pluginOptions(),
                                options));
    }

    /** The command with the plugin, which characterises the program that runs. */
    EmulatorCommand characterising(EmulatorCommand command, Path counts, Path workload) {
        return command.with(
                "-plugin",
                "file=%s,out=%s,%s,workload=%s"
                        .formatted(
                                EmulatorCommand.value(plugin),
                                EmulatorCommand.value(counts),
                                geometry.pluginOptions(),
                                EmulatorCommand.value(workload)));
    }

    /** Boots with the plugin and adds its counts to the outcome. */
    BootOutcome run(QemuBoot boot, EmulatorCommand command, Plan plan)
            throws IOException, InterruptedException {
        return run(boot, command, "", plan, Optional::empty);
    }

    /** The same, and adds a profile, which leaves the warm-up out. */
    BootOutcome profile(QemuBoot boot, EmulatorCommand command, Plan plan)
            throws IOException, InterruptedException {
        int warmup = plan.entries().isEmpty() ? 0 : plan.entries().getFirst().warmup();
        if (plan.entries().stream().anyMatch(entry -> entry.warmup() != warmup)) {
            throw new IllegalArgumentException("a profile needs the same warm-up of all entries");
        }
        try (GuestMemory file = GuestMemory.create(MOST_PROFILE, 0, MOST_PROFILE, USUAL_PROFILE)) {
            String options =
                    ",profile=%s,skip=%d".formatted(EmulatorCommand.value(file.path()), 2 * warmup);
            return run(
                    boot,
                    command,
                    options,
                    plan,
                    () -> Optional.of(RegionProfile.read(text(file.bytes()))));
        }
    }

    /** Reads the profile of a boot that is complete. */
    @FunctionalInterface
    private interface ProfileReader {
        Optional<RegionProfile> read() throws ProbeFormatException;
    }

    /** What comes before the first zero. */
    private static String text(ByteBuffer file) {
        int length = 0;
        while (length < file.limit() && file.get(length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        file.get(0, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private BootOutcome run(
            QemuBoot boot,
            EmulatorCommand command,
            String options,
            Plan plan,
            ProfileReader profile)
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
            BootOutcome outcome = boot.run(counting(command, file, options));
            return switch (outcome) {
                case BootOutcome.Failed failed ->
                        failed.finished().isPresent()
                                ? failed.having(counted(failed.finished().get(), file))
                                : failed;
                case BootOutcome.Completed completed ->
                        new BootOutcome.Completed(
                                completed.run(),
                                completed.took(),
                                Optional.of(RegionCounts.read(file.bytes())),
                                profile.read());
            };
        } catch (ProbeFormatException e) {
            return new BootOutcome.Failed(
                    BootOutcome.Failure.CORRUPT, String.valueOf(e.getMessage()), "");
        }
    }

    /** Adds the counts, unless the emulator could not finish them. */
    private static BootOutcome.Completed counted(BootOutcome.Completed done, GuestMemory file) {
        try {
            return new BootOutcome.Completed(
                    done.run(), done.took(), Optional.of(RegionCounts.read(file.bytes())));
        } catch (ProbeFormatException e) {
            return done;
        }
    }

    /** Upper limit on the rows of an entry; some benchmarks mark each operation of a batch. */
    private static long rows(PlanEntry entry) {
        return 1 + 2L * (entry.warmup() + entry.samples()) * entry.batch();
    }
}
