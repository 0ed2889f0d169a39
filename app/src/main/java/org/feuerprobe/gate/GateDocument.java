package org.feuerprobe.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.feuerprobe.results.Documents;

/** Writer of the gate's result as one JSON object. {@code docs/gate.md} explains its fields. */
public final class GateDocument {
    private GateDocument() {}

    public static String of(GateResult result) {
        List<Map<String, Object>> findings = new ArrayList<>();
        for (Finding finding : result.findings()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("of", word(finding.suite()));
            fields.put("outcome", word(finding.outcome()));
            fields.put("name", finding.name());
            fields.put("message", finding.message());
            fields.put("properties", finding.properties());
            findings.add(fields);
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("verdicts", result.verdicts());
        document.put("notes", result.notes());
        document.put("findings", findings);
        return Documents.pretty(document) + "\n";
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
