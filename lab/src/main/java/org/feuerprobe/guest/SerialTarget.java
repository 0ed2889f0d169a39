package org.feuerprobe.guest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.probe.HeaderPage;
import org.feuerprobe.probe.InstructionCheck;
import org.feuerprobe.probe.ProbeFormatException;
import org.feuerprobe.probe.ProbeLayout;
import org.feuerprobe.probe.ProbeRecord;
import org.feuerprobe.probe.ProbeRun;
import org.feuerprobe.probe.RegionCounts;
import org.feuerprobe.probe.SerialRun;

/**
 * Any kernel that reports over the probe on a serial line. It takes no plan: it measures every
 * benchmark at its own points, and a plan only chooses among the results.
 */
public final class SerialTarget implements Target {
    private static final int POLL = 50;
    private static final long MOST_CHARACTERS = 256L << 20;
    private static final int LONGEST_LINE = 1 << 20;
    private static final char REPLACEMENT = '\uFFFD';

    /**
     * Share of unprintable characters that marks noise. Real text has almost none; noise has more
     * than half.
     */
    private static final double NOISE = 0.2;

    private static final String INSTRUCTIONS = "instructions";

    private static final String END = "\u0000end";

    private final String name;
    private final String metric;
    private final SerialSource source;
    private final QemuLimits limits;
    private Optional<Plan> own = Optional.empty();

    /** How an earlier boot failed at a time limit, and after how many entries. */
    private volatile Optional<Stall> stall = Optional.empty();

    private record Stall(BootOutcome.Failed failed, long done) {}

