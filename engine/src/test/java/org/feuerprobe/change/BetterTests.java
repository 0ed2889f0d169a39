package org.feuerprobe.change;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BetterTests {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ops/s",
                "ops/ms",
                "op/min",
                "MB/s",
                "GiB/s",
                "MB/sec",
                "requests per second",
                "req/s",
                "items_per_second",
                "bytes_per_second",
                "bytesPerSecond",
                "1/s",
                "ops/us",
                "events / second",
                "throughput (MB/s)",
                "write_mb_s",
                "iops",
                "IOPS",
                "tps",
                "Gbps",
                "GFLOP/s",
                "MFLOPS",
                "SMP throughput, 4 cores, high contention (500 cycles)",
                "bandwidth",
                "throughput",
                "Throughput",
                "memory bandwidth [GB/s]",
                "speedup",
                "MHz",
                "latency test, ops/s"
            })
    void higherIsBetterOf(String name) {
        assertThat(Better.of(name)).contains(Better.HIGHER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "errors/s",
                "page faults per second",
                "gc.alloc.rate MB/sec",
                "retries/s",
                "J/s",
                "reciprocal throughput",
                "throughput_test_latency_ms",
                "dropped packets/s",
                "cache misses/s",
                "connection timeouts per minute"
            })
    void lowerIsBetterOf(String name) {
        assertThat(Better.of(name)).contains(Better.LOWER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ns",
                "cycles",
                "ns/op",
                "s/op",
                "ms per request",
                "cycles/byte",
                "B/op",
                "bytes",
                "ipc_call",
                "ipc_call_ns",
                "syscall_us",
                "request_ms",
                "frame_s",
                "op_s",
                "ms",
                "size",
                "seconds per operation",
                "instructions",
                "ms/s",
                "/",
                "s"
            })
    void tellsNothingOf(String name) {
        assertThat(Better.of(name)).isNotEqualTo(java.util.Optional.of(Better.HIGHER));
    }
}
