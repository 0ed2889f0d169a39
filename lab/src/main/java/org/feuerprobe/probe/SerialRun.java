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
 * What has the kernel said on its serial line so far? Takes line after line; the run is whole when
 * the kernel says that it is complete.
 */
public final class SerialRun {
    private final List<ProbeRecord> records = new ArrayList<>();
    private final List<Benchmark> benchmarks = new ArrayList<>();
    private Optional<HeaderPage> page = Optional.empty();
    private Optional<HeaderPage.Panic> panic = Optional.empty();
    private int lines;
    private long sequence;

    /** Of a line that is heard from its beginning. */
    public SerialRun() {
        this(0);
    }

    /** The same after so many lines of a recording, for errors to name its line. */
    public SerialRun(int before) {
        this.lines = before;
    }

    /** Whether a line is what a kernel says first; for a listener who came in the middle. */
    public static boolean begins(String line) {
        return line.startsWith("#fp-state 2 0 0 0 0 ") || line.startsWith("#fp 01000100");
    }

    /** Takes a line without its end. */
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
            case SerialCarrier.Panicked(HeaderPage.Panic told) -> panic = Optional.of(told);
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

    /** What the kernel says of the machine's counters; untold until it has introduced itself. */
    public GuestCounters counters() {
        return records.stream()
                .filter(ProbeRecord.Kernel.class::isInstance)
                .map(record -> ((ProbeRecord.Kernel) record).counters())
                .findFirst()
                .orElse(new GuestCounters.Untold());
    }

    /** Raw values of the empty measurement; none while it has not been told. */
    public long[] calibration() {
        return records.stream()
                .filter(ProbeRecord.Samples.class::isInstance)
                .map(ProbeRecord.Samples.class::cast)
                .filter(samples -> samples.entry() == ProbeLayout.CALIBRATION)
                .findFirst()
                .map(samples -> samples.values().clone())
                .orElse(new long[0]);
    }

    /** What else the kernel told of its clock, by stream; empty while it has not. */
    public Map<Integer, long[]> clock() {
        Map<Integer, long[]> streams = new TreeMap<>();
        records.stream()
                .filter(ProbeRecord.Samples.class::isInstance)
                .map(ProbeRecord.Samples.class::cast)
                .filter(s -> s.entry() == ProbeLayout.CALIBRATION && s.stream() > 0)
                .forEach(samples -> streams.put(samples.stream(), samples.values().clone()));
        return streams;
    }

    /** Whether the kernel has said anything that the probe knows. */
    public boolean begun() {
        return page.isPresent() || !records.isEmpty();
    }

    public Optional<HeaderPage> page() {
        return page;
    }

    /** How the kernel panicked, and at which point; its points are known once it measures. */
    public Optional<String> panicked() {
        return panic.map(told ->
                told.describe(
                        calibration().length > 0 ? plan() : Plan.catalogue(),
                        page.map(HeaderPage::done).orElse(0L)));
    }

    public boolean complete() {
        return page.map(HeaderPage::state).orElse(HeaderPage.State.NOTHING)
                == HeaderPage.State.COMPLETE;
    }

    /** The plan that a kernel without a plan follows: known once its catalogue is. */
    public Plan plan() {
        return UnplannedGrid.of(benchmarks);
    }

    /** The run; call it when it is complete. */
    public ProbeRun run() throws ProbeFormatException {
        return ProbeRun.of(records, plan().entries().size());
    }
}
