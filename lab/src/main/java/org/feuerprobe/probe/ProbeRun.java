package org.feuerprobe.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.Plan;
import org.feuerprobe.plan.PlanEntry;

/**
 * A complete run of a plan, assembled from records: the kernel first, results in the plan's order,
 * the end last, nothing missing.
 *
 * @param calibration raw values of the measurement with nothing between its two reads
 * @param clock further reports of the kernel on its clock, by stream: 1 holds spans of many
 *     lengths, 2 holds pairs of its own ticks and a second clock's
 * @param entries one for each plan entry, in its order
 */
public record ProbeRun(
        ProbeRecord.Kernel kernel,
        List<Benchmark> benchmarks,
        long[] calibration,
        List<Entry> entries,
        ProbeRecord.End end,
        Map<Integer, long[]> clock) {

    /** A run of a kernel that reports nothing further on its clock. */
    public ProbeRun(
            ProbeRecord.Kernel kernel,
            List<Benchmark> benchmarks,
            long[] calibration,
            List<Entry> entries,
            ProbeRecord.End end) {
        this(kernel, benchmarks, calibration, entries, end, Map.of());
    }

    /**
     * Outcome of one plan entry.
     *
     * @param streams raw values by stream number; empty unless the result is verified
     */
    public record Entry(ProbeRecord.Result result, int batch, Map<Integer, long[]> streams) {
        /** An entry that its boot did not finish. */
        public static Entry lost() {
            return new Entry(
                    new ProbeRecord.Result(
                            ProbeLayout.CALIBRATION, ProbeRecord.Status.LOST, 0, 0, ""),
                    1,
                    Map.of());
        }

        /** Whether the boot failed before it had finished this entry. */
        public boolean wasLost() {
            return result.status() == ProbeRecord.Status.LOST;
        }

        /** Whether the samples may be used: the effect was checked, and never missing. */
        public boolean verified() {
            return result.status() == ProbeRecord.Status.VERIFIED;
        }
    }

    /** Assembles a run from its records; {@code planned} is the number of entries in the plan. */
    public static ProbeRun of(List<ProbeRecord> records, int planned) throws ProbeFormatException {
        return new Assembly(planned).run(records);
    }

    /**
     * Assembles what a boot had finished before it failed; the other entries are {@linkplain
     * Entry#wasLost() lost}.
     */
    public static ProbeRun unfinished(List<ProbeRecord> records, int planned)
            throws ProbeFormatException {
        return new Assembly(planned).unfinished(records);
    }

    /** Whether at least one entry is verified. */
    public boolean hasSamples() {
        return entries.stream().anyMatch(Entry::verified);
    }

    /**
     * Checks the run against its plan: each verified entry must have the requested number of
     * samples for operation and twin, in the requested batch.
     */
    public ProbeRun requireMatch(Plan plan) throws ProbeFormatException {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            PlanEntry asked = plan.entries().get(i);
            for (int stream = 0; entry.verified() && stream <= 1; stream++) {
                int samples = entry.streams().getOrDefault(stream, new long[0]).length;
                if (samples != asked.samples() || entry.batch() != asked.batch()) {
                    throw new ProbeFormatException(
                            i,
                            "entry %d, stream %d: %d samples in batches of %d, asked for %d in batches of %d"
                                    .formatted(
                                            i,
                                            stream,
                                            samples,
                                            entry.batch(),
                                            asked.samples(),
                                            asked.batch()));
                }
            }
        }
        return this;
    }

    private static final class Assembly {
        private final int planned;
        private final Map<String, Benchmark> benchmarks = new LinkedHashMap<>();
        private final List<Entry> entries = new ArrayList<>();
        private final Map<Integer, List<long[]>> open = new TreeMap<>();
        private final Map<Integer, Long> lengths = new TreeMap<>();
        private final Map<Integer, long[]> clock = new TreeMap<>();
        private long[] calibration = new long[0];
        private boolean sampled;
        private int batch = 1;
        private int index;

        Assembly(int planned) {
            this.planned = planned;
        }

        ProbeRun run(List<ProbeRecord> records) throws ProbeFormatException {
            ProbeRecord.Kernel kernel = kernel(records);
            for (index = 1; index < records.size(); index++) {
                switch (records.get(index)) {
                    case ProbeRecord.Kernel _ -> throw error("a second KERNEL record");
                    case ProbeRecord.Offer(Benchmark benchmark) -> offer(benchmark);
                    case ProbeRecord.Samples samples -> samples(samples);
                    case ProbeRecord.Result result -> result(result);
                    case ProbeRecord.Log _ -> {}
                    case ProbeRecord.End end -> {
                        return end(kernel, end, records.size());
                    }
                }
            }
            throw error("no END record");
        }

        private static ProbeRecord.Kernel kernel(List<ProbeRecord> records)
                throws ProbeFormatException {
            if (records.isEmpty() || !(records.getFirst() instanceof ProbeRecord.Kernel kernel)) {
                throw new ProbeFormatException(0, "the first record is not KERNEL");
            }
            return kernel;
        }

        ProbeRun unfinished(List<ProbeRecord> records) throws ProbeFormatException {
            ProbeRecord.Kernel kernel = kernel(records);
            for (index = 1; index < records.size(); index++) {
                switch (records.get(index)) {
                    case ProbeRecord.Kernel _ -> throw error("a second KERNEL record");
                    case ProbeRecord.Offer(Benchmark benchmark) -> offer(benchmark);
                    case ProbeRecord.Samples samples -> samples(samples);
                    case ProbeRecord.Result result -> result(result);
                    case ProbeRecord.Log _, ProbeRecord.End _ -> {}
                }
            }
            int finished = entries.size();
            while (entries.size() < planned) {
                entries.add(Entry.lost());
            }
            return new ProbeRun(
                    kernel,
                    List.copyOf(benchmarks.values()),
                    calibration,
                    List.copyOf(entries),
                    new ProbeRecord.End(records.size(), finished, 0),
                    clock);
        }

        private void offer(Benchmark benchmark) throws ProbeFormatException {
            if (sampled) {
                throw error("BENCHMARK after the first SAMPLES");
            }
            if (benchmarks.putIfAbsent(benchmark.name(), benchmark) != null) {
                throw error("benchmark '%s' offered twice".formatted(benchmark.name()));
            }
        }

        private void samples(ProbeRecord.Samples samples) throws ProbeFormatException {
            sampled = true;
            if (samples.entry() == ProbeLayout.CALIBRATION) {
                if (samples.first() != 0) {
                    throw error(
                            "calibration starts at value %d, want 0".formatted(samples.first()));
                }
                boolean empty = samples.stream() == 0;
                if (empty ? calibration.length > 0 : clock.containsKey(samples.stream())) {
                    throw error("a second calibration");
                }
                if (empty) {
                    calibration = samples.values();
                } else {
                    clock.put(samples.stream(), samples.values());
                }
                return;
            }
            if (samples.entry() != entries.size() || samples.entry() >= planned) {
                throw error(
                        "SAMPLES of entry %d, want %d".formatted(samples.entry(), entries.size()));
            }
            long expected = lengths.getOrDefault(samples.stream(), 0L);
            if (samples.first() != expected) {
                throw error(
                        "stream %d continues at value %d, want %d"
                                .formatted(samples.stream(), samples.first(), expected));
            }
            if (!open.isEmpty() && batch != samples.batch()) {
                throw error(
                        "batch changes from %d to %d within entry %d"
                                .formatted(batch, samples.batch(), samples.entry()));
            }
            batch = samples.batch();
            lengths.put(samples.stream(), expected + samples.values().length);
            open.computeIfAbsent(samples.stream(), _ -> new ArrayList<>()).add(samples.values());
        }

        private void result(ProbeRecord.Result result) throws ProbeFormatException {
            if (result.entry() != entries.size() || result.entry() >= planned) {
                throw error(
                        "RESULT of entry %d, want %d".formatted(result.entry(), entries.size()));
            }
            boolean verified = result.status() == ProbeRecord.Status.VERIFIED;
            if (verified && (result.checks() <= 0 || result.failures() != 0 || !hasBothStreams())) {
                throw error(
                        "entry %d claims to be verified with %d checks, %d failures and %d streams"
                                .formatted(
                                        result.entry(),
                                        result.checks(),
                                        result.failures(),
                                        open.size()));
            }
            if (!verified && !open.isEmpty()) {
                throw error("entry %d failed but has samples".formatted(result.entry()));
            }
            Map<Integer, long[]> streams = new TreeMap<>();
            open.forEach((stream, parts) -> streams.put(stream, join(parts)));
            entries.add(new Entry(result, batch, streams));
            open.clear();
            lengths.clear();
        }

        private boolean hasBothStreams() {
            return lengths.getOrDefault(0, 0L) > 0 && lengths.getOrDefault(1, 0L) > 0;
        }

        private ProbeRun end(ProbeRecord.Kernel kernel, ProbeRecord.End end, int size)
                throws ProbeFormatException {
            if (index != size - 1) {
                throw error("records after END");
            }
            if (!open.isEmpty() || entries.size() != planned || end.entries() != planned) {
                throw error("END after %d of %d entries".formatted(entries.size(), planned));
            }
            return new ProbeRun(
                    kernel,
                    List.copyOf(benchmarks.values()),
                    calibration,
                    List.copyOf(entries),
                    end,
                    clock);
        }

        private static long[] join(List<long[]> parts) {
            return parts.stream().flatMapToLong(java.util.Arrays::stream).toArray();
        }

        private ProbeFormatException error(String message) {
            return new ProbeFormatException(index, "record %d: %s".formatted(index, message));
        }
    }
}
