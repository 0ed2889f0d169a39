package org.feuerprobe.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.feuerprobe.guest.BootOutcome.Failure;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.HeaderPage;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.ProbeLayout;
import org.feuerprobe.probe.ProbeRun;

/**
 * One boot in the emulator: starts it, watches it, and decides how it ended. Used once, by one
 * thread.
 */
final class QemuBoot {
    private static final Duration POLL = Duration.ofMillis(20);

    /**
     * Limit for reading the rest of a dead emulator's pipes, which stay open only if a child
     * process still holds them.
     */
    private static final Duration DRAIN = Duration.ofSeconds(2);

    /**
     * A kernel without progress counts as flooding, not as hung, if its output exceeds the limit
     * divided by this.
     */
    private static final int FLOOD_SHARE = 16;

    /** Exit codes of {@code isa-debug-exit}: 2v+1 for the value v that the kernel wrote. */
    private static final int SUCCESS = 2 * 0x10 + 1;

    /** QEMU prints this and keeps the guest stopped. */
    private static final String STOPPED = "KVM internal error";

    private final ByteBuffer region;
    private final Plan plan;
    private final int planCrc;
    private final int number;
    private final QemuLimits limits;
    private final QemuTarget.Observer observer;
    private final Target.Progress progress;

    QemuBoot(
            ByteBuffer region,
            Plan plan,
            byte[] encoded,
            int number,
            QemuLimits limits,
            QemuTarget.Observer observer,
            Target.Progress progress) {
        this.region = region.order(ByteOrder.LITTLE_ENDIAN);
        this.plan = plan;
        this.planCrc = OutputRegion.crc(encoded);
        this.number = number;
        this.limits = limits;
        this.observer = observer;
        this.progress = progress;
    }

    /** Starts the guest of an emulator that was started stopped. */
    @FunctionalInterface
    interface Release {
        /** Starts the guest; returns why it could not, or empty. */
        Optional<String> release(Process process) throws InterruptedException;
    }

    BootOutcome run(EmulatorCommand command) throws InterruptedException {
        return run(command, _ -> Optional.empty());
    }

    BootOutcome run(EmulatorCommand command, Release release) throws InterruptedException {
        long start = System.nanoTime();
        try (ProcessGuard guard = command.start()) {
            Process process = guard.process();
            SerialLog serial = new SerialLog(process.getInputStream());
            SerialLog errors = new SerialLog(process.getErrorStream());
            Thread serialThread = SerialLog.drain(serial, "serial");
            Thread errorThread = SerialLog.drain(errors, "emulator-errors");
            Optional<String> problem = release.release(process);
            if (problem.isPresent()) {
                return failed(
                        Failure.MISSING,
                        "the guest's processors cannot be bound: " + problem.get(),
                        serial.text());
            }
            observer.started(process.toHandle(), region);
            Optional<BootOutcome> ended = watch(guard, serial, errors);
            serialThread.join(DRAIN);
            errorThread.join(DRAIN);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return withFinished(
                    ended.orElseGet(
                            () -> judge(process.exitValue(), serial, errors.text().strip(), took)),
                    took);
        } catch (IOException e) {
            return failed(Failure.MISSING, String.valueOf(e.getMessage()), "");
        }
    }

    /** Adds to a failure what the boot had finished before. */
    private BootOutcome withFinished(BootOutcome outcome, Duration took) {
        if (!(outcome instanceof BootOutcome.Failed failed) || !failed.failure().keepsFinished()) {
            return outcome;
        }
        try {
            return failed.having(
                    new BootOutcome.Completed(
                            OutputRegion.unfinished(region, planCrc, plan, number), took));
        } catch (ProbeFormatException e) {
            return failed; // the kernel has overwritten its output, or written none
        }
    }

    /** Waits for the end. On a hang or a flood, it ends the process and returns the failure. */
    private Optional<BootOutcome> watch(ProcessGuard guard, SerialLog serial, SerialLog errors)
            throws InterruptedException {
        FairClock clock = FairClock.of(guard.process());
        long lastBeat = 0;
        long beat = 0;
        long done = -1;
        while (!guard.process().waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            long now = clock.nanos();
            long current = region.getLong(ProbeLayout.HEARTBEAT);
            if (current != beat) {
                beat = current;
                lastBeat = now;
            }
            if (current == 0 && serial.text().contains("#fp ")) {
                return stop(
                        guard,
                        Failure.REFUSED,
                        "the kernel takes no plan and reports on its serial line: use --target image",
                        serial);
            }
            long currentDone = region.getLong(ProbeLayout.DONE);
            if (currentDone != done && currentDone >= 0 && currentDone <= plan.entries().size()) {
                done = currentDone;
                progress.at(done, plan.entries().size());
            }
            if (serial.count() > limits.serialBytes()) {
                return stop(
                        guard,
                        Failure.FLOOD,
                        "more than %d bytes".formatted(limits.serialBytes()),
                        serial);
            }
            if (errors.text().contains(STOPPED)) {
                return stop(guard, Failure.DIED, stopped(errors.text()), serial);
            }
            if (now - lastBeat > limits.stall().toNanos()) {
                return stop(
                        guard,
                        stillness(serial),
                        stalled("no progress for", limits.stall()),
                        serial);
            }
            if (now > limits.boot().toNanos()) {
                return stop(
                        guard,
                        Failure.TIME_LIMIT,
                        stalled("not finished after", limits.boot()) + "; raise --boot-limit",
                        serial);
            }
        }
        return Optional.empty();
    }

