package org.feuerprobe.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.feuerprobe.plot.Plot;
import org.feuerprobe.sample.Numbers;
import tools.jackson.databind.json.JsonMapper;

/** Data of the charts for the page's script, as JSON that cannot end its script element. */
final class PageData {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private PageData() {}

    static String of(List<Plot> plots) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (Plot plot : plots) {
            if (!plot.isMap()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("title", plot.title());
                one.put("x", axis(plot.x()));
                one.put("y", axis(plot.y()));
                one.put("layers", plot.layers().stream().map(PageData::layer).toList());
                all.put(plot.id(), one);
            }
        }
        return json(all);
    }

    /** Any value as JSON for a script element. */
    static String json(Object value) {
        return MAPPER.writeValueAsString(value)
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    private static Map<String, Object> axis(Plot.Axis axis) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("label", axis.label());
        fields.put("log", axis.log());
        fields.put("ticks", numbers(axis.ticks()));
        return fields;
    }

    private static Map<String, Object> layer(Plot.Layer layer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("n", layer.name());
        fields.put("r", layer.role().name().toLowerCase(Locale.ROOT));
        fields.put("s", layer.style().name().toLowerCase(Locale.ROOT));
        fields.put("x", numbers(layer.x()));
        fields.put("y", numbers(layer.y()));
        fields.put("z", numbers(layer.z()));
        return fields;
    }

    /**
     * Numbers rounded to seven digits, which is more than a screen can show. Integers stay
     * integers.
     */
    private static List<Number> numbers(double[] values) {
        List<Number> numbers = new ArrayList<>(values.length);
        for (double value : values) {
            if (value == Math.rint(value)) {
                numbers.add(Numbers.number(value));
            } else {
                double power = Math.pow(10, 6 - Math.floor(Math.log10(Math.abs(value))));
                double rounded = Math.rint(value * power) / power;
                numbers.add(Double.isFinite(rounded) ? rounded : value);
            }
        }
        return numbers;
    }
}
