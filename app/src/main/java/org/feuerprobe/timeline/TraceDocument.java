package org.feuerprobe.timeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.plan.PlanEntry;
import org.feuerprobe.results.Documents;
import org.feuerprobe.trace.Answer;
import org.feuerprobe.trace.Trace;

/** A trace, or an answer about it, as one JSON object. */
public final class TraceDocument {
    private TraceDocument() {}

    /** The object as text, without a line end. */
    public static String of(PlanEntry entry, Trace trace, Optional<Answer> answer) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("benchmark", entry.benchmark().name());
        document.put("params", entry.parameters());
        document.put("events", trace.events().size());
        document.put("overwritten", trace.lost());
        document.put("unknown", trace.unknown());
        document.put("kinds", trace.kinds());
        answer.ifPresent(known -> document.put("answer", rows(known)));
        return Documents.pretty(document);
    }

    private static List<Map<String, Object>> rows(Answer answer) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (List<Object> row : answer.rows()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                fields.put(answer.columns().get(i).replace(' ', '_'), row.get(i));
            }
            rows.add(fields);
        }
        return rows;
    }
}
