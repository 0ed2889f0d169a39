package org.feuerprobe.probe;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Check of values that are said to count instructions. A count of instructions has properties that
 * a clock often lacks: a read takes at least one instruction, and values differ by single
 * instructions instead of a clock's steps.
 */
public final class InstructionCheck {
    /** Smaller steps occur by chance in code whose loops have an even number of instructions. */
    private static final int SMALLEST_STEP = 4;

    /** Accepted chance that constants of real instruction counts look like multiples of a step. */
    private static final double CHANCE = 0.002;

    private InstructionCheck() {}

    /** Why the values of a run cannot be counts of instructions; empty if nothing contradicts. */
    public static Optional<String> objection(ProbeRun run) {
        if (LongStream.concat(empties(run), values(run)).anyMatch(value -> value < 0)) {
            return Optional.of("a value is negative, and no count is");
        }
        Optional<Long> least = empties(run).boxed().min(Long::compare);
        if (least.isPresent() && least.get() == 0) {
            return Optional.of(
                    "two reads with nothing between them are 0 apart, but a read takes at least one instruction");
        }
        int facts = facts(run);
        long divisor =
                LongStream.concat(empties(run), values(run)).reduce(0, InstructionCheck::gcd);
        if (divisor >= SMALLEST_STEP && Math.pow(1.0 / divisor, facts) < CHANCE) {
            return Optional.of(
                    "every value is a multiple of %d, which is the step of a clock"
                            .formatted(divisor));
        }
        return Optional.empty();
    }

    /** Reads with nothing between them. */
    private static LongStream empties(ProbeRun run) {
        return Arrays.stream(run.calibration());
    }

    private static LongStream values(ProbeRun run) {
        return run.entries().stream()
                .filter(ProbeRun.Entry::verified)
                .flatMapToLong(
                        entry -> entry.streams().values().stream().flatMapToLong(Arrays::stream));
    }

    /**
     * Number of independent facts about the step: the different smallest values of operations and
     * twins at each benchmark's first point, and the size of a loop if values vary. Further points
     * and values only add multiples of that loop.
     */
    private static int facts(ProbeRun run) {
        Set<Long> constants = new HashSet<>();
        empties(run).min().ifPresent(constants::add);
        boolean varies = false;
        int points = Math.max(1, run.entries().size() / Math.max(1, run.benchmarks().size()));
        for (int i = 0; i < run.entries().size(); i++) {
            ProbeRun.Entry entry = run.entries().get(i);
            for (long[] stream : entry.verified() ? entry.streams().values() : List.<long[]>of()) {
                LongSummaryStatistics range = Arrays.stream(stream).summaryStatistics();
                varies |= range.getCount() > 0 && range.getMax() > range.getMin();
                if (i % points == 0 && range.getCount() > 0) {
                    constants.add(range.getMin());
                }
            }
        }
        boolean emptyVaries = empties(run).distinct().count() > 1;
        return constants.size() + (varies ? 1 : 0) + (emptyVaries ? 1 : 0);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
