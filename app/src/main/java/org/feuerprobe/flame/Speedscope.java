package org.feuerprobe.flame;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.Frame;
import org.feuerprobe.profile.Profile;
import org.feuerprobe.results.Documents;
import org.feuerprobe.sample.Numbers;

/** A profile for speedscope.app, in the first version of its own format. */
public final class Speedscope {
    private static final String SCHEMA = "https://www.speedscope.app/file-format-schema.json";

    private Speedscope() {}

    /** The document; sums are over all samples. */
    public static String of(Profile profile, Counter counter) throws LabException {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        List<Map<String, Object>> frames = new ArrayList<>();
        List<List<Integer>> samples = new ArrayList<>();
        List<Long> weights = new ArrayList<>();
        long sum = 0;
        for (DrawableStack each : DrawableStack.of(profile, counter)) {
            List<Integer> stack = new ArrayList<>();
            for (Frame frame : each.stack().frames()) {
                Integer known = numbers.get(key(frame));
                if (known == null) {
                    known = frames.size();
                    numbers.put(key(frame), known);
                    frames.add(described(frame));
                }
                stack.add(known);
            }
            samples.add(stack);
            weights.add(each.weight());
            sum += each.weight();
        }
        Map<String, Object> sampled = new LinkedHashMap<>();
        sampled.put("type", "sampled");
        sampled.put("name", name(profile, counter));
        sampled.put("unit", "none");
        sampled.put("startValue", 0);
        sampled.put("endValue", sum);
        sampled.put("samples", samples);
        sampled.put("weights", weights);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("$schema", SCHEMA);
        document.put("name", name(profile, counter));
        document.put("exporter", "feuerprobe");
        document.put("activeProfileIndex", 0);
        document.put("shared", Map.of("frames", frames));
        document.put("profiles", List.of(sampled));
        return Documents.pretty(document) + "\n";
    }

    private static String key(Frame frame) {
        return frame.function() + "\0" + frame.file();
    }

    private static Map<String, Object> described(Frame frame) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", frame.function());
        if (!frame.file().isEmpty()) {
            fields.put("file", frame.file());
        }
        return fields;
    }

    /** What the profile shows, for the title of a window. */
    static String name(Profile profile, Counter counter) {
        return "%s %s, %s of %d operations"
                .formatted(
                        profile.benchmark().name(),
                        Numbers.point(profile.point()),
                        counter.metric(),
                        profile.samples())
                .replace(" ,", ",");
    }
}
