package org.feuerprobe.check;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.feuerprobe.verdict.Holm;
import org.feuerprobe.verdict.VerdictKind;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Output that corrects violations over the whole family. It stores all answers in a temporary file
 * until the last one is known, and then prints them. Memory: eight bytes per violation.
 */
public final class FamilyOutput implements CheckOutput {
    private static final double LEVEL = 0.05;

    private final Consumer<Map<String, Object>> printer;
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Set<VerdictKind> seen = EnumSet.noneOf(VerdictKind.class);
    private final Path spool;
    private final BufferedWriter writer;
    private double[] chances = new double[64];
    private int violations;
    private long decided;
    private boolean malformed;

    public FamilyOutput(Consumer<Map<String, Object>> printer) throws IOException {
        this.printer = printer;
        spool = Files.createTempFile("feuerprobe-check-", ".jsonl");
        writer = Files.newBufferedWriter(spool);
    }

    @Override
    public void accept(CheckAnswer answer) throws IOException {
        if (answer.kind().isEmpty()) {
            malformed = true;
        } else {
            decided++;
            if (answer.kind().get() == VerdictKind.VIOLATED) {
                if (violations == chances.length) {
                    chances = Arrays.copyOf(chances, 2 * violations);
                }
                chances[violations++] = answer.chance();
            }
        }
        writer.write(mapper.writeValueAsString(answer.fields()));
        writer.write('\n');
    }

    @Override
    public void finish() throws IOException {
        writer.close();
        double[] adjusted = Holm.adjusted(Arrays.copyOf(chances, violations), decided);
        int violation = 0;
        try (BufferedReader reader = Files.newBufferedReader(spool)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Map<String, Object> fields =
                        mapper.readValue(line, new TypeReference<Map<String, Object>>() {});
                if (fields.get("verdict") instanceof String verdict) {
                    VerdictKind kind = VerdictKind.valueOf(verdict);
                    if (kind == VerdictKind.VIOLATED) {
                        kind = correct(fields, adjusted[violation++]);
                    }
                    seen.add(kind);
                }
                printer.accept(fields);
            }
        }
    }

    private VerdictKind correct(Map<String, Object> fields, double chance) {
        fields.put("confidence", 1 - chance);
        if (chance <= LEVEL) {
            return VerdictKind.VIOLATED;
        }
        fields.put("verdict", VerdictKind.INCONCLUSIVE.name());
        fields.put(
                "reason",
                "violated on its own, but not after correction over %d data sets: %s"
                        .formatted(decided, fields.get("reason")));
        return VerdictKind.INCONCLUSIVE;
    }

    @Override
    public boolean malformed() {
        return malformed;
    }

    @Override
    public boolean seen(VerdictKind kind) {
        return seen.contains(kind);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(spool);
    }
}
