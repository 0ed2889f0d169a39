package org.feuerprobe.flame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.FunctionCost;
import org.feuerprobe.profile.Profile;
import org.feuerprobe.results.Documents;

/** A profile as one JSON object; costs are those of one operation. */
public final class ProfileDocument {
    private ProfileDocument() {}

    /** The object as text, without a line end. */
    public static String of(Profile profile, Counter counter) {
        return Documents.pretty(fields(profile, counter));
    }

    static Map<String, Object> fields(Profile profile, Counter counter) {
        PerOperation mean = new PerOperation(profile.samples());
        Map<String, Object> document = identity(profile);
        document.put("metric", counter.metric());
        document.put("total", mean.of(profile.total(counter)));
        if (counter == Counter.INSTRUCTIONS) {
            document.put("clock", mean.of(profile.clock()));
        }
        List<Map<String, Object>> functions = new ArrayList<>();
        for (FunctionCost cost : FunctionCost.of(profile, counter)) {
            Map<String, Object> function = new LinkedHashMap<>();
            function.put("name", cost.name());
            function.put("self", mean.of(cost.self()));
            function.put("total", mean.of(cost.total()));
            functions.add(function);
        }
        document.put("functions", functions);
        return document;
    }

    static Map<String, Object> identity(Profile profile) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("operation", profile.benchmark().operation());
        document.put("benchmark", profile.benchmark().name());
        document.put("params", profile.point());
        document.put("samples", profile.samples());
        document.put("net", profile.net());
        return document;
    }
}
