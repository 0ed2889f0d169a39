package org.feuerprobe.probe;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.UnplannedGrid;

/**
 * Everything that the kernel has reported on its serial line so far. It takes one line at a time;
 * the run is complete when the kernel says so.
 */
public final class SerialRun {
    private final List<ProbeRecord> records = new ArrayList<>();
    private final List<Benchmark> benchmarks = new ArrayList<>();
    private Optional<HeaderPage> page = Optional.empty();
    private Optional<HeaderPage.Panic> panic = Optional.empty();
    private int lines;
    private long sequence;

    /** Listens from the first line on. */
    public SerialRun() {
        this(0);
    }

    /**
     * Starts after {@code before} lines of a recording, so that errors name the recording's line.
     */
    public SerialRun(int before) {
        this.lines = before;
    }

    /**
     * Whether a kernel prints this line first. A listener who connected in the middle waits for it.
     */
    public static boolean begins(String line) {
        return line.startsWith("#fp-state 2 0 0 0 0 ") || line.startsWith("#fp 01000100");
    }

    /** Takes one line without its line end. */
    public void line(String line) throws ProbeFormatException {
        lines++;
        switch (SerialCarrier.read(line, lines)) {
            case SerialCarrier.RecordBytes(ByteBuffer bytes) -> {
                try {
                    add(bytes);
                } catch (ProbeFormatException e) {
                    throw SerialCarrier.error(lines, e.reason());
                }
            }
            case SerialCarrier.State(HeaderPage state) -> page = Optional.of(state);
            case SerialCarrier.Panicked(HeaderPage.Panic reported) -> panic = Optional.of(reported);
            case SerialCarrier.Text _ -> {}
        }
    }

    private void add(ByteBuffer bytes) throws ProbeFormatException {
        for (ProbeRecord record : RecordDecoder.decode(bytes, sequence)) {
            records.add(record);
            if (record instanceof ProbeRecord.Offer(Benchmark benchmark)) {
                benchmarks.add(benchmark);
            }
        }
        sequence++;
    }

    /**
     * The machine's performance counters as the kernel reports them; unknown until its KERNEL
     * record arrives.
     */
    public GuestCounters counters() {
        return records.stream()
                .filter(ProbeRecord.Kernel.class::isInstance)
                .map(record -> ((ProbeRecord.Kernel) record).counters())
                .findFirst()
                .orElse(new GuestCounters.Unreported());
    }

    /** Raw values of the measurement with nothing between its two reads; empty until it arrives. */
    public long[] calibration() {
        return records.stream()
                .filter(ProbeRecord.Samples.class::isInstance)
                .map(ProbeRecord.Samples.class::cast)
                .filter(samples -> samples.entry() == ProbeLayout.CALIBRATION)
                .findFirst()
                .map(samples -> samples.values().clone())
                .orElse(new long[0]);
    }

    /** Further reports of the kernel on its clock, by stream; empty until they arrive. */
    public Map<Integer, long[]> clock() {
        Map<Integer, long[]> streams = new TreeMap<>();
        records.stream()
                .filter(ProbeRecord.Samples.class::isInstance)
                .map(ProbeRecord.Samples.class::cast)
                .filter(s -> s.entry() == ProbeLayout.CALIBRATION && s.stream() > 0)
                .forEach(samples -> streams.put(samples.stream(), samples.values().clone()));
        return streams;
    }

    /** Whether the kernel has reported a state or a record. */
    public boolean started() {
        return page.isPresent() || !records.isEmpty();
    }

    public Optional<HeaderPage> page() {
        return page;
    }

    /**
     * How the kernel panicked. The text names the point of the plan once the catalogue is complete.
     */
    public Optional<String> panicked() {
        return panic.map(reported -> reported.describe(known(), done()));
    }

    /** Names the point that the kernel has reached; empty until the catalogue is complete. */
    public String whereabouts() {
        return known().whereabouts(done());
    }

    /** The kernel's own plan; empty as long as its catalogue may be incomplete. */
    public Plan known() {
        return calibration().length > 0 ? plan() : Plan.catalogue();
    }

    private long done() {
        return page.map(HeaderPage::done).orElse(0L);
    }

    public boolean complete() {
        return page.map(HeaderPage::state).orElse(HeaderPage.State.NOTHING)
                == HeaderPage.State.COMPLETE;
    }

    /**
     * The plan that a kernel follows if it was given none; valid once its catalogue is complete.
     */
    public Plan plan() {
        return UnplannedGrid.of(benchmarks);
    }

    /** What a boot had finished before it failed; the other entries are lost. */
    public ProbeRun unfinished() throws ProbeFormatException {
        return ProbeRun.unfinished(records, plan().entries().size());
    }

    /** The run; call this only when it is complete. */
    public ProbeRun run() throws ProbeFormatException {
        return ProbeRun.of(records, plan().entries().size());
    }
}
