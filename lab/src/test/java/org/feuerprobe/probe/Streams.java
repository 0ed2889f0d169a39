package org.feuerprobe.probe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.feuerprobe.plan.Benchmark;

/** Record streams that several tests share, and a run as text. */
final class Streams {
    static final Benchmark LOOKUP =
            new Benchmark(
                    "lookup/random",
                    "lookup",
                    3,
                    true,
                    2,
                    List.of(
                            new Benchmark.Parameter("N_caps", 16, 4096),
                            new Benchmark.Parameter("M", 0, Long.MAX_VALUE)),
                    "the entry found is the one asked for");
    static final Benchmark NONE = new Benchmark("nop", "nop", 0, false, 1, List.of(), "");

    private Streams() {}

    /** Two entries: one verified, in two parts and with a third stream, and one that failed. */
    static byte[] golden() {
        return new RecordWriter()
                .kernel()
                .benchmark(LOOKUP)
                .benchmark(NONE)
                .log("hello µ")
                .samples(ProbeLayout.CALIBRATION, 0, 0, 1, 20, 21, 20)
                .samples(0, 0, 0, 2, 100, 101)
                .samples(0, 1, 0, 2, 20, 20, 20)
                .record(200, RecordWriter.payload(8))
                .samples(0, 0, 2, 2, 102)
                .samples(0, 7, 0, 2, Long.MAX_VALUE)
                .result(0, 0, 3, 0, "")
                .result(1, 1, 1, 1, "not found")
                .end(2)
                .bytes();
    }

    static ProbeRun run(byte[] stream, int planned) throws ProbeFormatException {
        return ProbeRun.of(RecordDecoder.decode(ByteBuffer.wrap(stream)), planned);
    }

    static String describe(ProbeRun run) {
        StringBuilder text = new StringBuilder();
        text.append(run.kernel()).append('\n');
        run.benchmarks().forEach(benchmark -> text.append(benchmark).append('\n'));
        text.append("calibration ").append(Arrays.toString(run.calibration())).append('\n');
        for (ProbeRun.Entry entry : run.entries()) {
            text.append(entry.result())
                    .append(entry.verified() ? " believed" : " not believed")
                    .append(", batch ")
                    .append(entry.batch())
                    .append('\n');
            entry.streams()
                    .forEach((stream, values) ->
                            text.append("  stream ")
                                    .append(stream)
                                    .append(' ')
                                    .append(Arrays.toString(values))
                                    .append('\n'));
        }
        return text.append(run.end()).append('\n').toString();
    }
}
