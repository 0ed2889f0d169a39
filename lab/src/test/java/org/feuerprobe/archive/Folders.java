package org.feuerprobe.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;

/** Small whole results folders, each of its own content, the same at every run. */
final class Folders {
    private Folders() {}

    /** Latency-like whole numbers around {@code level}, with a heavy tail. */
    static long[] values(SplittableRandom random, int count, int level) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            long noise = (long) Long.bitCount(random.nextLong()) - 32;
            values[i] =
                    level + noise + (random.nextInt(1000) == 0 ? random.nextInt(20 * level) : 0);
        }
        return values;
    }

    static List<Measurement> measurements(int number, int points, int samples) {
        SplittableRandom random = new SplittableRandom(number);
        List<Measurement> measurements = new ArrayList<>();
        for (int point = 0; point < points; point++) {
            LinkedHashMap<String, Long> at = new LinkedHashMap<>();
            at.put("N", 1L << point);
            measurements.add(
                    new Measurement(
                            "send",
                            "send/short",
                            "qemu",
                            "instructions",
                            at,
                            List.of(
                                    new BootSamples(
                                            0,
                                            1,
                                            1,
                                            values(random, samples, 900 + number % 50),
                                            new long[] {20, 21}),
                                    new BootSamples(
                                            2,
                                            2,
                                            2,
                                            values(random, samples, 1800),
                                            new long[] {40}))));
        }
        return measurements;
    }

    static Path write(Path folder, int number) throws IOException {
        return write(folder, number, measurements(number, 3, 200));
    }

    static Path write(Path folder, int number, List<Measurement> measurements) throws IOException {
        try (ResultsFolder results = ResultsFolder.begin(folder)) {
            fill(results, number, measurements);
            return results.commit();
        }
    }

    static void fill(ResultsFolder results, int number, List<Measurement> measurements)
            throws IOException {
        documents(results, number);
        try (OutputStream out = results.file("samples.fpb")) {
            BlockFileWriter.samples(measurements, out);
        }
        try (OutputStream out = results.file("counts.fpb")) {
            BlockFileWriter.counts(measurements, out);
        }
    }

    static void documents(ResultsFolder results, int number) throws IOException {
        text(
                results,
                "manifest.json",
                """
                {"schema": 2, "feuerprobe": "0.1.0", "command": ["feuerprobe", "validate"],
                 "began": "2026-01-02T03:%02d:%02dZ", "seconds": 1.5, "subject": "Kernel %d",
                 "target": "qemu", "metric": "instructions", "exact": true,
                 "kernel": {"sha256": "%064x", "build": {"variant": "default"}},
                 "testbed": {"emulator": "QEMU 8", "cpu": "A"}}
                """
                        .formatted(number / 60 % 60, number % 60, number, number));
        text(
                results,
                "verdicts.json",
                """
                {"schema": 1, "verdicts": [{"bound": "send/target", "operation": "send",
                 "claim": "O(1)", "verdict": "HOLDS", "class": "O(1)", "metric": "instructions",
                 "model": {"text": "22 + 0·N instructions"}}]}
                """);
        text(
                results,
                "limits.json",
                """
                {"schema": 1, "limits": [{"bound": "send/limit", "benchmark": "send/short",
                 "target": "qemu", "metric": "instructions", "params": {"N": 1}, "limit": 1000,
                 "n": 400, "max": 1200, "above": 3}]}
                """);
    }

    private static void text(ResultsFolder results, String name, String text) throws IOException {
        try (OutputStream out = results.file(name)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
