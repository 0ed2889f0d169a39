package org.feuerprobe.plan;

import java.util.List;

/**
 * What can a target measure? One procedure that exercises one operation and proves that it took
 * effect.
 *
 * @param name unique in its target, for example {@code cap_table_lookup/random}
 * @param operation what is bounded, for example {@code cap_table_lookup}
 * @param ring privilege level in which the operation is called: 0 or 3
 * @param cold whether caches are made cold before each sample
 * @param cpus number of CPUs that it needs
 * @param parameters in the order in which a plan gives their values
 * @param effect in words: what is checked to have happened
 */
public record Benchmark(
        String name,
        String operation,
        int ring,
        boolean cold,
        int cpus,
        List<Parameter> parameters,
        String effect) {
    /**
     * A parameter and the values it may take, both ends included.
     *
     * @param each bytes that the operation may touch for each unit of it, as the kernel tells; 0
     *     where it does not
     */
    public record Parameter(String name, long min, long max, long each) {
        public Parameter {
            if (name.isEmpty() || min < 0 || min > max || each < 0) {
                throw new IllegalArgumentException(
                        "parameter '%s' min=%d max=%d each=%d".formatted(name, min, max, each));
            }
        }

        public Parameter(String name, long min, long max) {
            this(name, min, max, 0);
        }
    }

    public Benchmark {
        parameters = List.copyOf(parameters);
        if (name.isEmpty() || operation.isEmpty()) {
            throw new IllegalArgumentException("a benchmark needs a name and an operation");
        }
    }
}
