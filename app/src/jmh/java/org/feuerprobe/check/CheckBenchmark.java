package org.feuerprobe.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.feuerprobe.results.DecisionDocument;
import org.feuerprobe.verdict.Decider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many lines of {@code check} are read, decided and written a second? An operation is one data
 * set of ten points with five values, of the laws, claims and noise that the issue names in turn,
 * so a line is never decided twice in a row. Two threads, as on two cores.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(2)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
public class CheckBenchmark {
    private static final int SEEDS = 40;

    private final Decider decider = new Decider();
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final List<String> lines = lines();

    /** Where a thread is in the list. */
    @State(Scope.Thread)
    public static class Position {
        private int next;
    }

    @Benchmark
    public String line(Position position) throws CheckLine.MalformedLineException {
        position.next = (position.next + 1) % lines.size();
        CheckLine line = CheckLine.parse(lines.get(position.next), "");
        return mapper.writeValueAsString(
                DecisionDocument.of(
                        line.id(), decider.decide(line.claim(), line.data()), line.notes()));
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            for (double noise : new double[] {0.01, 0.05}) {
                add(lines, "O(1)", noise, seed, n -> 600);
                add(lines, "O(n)", noise, seed, n -> 300 + 20 * n);
                add(lines, "O(n)", noise, seed, n -> 5000 + 20 * n);
                add(lines, "O(log n)", noise, seed, n -> 200 + 40 * log(n));
                add(lines, "O(n log n)", noise, seed, n -> 300 + 5 * n * log(n));
                add(lines, "O(n^2)", noise, seed, n -> 300 + 20 * n);
                add(lines, "O(1)", noise, seed, n -> 600 + 20 * log(n));
                add(lines, "O(1)", noise, seed, n -> 5000 + n);
                add(lines, "O(log n)", noise, seed, n -> 200 + 40 * log(n) + 0.3 * n);
                add(lines, "O(n)", noise, seed, n -> 300 + 5 * n * log(n));
                add(lines, "O(n)", noise, seed, n -> 300 + 20 * n + 0.002 * n * n);
                add(lines, "O(1)", noise, seed, n -> n > 256 ? 1800 : 600);
                add(lines, "O(1)", noise, seed, n -> (200 + 0.8 * n) * (n > 256 ? 1.5 : 1));
            }
        }
        return lines;
    }

    private static double log(double n) {
        return Math.log(n) / Math.log(2);
    }

    private static void add(
            List<String> lines, String bound, double noise, int seed, DoubleUnaryOperator cost) {
        SplittableRandom random = new SplittableRandom(lines.size() * 1_000_003L + seed);
        StringBuilder line = new StringBuilder("{\"id\":" + lines.size() + ",\"bound\":\"");
        line.append(bound).append("\",\"points\":[");
        for (int n = 8; n <= 4096; n *= 2) {
            line.append(n == 8 ? "" : ",").append("{\"n\":").append(n).append(",\"values\":[");
            for (int i = 0; i < 5; i++) {
                double value = cost.applyAsDouble(n) * (1 + noise * random.nextGaussian());
                line.append(i == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.3f", value));
            }
            line.append("]}");
        }
        lines.add(line.append("]}").toString());
    }
}
