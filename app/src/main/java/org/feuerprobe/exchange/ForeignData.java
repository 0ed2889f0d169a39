package org.feuerprobe.exchange;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.EnumWords;

/**
 * Reader of data sets from the files of other tools. A file that cannot be read leads to a {@link
 * ForeignFormatException} with the line. Several files count as several boots of the same
 * benchmarks.
 */
public final class ForeignData {
    private ForeignData() {}

    /** A file format that can be read. */
    public enum Format {
        GOOGLE_BENCHMARK,
        JMH,
        HYPERFINE,
        CYCLICTEST,
        RTLA,
        SEL4BENCH,
        EXTRA_P,
        EXTRA_P_JSON,
        EXTRA_P_JSONL,
        CSV;

        /** The name that a user types. */
        public String word() {
            return EnumWords.of(this);
        }

        public static Optional<Format> of(String word) {
            return EnumWords.find(Format.class, word);
        }

        public static String words() {
            return EnumWords.list(Format.class);
        }
    }

    /** A file's text, with its name for messages. */
    public record Source(String file, String text) {}

    /**
     * Reads complete files, each of which is one boot. Each name of a benchmark, region or row,
     * with a metric, becomes a data set.
     */
    public static List<MeasuredSet> read(
            Format format, List<Source> sources, ForeignOptions options)
            throws ForeignFormatException {
        Gatherer gatherer = new Gatherer();
        for (Source source : sources) {
            try {
                switch (format) {
                    case GOOGLE_BENCHMARK -> GoogleBenchmarkReader.read(source.text(), gatherer);
                    case JMH -> JmhReader.read(source.text(), gatherer);
                    case HYPERFINE -> HyperfineReader.read(source.text(), gatherer);
                    case CYCLICTEST -> CyclictestReader.read(source.text(), gatherer);
                    case RTLA -> RtlaReader.read(source.text(), gatherer);
                    case SEL4BENCH -> Sel4benchReader.read(source.text(), gatherer);
                    case EXTRA_P -> ExtraPReader.text(source.text(), gatherer);
                    case EXTRA_P_JSON -> ExtraPReader.json(source.text(), gatherer);
                    case EXTRA_P_JSONL -> ExtraPReader.jsonLines(source.text(), gatherer);
                    case CSV -> CsvReader.read(source.text(), options, gatherer);
                }
            } catch (ForeignFormatException e) {
                throw new ForeignFormatException(source.file() + ": " + e.getMessage());
            }
        }
        List<MeasuredSet> sets = gatherer.sets();
        if (sets.isEmpty()) {
            throw new ForeignFormatException(
                    "%s: no measurements in it%s"
                            .formatted(
                                    sources.stream()
                                            .map(Source::file)
                                            .collect(Collectors.joining(", ")),
                                    gatherer.notesInOneLine()));
        }
        return sets;
    }

    /**
     * The data sets to which a claim applies: those in its unit, or in any unit of time if its unit
     * is one. If no data set has the unit, or if the claim has none, it is the tool's main metric.
     */
    public static List<MeasuredSet> inUnitOf(Claim claim, List<MeasuredSet> sets) {
        List<MeasuredSet> meant =
                claim.unit().isEmpty()
                        ? List.of()
                        : sets.stream()
                                .filter(set -> claim.in(set.data().metric()).isPresent())
                                .toList();
        List<MeasuredSet> main = sets.stream().filter(set -> !set.secondary()).toList();
        return !meant.isEmpty() ? meant : main.isEmpty() ? sets : main;
    }
}
