package org.feuerprobe.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.RegionCounts;
import org.feuerprobe.probe.SerialRun;

/**
 * A guest that speaks the probe on its serial line, with the emulator's plugin beside it. It takes
 * no plan, so one boot answers everything: it is made when the plan is first asked for, and kept.
 */
final class CountedPeer implements Target {
    private static final long FILE_SIZE = 16L << 20;

    private final EmulatorCommand command;
    private final CacheModel model;
    private final Duration limit;
    private Optional<BootOutcome> outcome = Optional.empty();
    private Plan own = Plan.catalogue();

    CountedPeer(EmulatorCommand command, CacheModel model, Duration limit) {
        this.command = command;
        this.model = model;
        this.limit = limit;
    }

    @Override
    public String name() {
        return "linux-guest";
    }

    @Override
    public String metric() {
        return "instructions";
    }

    @Override
    public boolean exact() {
        return false;
    }

    @Override
    public int distinctBoots() {
        return 1;
    }

    @Override
    public Plan adapt(Plan plan) throws InterruptedException {
        if (outcome.isEmpty()) {
            outcome = Optional.of(boot());
        }
        return own;
    }

    @Override
    public BootOutcome boot(Plan plan, int number, Progress progress) throws InterruptedException {
        Plan _ = adapt(plan);
        return outcome.orElseThrow();
    }

    private BootOutcome boot() throws InterruptedException {
        long begun = System.nanoTime();
        SerialRun run = new SerialRun();
        try (GuestMemory file = GuestMemory.create(FILE_SIZE, 0, FILE_SIZE, FILE_SIZE);
                ProcessGuard guard = model.counting(command, file).start()) {
            Process process = guard.process();
            SerialLog errors = new SerialLog(process.getErrorStream());
            Thread drain = SerialLog.drain(errors, "emulator-errors");
            Thread reader = Thread.ofVirtual().start(() -> read(process, run));
            if (!reader.join(limit)) {
                return failed(BootOutcome.Failure.HANG, "not finished after " + limit);
            }
            process.waitFor();
            drain.join();
            if (!run.complete()) {
                String said = errors.text().strip();
                return failed(
                        BootOutcome.Failure.DIED,
                        "the guest ended before it was complete"
                                + (said.isEmpty() ? "" : ": " + said));
            }
            own = run.plan();
            return new BootOutcome.Completed(
                    run.run(),
                    Duration.ofNanos(System.nanoTime() - begun),
                    Optional.of(RegionCounts.read(file.bytes())));
        } catch (IOException e) {
            return failed(BootOutcome.Failure.MISSING, String.valueOf(e.getMessage()));
        } catch (ProbeFormatException e) {
            return failed(BootOutcome.Failure.CORRUPT, String.valueOf(e.getMessage()));
        }
    }

    private static void read(Process process, SerialRun run) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                run.line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            }
        } catch (IOException | ProbeFormatException e) {
            process.destroyForcibly(); // an incomplete run is told as such
        }
    }

    private static BootOutcome failed(BootOutcome.Failure failure, String detail) {
        return new BootOutcome.Failed(failure, detail, "");
    }
}
