package org.feuerprobe.schedule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Tasks that share one processor, with their policy and the costs of the system. */
public record TaskSet(Policy policy, KernelCosts costs, List<Task> tasks) {
    /** Larger numbers are refused in files, so that no sum overflows. */
    public static final long LARGEST = 1_000_000_000_000L;

    /** Larger sets are refused in files. */
    public static final int MOST_TASKS = 128;

    public TaskSet {
        tasks = List.copyOf(tasks);
    }

    /** The same set with other tasks. */
    public TaskSet with(List<Task> others) {
        return new TaskSet(policy, costs, others);
    }

    /** The same set with one task replaced. */
    public TaskSet with(int place, Task other) {
        List<Task> others = new ArrayList<>(tasks);
        others.set(place, other);
        return with(others);
    }

    /** The same set with other costs of the system. */
    public TaskSet with(KernelCosts others) {
        return new TaskSet(policy, others, tasks);
    }

    /** What one job takes at its own urgency. */
    long jobCost(int place) {
        return tasks.get(place).cost() + costs.completion();
    }

    /** The share of the processor that tasks and system take, exactly. */
    public Share share() {
        Share sum = Share.NONE;
        for (int i = 0; i < tasks.size(); i++) {
            sum = sum.plus(jobCost(i) + costs.release(), tasks.get(i).period());
        }
        return sum;
    }

    /** An exact share of the processor. */
    public record Share(BigInteger numerator, BigInteger denominator) {
        static final Share NONE = new Share(BigInteger.ZERO, BigInteger.ONE);

        Share plus(long cost, long period) {
            BigInteger above =
                    numerator
                            .multiply(BigInteger.valueOf(period))
                            .add(denominator.multiply(BigInteger.valueOf(cost)));
            BigInteger below = denominator.multiply(BigInteger.valueOf(period));
            BigInteger common = above.gcd(below);
            return new Share(above.divide(common), below.divide(common));
        }

        /** Whether it is more than the whole processor. */
        public boolean tooMuch() {
            return numerator.compareTo(denominator) > 0;
        }

        /** In hundredths of a percent, rounded up. */
        public long hundredths() {
            BigInteger[] parts =
                    numerator.multiply(BigInteger.valueOf(10_000)).divideAndRemainder(denominator);
            return parts[0].longValueExact() + (parts[1].signum() == 0 ? 0 : 1);
        }
    }
}