    /**
     * Finds the place in the registers that the emulator printed. The guest would stay stopped for
     * ever.
     */
    private String stopped(String errors) {
        return STOPPED
                + errors.lines()
                        .filter(line -> line.startsWith("RIP="))
                        .findFirst()
                        .map(line -> " at " + line.split(" ", 2)[0])
                        .orElse("")
                + ": the hypervisor cannot execute an instruction of the kernel"
                + lastCalls();
    }

    private Failure stillness(SerialLog serial) {
        return serial.count() > limits.serialBytes() / FLOOD_SHARE ? Failure.FLOOD : Failure.HANG;
    }

    private String stalled(String what, Duration limit) {
        return String.format(
                Locale.ROOT,
                "%s %.1f s%s",
                what,
                limit.toMillis() / 1000.0,
                whereabouts() + endless() + lastCalls());
    }

    /** Names the point that the kernel had reached, if it had begun one. */
    private String whereabouts() {
        String where = plan.whereabouts(region.getLong(ProbeLayout.DONE));
        return where.isEmpty() ? "" : ", " + where;
    }

    /** Hint for a kernel that has reported everything but does not stop. */
    private String endless() {
        try {
            return HeaderPage.read(region).map(HeaderPage::state).orElse(HeaderPage.State.NOTHING)
                            == HeaderPage.State.COMPLETE
                    ? "; the kernel is complete but did not end its boot: it must write 0x10 to port 0xf4"
                    : "";
        } catch (ProbeFormatException e) {
            return "";
        }
    }

    private Optional<BootOutcome> stop(
            ProcessGuard guard, Failure failure, String detail, SerialLog serial)
            throws InterruptedException {
        guard.process().destroy(); // SIGTERM, on which the plugin finishes its file
        if (!guard.process().waitFor(DRAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            guard.kill();
            guard.process().waitFor();
        }
        return Optional.of(failed(failure, detail, serial.text()));
    }

    private BootOutcome judge(int exit, SerialLog serial, String errors, Duration took) {
        String log = serial.text();
        try {
            if (serial.count() > limits.serialBytes()) {
                return failed(
                        Failure.FLOOD, "more than %d bytes".formatted(limits.serialBytes()), log);
            }
            Optional<HeaderPage.Panic> panic = HeaderPage.panic(region);
            if (panic.isPresent()) {
                return failed(
                        Failure.PANIC,
                        panic.get().describe(plan, region.getLong(ProbeLayout.DONE)) + lastCalls(),
                        log);
            }
            Optional<HeaderPage> page = HeaderPage.read(region);
            if (exit == SUCCESS && page.isPresent()) {
                return completed(page.get(), took);
            }
            return ended(exit, page, errors, log);
        } catch (ProbeFormatException e) {
            return failed(Failure.CORRUPT, String.valueOf(e.getMessage()), log);
        }
    }

    private BootOutcome ended(int exit, Optional<HeaderPage> page, String errors, String log) {
        HeaderPage.State state = page.map(HeaderPage::state).orElse(HeaderPage.State.NOTHING);
        return switch (state) {
            case REFUSED -> failed(Failure.REFUSED, "reason " + page.orElseThrow().error(), log);
            case OUT_OF_ROOM -> failed(Failure.OUT_OF_ROOM, "the output region is full", log);
            case PANIC -> failed(Failure.PANIC, "no message", log);
            case NOTHING, BOOTING, RUNNING, COMPLETE -> {
                String where =
                        "exit status %d, kernel state %s%s".formatted(exit, state, whereabouts());
                if (exit == 0) {
                    yield failed(Failure.RESET, where, log);
                }
                if (exit == SUCCESS) {
                    yield failed(
                            Failure.CORRUPT,
                            "the kernel reported success but wrote no header page",
                            log);
                }
                yield failed(
                        Failure.DIED,
                        errors.isEmpty() ? where : where + ": " + lastLine(errors),
                        log);
            }
        };
    }

    private BootOutcome completed(HeaderPage page, Duration took) throws ProbeFormatException {
        ProbeRun run = OutputRegion.completed(region, page, planCrc, plan, number);
        progress.at(plan.entries().size(), plan.entries().size());
        return new BootOutcome.Completed(run, took);
    }

    private String lastCalls() {
        String calls = HeaderPage.lastCalls(region);
        return calls.isEmpty() ? "" : "; last system calls: " + calls;
    }

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    private static BootOutcome failed(Failure failure, String detail, String log) {
        return new BootOutcome.Failed(failure, detail, log);
    }
}
