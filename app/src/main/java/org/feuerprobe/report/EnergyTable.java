package org.feuerprobe.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.feuerprobe.energy.EnergySource.Description;
import org.feuerprobe.energy.EnergySource.Quantity;
import org.feuerprobe.energy.FoundSource;

/** What shows energy or power on this machine, as rows, lines and JSON. */
final class EnergyTable {
    private static final String NONE =
            "no powercap, perf event, RAPL register, sensor or battery; name a meter with --meter";

    private EnergyTable() {}

    /** Rows of a table with a head; one row says that there is nothing. */
    static List<List<String>> rows(List<FoundSource> found) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ENERGY SOURCE", "STATE", "FOUND"));
        for (FoundSource each : found) {
            rows.add(
                    switch (each) {
                        case FoundSource.Usable usable ->
                                List.of(usable.name(), "READABLE", text(usable));
                        case FoundSource.Unusable unusable ->
                                List.of(
                                        unusable.name(),
                                        "NOT_MEASURABLE",
                                        unusable.reason() + ": " + unusable.remedy());
                    });
        }
        if (found.isEmpty()) {
            rows.add(List.of("none", "NOT_MEASURABLE", NONE));
        }
        return rows;
    }

    private static String text(FoundSource.Usable usable) {
        Description of = usable.source().description();
        return "%s, %s; steps of %s; %s; %s"
                .formatted(
                        of.domain(),
                        of.scope(),
                        resolution(of),
                        of.wrap().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        "begins again at %,.0f J",
                                        of.wrap().getAsDouble())
                                : of.quantity() == Quantity.ENERGY ? "never wraps" : "power",
                        usable.permission());
    }

    /** Lines of advice. */
    static List<String> lines(List<FoundSource> found) {
        if (found.isEmpty()) {
            return List.of("missing energy: " + NONE);
        }
        return found.stream()
                .map(each ->
                        switch (each) {
                            case FoundSource.Usable usable ->
                                    "ok      energy from %s: %s"
                                            .formatted(usable.name(), text(usable));
                            case FoundSource.Unusable unusable ->
                                    "missing energy from %s: %s: %s"
                                            .formatted(
                                                    unusable.name(),
                                                    unusable.reason(),
                                                    unusable.remedy());
                        })
                .toList();
    }

    /** The same as JSON. */
    static List<Map<String, Object>> documents(List<FoundSource> found) {
        return found.stream().map(EnergyTable::document).toList();
    }

    private static Map<String, Object> document(FoundSource each) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("source", each.name());
        switch (each) {
            case FoundSource.Usable usable -> {
                Description of = usable.source().description();
                fields.put("usable", true);
                fields.put("domain", of.domain());
                fields.put("scope", of.scope());
                fields.put("unit", of.quantity() == Quantity.ENERGY ? "J" : "W");
                fields.put("resolution", of.resolution());
                fields.put("wrap", of.wrap().isPresent() ? of.wrap().getAsDouble() : null);
                fields.put("where", of.where());
                fields.put("permission", usable.permission());
            }
            case FoundSource.Unusable unusable -> {
                fields.put("usable", false);
                fields.put("where", unusable.where());
                fields.put("reason", unusable.reason());
                fields.put("remedy", unusable.remedy());
            }
        }
        return fields;
    }

    private static String resolution(Description of) {
        boolean energy = of.quantity() == Quantity.ENERGY;
        return of.resolution() < 1e-3
                ? String.format(Locale.ROOT, "%.3g %s", of.resolution() * 1e6, energy ? "uJ" : "uW")
                : String.format(Locale.ROOT, "%.3g %s", of.resolution(), energy ? "J" : "W");
    }
}
