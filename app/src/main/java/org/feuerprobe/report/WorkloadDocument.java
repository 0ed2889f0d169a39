package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.feuerprobe.linux.LinuxCalls;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.workload.Characterisation;
import org.feuerprobe.workload.Phases;
import org.feuerprobe.workload.Workload;

/** A workload as {@code workload.json}; docs/workloads.md describes it. */
public final class WorkloadDocument {
    private static final int SCHEMA = 1;

    private WorkloadDocument() {}

    /** The document of a program that was started by these words. */
    public static Map<String, Object> of(Characterisation of, List<String> words) {
        Workload all = of.workload();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", SCHEMA);
        document.put("command", words);
        document.put("exitStatus", of.ended().status());
        document.put("parts", parts(all));
        document.put("counters", counters(all, of.caches()));
        document.put("wakeUps", all.halts());
        document.put("data", footprint(all.data()));
        document.put("code", footprint(all.code()));
        document.put("reuseDistances", reuse(all));
        Map<String, Object> strides = new LinkedHashMap<>();
        for (int i = 0; i < all.strides().size(); i++) {
            strides.put(Workload.STRIDES.get(i), all.strides().get(i));
        }
        document.put("strides", strides);
        document.put("branches", all.branches());
        document.put("phases", phases(all, of.phases()));
        document.put(
                "linuxCalls",
                of.ended().calls().stream()
                        .map(call -> {
                            Map<String, Object> row = new LinkedHashMap<>();
                            row.put("name", LinuxCalls.name(call.number()));
                            row.put("count", call.count());
                            row.put("instructions", call.instructions());
                            return row;
                        })
                        .toList());
        document.put("kernelOperations", of.operations());
        return document;
    }

    private static Map<String, Object> parts(Workload all) {
        Map<String, Object> parts = new LinkedHashMap<>();
        all.parts()
                .forEach((name, part) -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("instructions", part.instructions());
                    fields.put("loads", part.loads());
                    fields.put("stores", part.stores());
                    fields.put("mix", part.mix());
                    parts.put(name, fields);
                });
        return parts;
    }

    private static Map<String, Object> counters(Workload all, String caches) {
        Map<String, Object> counters = new LinkedHashMap<>();
        Counter.ALL.forEach(counter -> {
            if (all.counters().containsKey(counter)) {
                counters.put(counter.metric(), all.counters().get(counter));
            }
        });
        counters.put("modelledCaches", caches);
        return counters;
    }

    private static Map<String, Object> footprint(Workload.Footprint of) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("lines", of.lines());
        fields.put("pages", of.pages());
        return fields;
    }

    private static List<Map<String, Object>> reuse(Workload all) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int bucket = 0; bucket < all.reuse().size(); bucket++) {
            if (all.reuse().get(bucket) > 0) {
                Map<String, Object> row = new LinkedHashMap<>();
                boolean never = bucket == all.reuse().size() - 1;
                row.put("from", never ? "never before" : Workload.least(bucket));
                row.put("accesses", all.reuse().get(bucket));
                rows.add(row);
            }
        }
        return rows;
    }

    private static Map<String, Object> phases(Workload all, Phases phases) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("interval", all.interval());
        fields.put("of", phases.of());
        fields.put(
                "phases",
                phases.phases().stream()
                        .map(phase -> {
                            Map<String, Object> row = new LinkedHashMap<>();
                            row.put("share", phase.share());
                            row.put("intervals", phase.intervals());
                            row.put("representative", phase.representative());
                            row.put(
                                    "hottestBlock",
                                    String.format(Locale.ROOT, "0x%x", phase.block()));
                            return row;
                        })
                        .toList());
        return fields;
    }
}
