package org.feuerprobe.gate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.json.ForeignText;
import org.feuerprobe.json.Json;
import org.feuerprobe.json.MalformedJsonException;
import org.feuerprobe.report.WholeFile;
import org.feuerprobe.sample.Numbers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reader and writer of a baseline file. It has one line for each point, so that diffs are readable.
 */
public final class BaselineFile {
    private static final int SCHEMA = 1;
    private static final int LARGEST = 1 << 28;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private BaselineFile() {}

    /** Reads the file's text. The size is limited, because a device may never end. */
    private static String text(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("it is larger than 256 MiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    public static Baseline read(Path file) throws LabException {
        Json root;
        try {
            root = Json.parse(text(file));
        } catch (NoSuchFileException e) {
            throw LabException.wrongUse(
                    file + ": no such baseline: feuerprobe gate --accept \"first\" writes one");
        } catch (IOException e) {
            throw LabException.wrongUse(file + ": cannot be read: " + e.getMessage());
        } catch (MalformedJsonException e) {
            throw LabException.wrongUse("%s:%d: not JSON".formatted(file, e.line()));
        }
        if (root.whole("schema") != SCHEMA) {
            throw LabException.wrongUse(
                    "%s: want \"schema\": %d, a baseline that feuerprobe gate --accept wrote"
                            .formatted(file, SCHEMA));
        }
        SequencedMap<String, String> identity = new LinkedHashMap<>();
        root.at("identity")
                .fields()
                .forEach((key, value) -> identity.put(ForeignText.of(key), value.prose()));
        List<Baseline.Acceptance> accepted = new ArrayList<>();
        for (Json entry : root.at("accepted").items()) {
            accepted.add(
                    new Baseline.Acceptance(
                            entry.prose("date"), entry.prose("why"), entry.prose("summary")));
        }
        List<PointCounts> points = new ArrayList<>();
        for (Json entry : root.at("points").items()) {
            points.add(point(file, entry));
        }
        return new Baseline(identity, accepted, points);
    }

    private static PointCounts point(Path file, Json entry) throws LabException {
        try {
            return point(entry);
        } catch (MalformedJsonException e) {
            throw LabException.wrongUse(file + ": " + e.getMessage());
        }
    }

    private static PointCounts point(Json entry) throws MalformedJsonException {
        return new PointCounts(
                entry.prose("operation"),
                entry.prose("benchmark"),
                entry.prose("point"),
                entry.prose("work"),
                entry.at("min").wantNumber(),
                entry.at("max").wantNumber(),
                entry.at("mean").wantNumber(),
                entry.prose("digest"));
    }

    static void write(Path file, Baseline baseline) throws LabException {
        StringBuilder text = new StringBuilder("{\"schema\": 1,\n\"identity\": ");
        text.append(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(baseline.identity()))
                .append(",\n\"accepted\": ");
        lines(baseline.accepted(), text);
        text.append(",\n\"points\": ");
        lines(baseline.points().stream().map(BaselineFile::fields).toList(), text);
        text.append("}\n");
        try {
            WholeFile.write(file, text.toString());
        } catch (IOException e) {
            throw LabException.wrongUse("--baseline: cannot write " + file + ": " + e.getMessage());
        }
    }

    private static Map<String, Object> fields(PointCounts point) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("operation", point.operation());
        fields.put("benchmark", point.benchmark());
        fields.put("point", point.point());
        fields.put("work", point.work());
        fields.put("min", Numbers.number(point.min()));
        fields.put("max", Numbers.number(point.max()));
        fields.put("mean", Numbers.number(point.mean()));
        fields.put("digest", point.digest());
        return fields;
    }

    private static void lines(List<?> entries, StringBuilder text) {
        text.append('[');
        for (int i = 0; i < entries.size(); i++) {
            text.append(i == 0 ? "\n" : ",\n").append(MAPPER.writeValueAsString(entries.get(i)));
        }
        text.append("\n]");
    }
}
