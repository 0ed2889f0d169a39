package org.feuerprobe.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.feuerprobe.sample.BootSamples;
import org.feuerprobe.sample.Measurement;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a results folder: {@code manifest.json}, {@code verdicts.json}, {@code samples.jsonl},
 * schema 1. What is wrong with it, and where, is in the {@link UnreadableResultsException}. Format:
 * {@code docs/results.md}.
 */
public final class StoredResults {
    private static final int MOST_VALUES = 50_000_000;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private StoredResults() {}

    /** The folder is missing, incomplete or not ours; the message says what to do. */
    public static final class UnreadableResultsException extends Exception {
        UnreadableResultsException(String message) {
            super(message);
        }
    }

    /** Reads a folder. */
    public static StoredCampaign read(Path folder) throws UnreadableResultsException {
        if (!Files.isDirectory(folder)) {
            throw new UnreadableResultsException(
                    folder
                            + ": "
                            + (Files.exists(folder) ? "is not a folder" : "no such folder")
                            + ": name one that feuerprobe validate wrote");
        }
        return StoredReader.campaign(
                folder,
                document(folder.resolve("manifest.json")),
                document(folder.resolve("verdicts.json")),
                samples(folder.resolve("samples.jsonl")));
    }

    /** Reads what was decided, and leaves the samples alone. */
    static StoredCampaign decisions(Path folder) throws UnreadableResultsException {
        return StoredReader.campaign(
                folder,
                document(folder.resolve("manifest.json")),
                document(folder.resolve("verdicts.json")),
                List.of());
    }

    /** The campaign as it would be read back, without files. */
    public static StoredCampaign of(CampaignReport report) {
        try {
            return StoredReader.campaign(
                    Path.of(""),
                    MAPPER.readTree(Documents.manifest(report)),
                    MAPPER.readTree(Documents.verdicts(report)),
                    report.result().measurements().stream().map(StoredResults::named).toList());
        } catch (UnreadableResultsException e) {
            throw new IllegalStateException("our own documents cannot be read back", e);
        }
    }

    /** The measurement with the names that reading it back would give. */
    private static Measurement named(Measurement measurement) {
        SequencedMap<String, Long> at = new LinkedHashMap<>();
        measurement.parameters().forEach((name, value) -> at.put(Names.of(name), value));
        return new Measurement(
                Names.of(measurement.operation()),
                Names.of(measurement.benchmark()),
                Names.of(measurement.target()),
                Names.of(measurement.metric()),
                at,
                measurement.boots());
    }

    /** {@code verdicts.json} of a folder as it is. */
    public static String verdictsDocument(Path folder) throws UnreadableResultsException {
        return text(folder.resolve("verdicts.json"));
    }

    private static JsonNode document(Path file) throws UnreadableResultsException {
        JsonNode root;
        try {
            root = MAPPER.readTree(text(file));
        } catch (JacksonException e) {
            throw broken(
                    file,
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                    "not JSON: " + firstLine(e));
        }
        int schema = root.path("schema").asInt(0);
        if (schema != Documents.SCHEMA) {
            throw new UnreadableResultsException(
                    "%s: schema %d, and this program reads schema %d: use the version that wrote it"
                            .formatted(file, schema, Documents.SCHEMA));
        }
        return root;
    }

    private static List<Measurement> samples(Path file) throws UnreadableResultsException {
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
                if (values > MOST_VALUES) {
                    throw broken(file, number, "more than " + MOST_VALUES + " values");
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
            throw broken(file, number, "not JSON: " + firstLine(e));
        } catch (IllegalArgumentException e) {
            throw broken(file, number, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw unreadable(file, e);
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

    private static String text(Path file) throws UnreadableResultsException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static String firstLine(JacksonException e) {
        return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
    }

    private static UnreadableResultsException unreadable(Path file, IOException e) {
        String why =
                e instanceof NoSuchFileException
                        ? "is missing: the folder is no complete result of feuerprobe validate"
                        : e instanceof MalformedInputException
                                ? "is not UTF-8 text"
                                : "cannot be read: " + e.getMessage();
        return new UnreadableResultsException(file + ": " + why);
    }

    static UnreadableResultsException broken(Path file, long line, String what) {
        return new UnreadableResultsException("%s:%d: %s".formatted(file, line, what));
    }
}
