package org.feuerprobe.plan;

import java.util.List;

/**
 * A benchmark that a target offers: a procedure that exercises one operation and proves that it
 * took effect.
 *
 * @param name unique name within its target, for example {@code cap_table_lookup/random}
 * @param operation the operation that bounds refer to, for example {@code cap_table_lookup}
 * @param ring privilege level in which the operation is called: 0 or 3
 * @param cold whether caches are made cold before each sample
 * @param cpus number of CPUs that the benchmark needs
 * @param parameters in the order in which a plan gives their values
 * @param effect the effect that the benchmark checks, in words
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
     * @param each bytes that the operation may touch per unit of the parameter, as the kernel
     *     reports; 0 if it does not report them
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
