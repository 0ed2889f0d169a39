package org.feuerprobe.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.feuerprobe.bound.Claim;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.verdict.BoundVerdict;

/**
 * {@code limits.json}: for each limit and each point of its operation, the number of values, the
 * largest, and the number above the limit. The figures are exact, and answer questions about a
 * bound without the values.
 */
final class LimitsDocument {
    private LimitsDocument() {}

    static String of(CampaignReport report) {
        List<Object> limits = new ArrayList<>();
        for (BoundVerdict verdict : report.verdicts()) {
            if (verdict.bound().claim() instanceof Claim.Absolute claim) {
                Stream.concat(
                                report.result().measurements().stream(),
                                report.result().counted().stream())
                        .filter(m -> m.operation().equals(verdict.bound().operation()))
                        .filter(m -> verdict.metric().equals(m.metric()))
                        .forEach(m -> limits.add(entry(verdict, claim, m)));
            }
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", Documents.SCHEMA);
        document.put("limits", limits);
        return Documents.pretty(document);
    }

    private static Map<String, Object> entry(
            BoundVerdict verdict, Claim.Absolute claim, Measurement measurement) {
        double[] values = measurement.point().values();
        double max = Double.NEGATIVE_INFINITY;
        long above = 0;
        for (double value : values) {
            max = Math.max(max, value);
            above += value > claim.limit() ? 1 : 0;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("bound", verdict.bound().id());
        fields.put("benchmark", measurement.benchmark());
        fields.put("target", measurement.target());
        fields.put("metric", measurement.metric());
        fields.put("params", measurement.parameters());
        fields.put("limit", DecisionDocument.number(claim.limit()));
        fields.put("n", values.length);
        fields.put("max", DecisionDocument.number(max));
        fields.put("above", above);
        return fields;
    }
}
