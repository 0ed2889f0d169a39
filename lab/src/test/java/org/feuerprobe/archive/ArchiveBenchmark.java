package org.feuerprobe.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SplittableRandom;
import org.feuerprobe.sample.ValueCounts;

/**
 * How fast are samples stored, counted and read back? Prints figures a second of one core: the
 * thread's own processor time, since other work on the machine must not count. Generating the
 * values is not measured.
 */
final class ArchiveBenchmark {
    private static final int EACH = 100_000;

    private final int series;
    private final Path folder;

    private ArchiveBenchmark(int series, Path folder) {
        this.series = series;
        this.folder = folder;
    }

    /** What was written and read back. */
    record Outcome(long values, long sum, double bytesEach, double writeRate, double readRate) {}

    /** Arguments: samples in all, folder for the files. */
    public static void main(String[] arguments) throws Exception {
        int series = Math.max(1, Integer.parseInt(arguments[0]) / EACH);
        Path folder = Files.createTempDirectory(Path.of(arguments[1]), "feuerprobe-bench-");
        try {
            Outcome outcome = new ArchiveBenchmark(series, folder).run();
            System.out.printf(
                    "%,d samples: stored with counts at %.1f million a second and core, read back at %.1f, %.2f bytes each%n",
                    outcome.values(), outcome.writeRate(), outcome.readRate(), outcome.bytesEach());
            quantiles(folder.resolve("archive"));
        } finally {
            ResultsFolder.delete(folder);
        }
    }

    /** Stores and reads back; fails where what is read is not what was stored. */
    static Outcome run(int series, Path folder) throws IOException {
        return new ArchiveBenchmark(series, folder).run();
    }

    private Outcome run() throws IOException {
        Path run = folder.resolve("archive/run");
        long[] writing = new long[1];
        long sum = write(run, writing);
        long begun = cpu();
        long[] read = new long[2];
        BlockFile.read(
                run.resolve("samples.fpb"),
                new BlockFile.Visitor() {
                    @Override
                    public void series(SeriesName name) {}

                    @Override
                    public void boot(BootName name) {}

                    @Override
                    public void values(SampleRow row, long[] values) {
                        for (long value : values) {
                            read[1] += value;
                        }
                        read[0] += row == SampleRow.OPERATION ? values.length : 0;
                    }
                });
        long reading = cpu() - begun;
        long values = (long) series * EACH;
        if (read[0] != values || read[1] != sum) {
            throw new IOException(
                    "stored %d values of sum %d, read %d of sum %d"
                            .formatted(values, sum, read[0], read[1]));
        }
        return new Outcome(
                values,
                sum,
                (double) Files.size(run.resolve("samples.fpb")) / values,
                1e3 * values / writing[0],
                1e3 * values / reading);
    }

    private long write(Path run, long[] time) throws IOException {
        long sum = 0;
        try (ResultsFolder results = ResultsFolder.begin(run)) {
            Folders.documents(results, 1);
            try (OutputStream samples = results.file("samples.fpb");
                    OutputStream counts = results.file("counts.fpb")) {
                BlockFileWriter values = new BlockFileWriter(samples);
                BlockFileWriter tables = new BlockFileWriter(counts);
                for (int i = 0; i < series; i++) {
                    long[] sample = Folders.values(new SplittableRandom(i), EACH, 900);
                    sum += Arrays.stream(sample).sum() + 20;
                    long begun = cpu();
                    for (BlockFileWriter file : new BlockFileWriter[] {values, tables}) {
                        LinkedHashMap<String, Long> at = new LinkedHashMap<>();
                        at.put("N", (long) i);
                        file.series(new SeriesName("send", "send/short", "native", "cycles", at));
                        file.boot(new BootName(0, 1, 1, EACH, 1));
                    }
                    values.values(SampleRow.OPERATION, sample);
                    values.values(SampleRow.TWIN, new long[] {20});
                    tables.table(SampleRow.OPERATION, ValueCounts.of(sample));
                    tables.table(SampleRow.TWIN, ValueCounts.of(new long[] {20}));
                    time[0] += cpu() - begun;
                }
                long begun = cpu();
                values.end();
                tables.end();
                time[0] += cpu() - begun;
            }
            results.commit();
        }
        return sum;
    }

    private static void quantiles(Path archive) throws Exception {
        long begun = System.nanoTime();
        try (Archive opened = Archives.open(archive.toString())) {
            long indexed = System.nanoTime();
            ArchivedRun run = opened.runs().getFirst();
            long slowest = 0;
            int asked = 0;
            var all = opened.series(run.id());
            for (ArchivedSeries series : all) {
                long before = System.nanoTime();
                NetCounts counts = series.distribution();
                double median = counts.quantile(0.5);
                double tail = counts.quantile(0.9999);
                slowest = Math.max(slowest, System.nanoTime() - before);
                if (!(median <= tail)) {
                    throw new IOException("quantiles out of order");
                }
                asked++;
            }
            System.out.printf(
                    "catalogued in %.2f s; exact quantiles of %,d series, the slowest in %.2f ms%n",
                    (indexed - begun) / 1e9, asked, slowest / 1e6);
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