    public SerialTarget(String name, String metric, SerialSource source, QemuLimits limits) {
        this.name = name;
        this.metric = metric;
        this.source = source;
        this.limits = limits;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String metric() {
        return metric;
    }

    @Override
    public boolean takesPlan() {
        return false;
    }

    @Override
    public boolean exact() {
        return source.exact();
    }

    @Override
    public boolean recordsCounts() {
        return source.recordsCounts();
    }

    @Override
    public int distinctBoots() {
        try {
            return source.boots();
        } catch (IOException e) {
            return 1; // opening the source reports the reason
        }
    }

    /** The kernel's own points for the benchmarks that the plan names; known after one boot. */
    @Override
    public Plan adapt(Plan plan) {
        Set<String> wanted = new HashSet<>();
        plan.entries().forEach(entry -> wanted.add(entry.benchmark().name()));
        return new Plan(
                plan.seed(), // no reading: the kernel reads only its clock
                own.map(Plan::entries).orElse(List.of()).stream()
                        .filter(entry -> wanted.contains(entry.benchmark().name()))
                        .toList());
    }

    @Override
    public BootOutcome boot(Plan plan, int number, Progress progress) throws InterruptedException {
        return boot(_ -> plan, number, progress);
    }

    /** Boots and keeps everything that the kernel measures. */
    public BootOutcome everything() throws InterruptedException {
        return boot(all -> all, 0, Progress.none());
    }

    /** The kernel's own plan; empty before a boot has reported it. */
    public Plan own() {
        return own.orElse(Plan.catalogue());
    }

    private BootOutcome boot(UnaryOperator<Plan> choice, int number, Progress progress)
            throws InterruptedException {
        long start = System.nanoTime();
        StringBuilder log = new StringBuilder();
        try (SerialSource.Line line = source.open(number)) {
            SerialRun run = new SerialRun(line.before());
            Optional<BootOutcome.Failed> failure = read(line, run, log, progress);
            if (failure.isPresent()) {
                own = own.or(() -> Optional.of(run.known()));
                return withFinished(failure.get(), line, run, choice, start);
            }
            ProbeRun heard = run.run();
            Optional<String> objection = objection(heard);
            if (objection.isPresent()) {
                return failed(
                        BootOutcome.Failure.NOT_COUNTED,
                        objection.get() + ": name the clock's unit with --unit",
                        new StringBuilder());
            }
            own = Optional.of(run.plan());
            List<Integer> chosen = chosen(run.plan(), choice.apply(run.plan()));
            return new BootOutcome.Completed(
                    chosen(heard, chosen),
                    Duration.ofNanos(System.nanoTime() - start),
                    line.counts().map(counts -> counts.only(chosen)));
        } catch (IOException e) {
            return failed(BootOutcome.Failure.MISSING, String.valueOf(e.getMessage()), log);
        } catch (ProbeFormatException e) {
            return failed(
                    BootOutcome.Failure.CORRUPT,
                    e.getMessage() + ": bytes were lost or changed on the line",
                    log);
        }
    }

    /** Why the values of a clock that was not proven to count cannot be counts. */
    private Optional<String> objection(ProbeRun heard) {
        return metric.equals(INSTRUCTIONS) && !exact()
                ? InstructionCheck.objection(heard)
                : Optional.empty();
    }

    /** Adds to a failure what the boot had finished before. */
    private BootOutcome withFinished(
            BootOutcome.Failed failed,
            SerialSource.Line line,
            SerialRun run,
            UnaryOperator<Plan> choice,
            long start)
            throws InterruptedException {
        if (!failed.failure().keepsFinished() || run.known().entries().isEmpty()) {
            return failed;
        }
        try {
            ProbeRun heard = run.unfinished();
            if (!heard.hasSamples() || objection(heard).isPresent()) {
                return failed;
            }
            long done = run.page().map(HeaderPage::done).orElse(0L);
            if (exact() && failed.failure() != BootOutcome.Failure.PANIC && done > 0) {
                stall = Optional.of(new Stall(failed, done));
            }
            List<Integer> chosen = chosen(run.plan(), choice.apply(run.plan()));
            return new BootOutcome.Failed(
                    failed.failure(),
                    failed.detail(),
                    failed.log(),
                    Optional.of(
                            new BootOutcome.Completed(
                                    chosen(heard, chosen),
                                    Duration.ofNanos(System.nanoTime() - start),
                                    counts(line).map(counts -> counts.only(chosen)))));
        } catch (ProbeFormatException e) {
            return failed;
        }
    }

    /** What the plugin counted; empty if the emulator could not finish its file. */
    private static Optional<RegionCounts> counts(SerialSource.Line line)
            throws InterruptedException {
        try {
            return line.counts();
        } catch (ProbeFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<BootOutcome.Failed> read(
            SerialSource.Line line, SerialRun run, StringBuilder log, Progress progress)
            throws InterruptedException, ProbeFormatException {
        LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>(1024);
        Thread reader = Thread.ofVirtual().name("serial").start(() -> pump(line, lines));
        FairClock clock = line.clock();
        long lastLine = 0;
        try {
            while (!run.complete()) {
                Duration patience = line.live() && !run.started() ? limits.boot() : limits.stall();
                String text = lines.poll(POLL, TimeUnit.MILLISECONDS);
                long now = clock.nanos();
                boolean silent = text == null && now - lastLine > patience.toNanos();
                if (silent) {
                    return Optional.of(
                            failed(BootOutcome.Failure.HANG, silence(line, run, patience), log));
                }
                if (now > limits.boot().toNanos()) {
                    return Optional.of(
                            run.started()
                                    ? failed(BootOutcome.Failure.TIME_LIMIT, unfinished(run), log)
                                    : failed(
                                            BootOutcome.Failure.HANG,
                                            silence(line, run, limits.boot()),
                                            log));
                }
                if (text == null) {
                    continue;
                }
                lastLine = now;
                if (text.equals(END)) {
                    return Optional.of(ended(line, run, log));
                }
                if (!text.startsWith("#fp")) {
                    log.append(text, 0, Math.min(text.length(), 400)).append('\n');
                    log.delete(0, Math.max(0, log.length() - 8192));
                }
                if (!line.live() || run.started() || SerialRun.begins(text)) {
                    run.line(text);
                }
                if (run.panicked().isPresent()) {
                    return Optional.of(
                            failed(BootOutcome.Failure.PANIC, run.panicked().get(), log));
                }
                long done = run.page().map(HeaderPage::done).orElse(0L);
                if (stall.isPresent() && done >= stall.get().done()) {
                    return Optional.of(stall.get().failed()); // an exact boot would repeat it
                }
                run.page().ifPresent(page -> progress.at(page.done(), page.total()));
            }
            return Optional.empty();
        } finally {
            reader.interrupt();
        }
    }

    private BootOutcome.Failed ended(SerialSource.Line line, SerialRun run, StringBuilder log)
            throws InterruptedException {
        HeaderPage.State state = run.page().map(HeaderPage::state).orElse(HeaderPage.State.NOTHING);
        String ending = line.ending();
        String where = "%s, kernel state %s%s".formatted(ending, state, whereabouts(run));
        boolean reset = exact() && ending.equals(SerialSource.Line.ENDED_NORMALLY);
        return run.started()
                ? failed(reset ? BootOutcome.Failure.RESET : BootOutcome.Failure.DIED, where, log)
                : failed(
                        BootOutcome.Failure.MISSING,
                        "no probe output on the serial line (%s)%s: see docs/measure-your-kernel.md"
                                .formatted(where, garbled(log)),
                        log);
    }

    private String silence(SerialSource.Line line, SerialRun run, Duration patience) {
        if (run.started()) {
            return String.format(
                    Locale.ROOT, "no line for %.0f s%s", seconds(patience), whereabouts(run));
        }
        return line.live()
                ? String.format(
                        Locale.ROOT,
                        "no probe output in %.0f s: was the board reset, is the line's speed right (stty), does another program read the line?",
                        seconds(limits.boot()))
                : String.format(
                        Locale.ROOT,
                        "no probe output on the serial line in %.0f s: see docs/measure-your-kernel.md",
                        seconds(patience));
    }

    private String unfinished(SerialRun run) {
        return String.format(
                Locale.ROOT,
                "not complete after %.0f s%s; raise --boot-limit",
                seconds(limits.boot()),
                whereabouts(run));
    }

    private static String whereabouts(SerialRun run) {
        String where = run.whereabouts();
        return where.isEmpty() ? "" : ", " + where;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Hint for a line at the wrong speed, which yields noise. */
    private static String garbled(StringBuilder log) {
        long noise =
                log.chars()
                        .filter(c -> c != '\n' && c != '\t' && (c < ' ' || c == REPLACEMENT))
                        .count();
        return noise > log.length() * NOISE ? "; the input is not text: is the speed right?" : "";
    }

    /** Queues the lines. Their length and number are limited, because a stranger sends them. */
    private static void pump(SerialSource.Line line, LinkedBlockingQueue<String> lines) {
        try {
            BufferedReader reader =
                    new BufferedReader(
                            new InputStreamReader(line.stream(), StandardCharsets.UTF_8));
            StringBuilder text = new StringBuilder();
            long count = 0;
            for (int c = reader.read(); c >= 0 && count < MOST_CHARACTERS; c = reader.read()) {
                count++;
                if (c == '\n' || text.length() >= LONGEST_LINE) {
                    lines.put(text.toString());
                    text.setLength(0);
                } else if (c != '\r') {
                    text.append((char) c);
                }
            }
            if (!text.isEmpty()) {
                lines.put(text.toString());
            }
            lines.put(END);
        } catch (IOException e) {
            boolean _ = lines.offer(END); // the line was closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Index of each wanted entry in the kernel's own plan; -1 if the kernel does not measure it.
     */
    private static List<Integer> chosen(Plan own, Plan wanted) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < own.entries().size(); i++) {
            index.put(key(own.entries().get(i)), i);
        }
        return wanted.entries().stream().map(entry -> index.getOrDefault(key(entry), -1)).toList();
    }

    /** The run with the chosen entries only. */
    private static ProbeRun chosen(ProbeRun run, List<Integer> chosen) {
        return new ProbeRun(
                run.kernel(),
                run.benchmarks(),
                run.calibration(),
                chosen.stream().map(i -> i < 0 ? absent() : run.entries().get(i)).toList(),
                run.end(),
                run.clock());
    }

    private static String key(PlanEntry entry) {
        return entry.benchmark().name() + entry.parameters();
    }

    private static ProbeRun.Entry absent() {
        return new ProbeRun.Entry(
                new ProbeRecord.Result(
                        ProbeLayout.CALIBRATION,
                        ProbeRecord.Status.NOT_POSSIBLE,
                        0,
                        0,
                        "the kernel takes no plan and did not measure this point"),
                1,
                Map.of());
    }

    private static BootOutcome.Failed failed(
            BootOutcome.Failure failure, String detail, StringBuilder log) {
        return new BootOutcome.Failed(failure, detail, log.toString());
    }
}
