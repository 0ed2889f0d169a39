package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.sample.DataSet;
import org.feuerprobe.sample.Point;
import tools.jackson.databind.json.JsonMapper;

/**
 * Data sets from the files of other tools: Google Benchmark's JSON, Extra-P's text and JSON Lines,
 * CSV. What cannot be read is a {@link ForeignFormatException} with its line.
 */
public final class ForeignData {
    private ForeignData() {}

    /** A file that can be read. */
    public enum Format {
        GOOGLE_BENCHMARK("google-benchmark"),
        EXTRA_P("extra-p"),
        EXTRA_P_JSONL("extra-p-jsonl"),
        CSV("csv");

        private final String word;

        Format(String word) {
            this.word = word;
        }

        /** The name that a user types. */
        public String word() {
            return word;
        }

        public static Optional<Format> of(String word) {
            return java.util.Arrays.stream(values()).filter(f -> f.word.equals(word)).findFirst();
        }

        public static String words() {
            return String.join(", ", java.util.Arrays.stream(values()).map(Format::word).toList());
        }
    }

    /** Reads a whole file; each benchmark or region and metric becomes a data set. */
    public static List<DataSet> read(Format format, String text) throws ForeignFormatException {
        List<DataSet> sets =
                switch (format) {
                    case GOOGLE_BENCHMARK -> GoogleBenchmarkReader.read(text);
                    case EXTRA_P -> ExtraPReader.text(text);
                    case EXTRA_P_JSONL -> ExtraPReader.jsonLines(text);
                    case CSV -> CsvReader.read(text);
                };
        if (sets.isEmpty()) {
            throw new ForeignFormatException(0, "no measurements in it");
        }
        return sets;
    }

    /**
     * The same as lines that {@code check} reads: a data set a line, all with the claim {@code
     * bound}.
     */
    public static String checkLines(Format format, String text, String bound)
            throws ForeignFormatException {
        JsonMapper mapper = JsonMapper.builder().build();
        StringBuilder lines = new StringBuilder();
        for (DataSet set : read(format, text)) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("id", set.name());
            line.put("bound", bound);
            line.put("metric", set.metric());
            List<Object> points = new ArrayList<>();
            for (Point point : set.points()) {
                Map<String, Object> fields = new LinkedHashMap<>(point.parameters());
                fields.put("values", point.boots());
                points.add(fields);
            }
            line.put("points", points);
            lines.append(mapper.writeValueAsString(line)).append('\n');
        }
        return lines.toString();
    }
}
