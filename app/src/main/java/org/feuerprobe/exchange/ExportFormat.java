package org.feuerprobe.exchange;

import java.util.Optional;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.sample.EnumWords;

/** A file format of another tool in which a campaign can be written. */
public enum ExportFormat {
    /** JSON of the Java Microbenchmark Harness, as from {@code -rf json}. */
    JMH,
    /** JSON of Google Benchmark, as from {@code --benchmark_format=json}. */
    GOOGLE_BENCHMARK,
    /** JSON as in sel4bench's serial output. */
    SEL4BENCH,
    /** Extra-P's text format. */
    EXTRA_P,
    /** {@code composite.xml} of the Phoronix Test Suite. */
    PHORONIX,
    /** Bencher Metric Format. */
    BENCHER;

    /** The text of the file. */
    public String write(StoredCampaign campaign) {
        return switch (this) {
            case JMH -> MicrobenchmarkExport.jmh(campaign);
            case GOOGLE_BENCHMARK -> MicrobenchmarkExport.googleBenchmark(campaign);
            case SEL4BENCH -> MicrobenchmarkExport.sel4bench(campaign);
            case EXTRA_P -> ModelExport.extraP(campaign);
            case PHORONIX -> ModelExport.phoronix(campaign);
            case BENCHER -> ModelExport.bencher(campaign);
        };
    }

    /** The name that a user types. */
    public String word() {
        return EnumWords.of(this);
    }

    public static Optional<ExportFormat> of(String word) {
        return EnumWords.find(ExportFormat.class, word);
    }

    public static String words() {
        return EnumWords.list(ExportFormat.class);
    }
}
