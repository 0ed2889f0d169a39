package org.feuerprobe.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.feuerprobe.json.JsonFault;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reader of {@code samples.jsonl}, the values of a results folder of format 1. */
public final class SampleLines {
    private static final int MOST_VALUES = 50_000_000;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SampleLines() {}

    /** Reads all measurements of a file into memory. */
    public static List<Measurement> read(Path file) throws IOException {
        record Key(
                String operation,
                String benchmark,
                String target,
                String metric,
                SequencedMap<String, Long> at) {}

        Map<Key, List<BootSamples>> grouped = new LinkedHashMap<>();
        long number = 0;
        long values = 0;
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(PlainFile.open(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                JsonNode node = MAPPER.readTree(line);
                SequencedMap<String, Long> at = new LinkedHashMap<>();
                node.path("params")
                        .properties()
                        .forEach(e -> at.put(e.getKey(), e.getValue().asLong(0)));
                BootSamples boot =
                        new BootSamples(
                                node.path("boot").asInt(0),
                                node.path("seed").asLong(0),
                                node.path("batch").asInt(1),
                                longs(node.path("samples")),
                                longs(node.path("twin")));
                values += boot.operation().length;
                if (values > MOST_VALUES) {
                    throw broken(file, number, "more than " + MOST_VALUES + " values");
                }
                grouped.computeIfAbsent(
                                new Key(
                                        node.path("operation").asString(""),
                                        node.path("benchmark").asString(""),
                                        node.path("target").asString(""),
                                        node.path("metric").asString(""),
                                        at),
                                _ -> new ArrayList<>())
                        .add(boot);
            }
        } catch (JacksonException e) {
            throw broken(file, number, JsonFault.of(e));
        } catch (IllegalArgumentException e) {
            throw broken(file, number, String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw new BlockFormatException(
                    file
                            + ": is missing: the folder is not a complete result of feuerprobe validate");
        } catch (MalformedInputException e) {
            throw new BlockFormatException(file + ": is not UTF-8 text");
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

    private static BlockFormatException broken(Path file, long line, String what) {
        return new BlockFormatException("%s:%d: %s".formatted(file, line, what));
    }
}
