package org.feuerprobe.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.feuerprobe.report.StoredResults.UnreadableResultsException;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code samples.jsonl}, the values of a results folder of format 1. */
final class SampleLines {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SampleLines() {}

    static List<Measurement> read(Path file) throws UnreadableResultsException {
        record Key(
                String operation,
                String benchmark,
                String target,
                String metric,
                SequencedMap<String, Long> at) {}

        Map<Key, List<BootSamples>> grouped = new LinkedHashMap<>();
        long number = 0;
        long values = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                JsonNode node = MAPPER.readTree(line);
                SequencedMap<String, Long> at = new LinkedHashMap<>();
                node.path("params")
                        .properties()
                        .forEach(e -> at.put(Names.of(e.getKey()), e.getValue().asLong(0)));
                BootSamples boot =
                        new BootSamples(
                                node.path("boot").asInt(0),
                                node.path("seed").asLong(0),
                                node.path("batch").asInt(1),
                                longs(node.path("samples")),
                                longs(node.path("twin")));
                values += boot.operation().length;
                if (values > StoredResults.MOST_VALUES) {
                    throw StoredResults.broken(
                            file, number, "more than " + StoredResults.MOST_VALUES + " values");
                }
                grouped.computeIfAbsent(
                                new Key(
                                        Names.of(node.path("operation").asString("")),
                                        Names.of(node.path("benchmark").asString("")),
                                        Names.of(node.path("target").asString("")),
                                        Names.of(node.path("metric").asString("")),
                                        at),
                                _ -> new ArrayList<>())
                        .add(boot);
            }
        } catch (JacksonException e) {
            throw StoredResults.broken(file, number, "not JSON: " + StoredResults.firstLine(e));
        } catch (IllegalArgumentException e) {
            throw StoredResults.broken(file, number, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw StoredResults.unreadable(file, e);
        }
        List<Measurement> measurements = new ArrayList<>();
        grouped.forEach((key, boots) ->
                measurements.add(
                        new Measurement(
                                key.operation(),
                                key.benchmark(),
                                key.target(),
                                key.metric(),
                                key.at(),
                                boots)));
        return measurements;
    }

    private static long[] longs(JsonNode array) {
        long[] values = new long[array.size()];
        int i = 0;
        for (JsonNode value : array) {
            if (!value.isNumber()) {
                throw new IllegalArgumentException("samples: want numbers");
            }
            values[i++] = value.asLong(0);
        }
        return values;
    }
}
