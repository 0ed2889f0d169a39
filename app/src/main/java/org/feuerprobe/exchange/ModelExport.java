package org.feuerprobe.exchange;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredSeries;
import org.feuerprobe.sample.Measurement;
import org.feuerprobe.sample.Numbers;
import tools.jackson.databind.json.JsonMapper;

/** Writer of a campaign for Extra-P, the Phoronix Test Suite and Bencher. */
final class ModelExport {
    private ModelExport() {}

    /**
     * Extra-P's text format. All regions of a file share their parameters and points, so only the
     * series with the most common parameters and points are written. A comment names the other
     * series.
     */
    static String extraP(StoredCampaign campaign) {
        Map<List<Map<String, Long>>, List<StoredSeries>> byGrid =
                campaign.series().stream()
                        .filter(series -> !series.parameters().isEmpty())
                        .collect(
                                Collectors.groupingBy(
                                        ModelExport::grid,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        List<StoredSeries> chosen =
                byGrid.values().stream()
                        .max(java.util.Comparator.comparingInt(List::size))
                        .orElse(List.of());
        StringBuilder text = new StringBuilder();
        campaign.series().stream()
                .filter(series -> !chosen.contains(series))
                .forEach(series ->
                        text.append("# left out, because it has other points: ")
                                .append(series.benchmark())
                                .append('\n'));
        if (chosen.isEmpty()) {
            return text.toString();
        }
        StoredSeries first = chosen.getFirst();
        first.parameters()
                .forEach(name -> text.append("PARAMETER ").append(word(name)).append('\n'));
        text.append("POINTS");
        for (Measurement point : first.points()) {
            text.append(
                    point.parameters().values().stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(" ", " ( ", " )")));
        }
        text.append('\n');
        for (StoredSeries series : chosen) {
            text.append("\nREGION ").append(word(series.benchmark())).append('\n');
            text.append("METRIC ").append(word(series.metric())).append('\n');
            for (Measurement point : series.points()) {
                text.append("DATA");
                Arrays.stream(point.point().values())
                        .forEach(v -> text.append(' ').append(Numbers.plain(v)));
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static List<Map<String, Long>> grid(StoredSeries series) {
        return series.points().stream()
                .map(point -> (Map<String, Long>) new LinkedHashMap<>(point.parameters()))
                .toList();
    }

    private static String word(String text) {
        String word = text.replaceAll("[^\\p{L}\\p{N}_./|:-]", "_");
        return word.isEmpty() ? "_" : word;
    }

    /** XML of the Phoronix Test Suite, with one {@code Result} per point; lower is better. */
    static String phoronix(StoredCampaign campaign) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<PhoronixTestSuite>\n");
        String client = "Feuerprobe " + campaign.provenance().version();
        String time = time(campaign.provenance().began());
        xml.append("  <Generated>\n").append(element(4, "Title", campaign.provenance().subject()));
        xml.append(element(4, "Description", String.join(" ", campaign.provenance().command())));
        xml.append(element(4, "Notes", campaign.repetition()));
        xml.append(element(4, "LastModified", time)).append(element(4, "TestClient", client));
        xml.append(element(4, "InternalTags", ""));
        xml.append(element(4, "PreSetEnvironmentVariables", ""));
        xml.append("  </Generated>\n  <System>\n");
        String system = campaign.facts().getOrDefault("kernel", campaign.provenance().subject());
        xml.append(element(4, "Identifier", system));
        xml.append(element(4, "TestClientVersion", client));
        xml.append(element(4, "Hardware", campaign.facts().getOrDefault("cpu", "unknown")));
        xml.append(element(4, "Software", campaign.facts().getOrDefault("os", "unknown")));
        xml.append(element(4, "User", "")).append(element(4, "TimeStamp", time));
        xml.append(element(4, "Notes", "")).append("  </System>\n");
        for (StoredSeries series : campaign.series()) {
            for (Measurement point : series.points()) {
                result(xml, series, point, system);
            }
        }
        return xml.append("</PhoronixTestSuite>\n").toString();
    }

    /** A time in the only form that the schema permits: {@code 2026-01-02 03:04:05}. */
    private static String time(String began) {
        return began.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*")
                ? began.substring(0, 10) + " " + began.substring(11, 19)
                : "1970-01-01 00:00:00";
    }

    private static void result(
            StringBuilder xml, StoredSeries series, Measurement point, String system) {
        String arguments = Numbers.point(point.parameters());
        xml.append("  <Result>\n");
        xml.append(
                element(
                        4,
                        "Identifier",
                        "feuerprobe/" + word(series.benchmark()).toLowerCase(Locale.ROOT)));
        xml.append(element(4, "ProfileVersion", ""));
        xml.append(element(4, "Title", series.benchmark()));
        xml.append(element(4, "AppVersion", ""));
        xml.append(element(4, "Arguments", arguments));
        xml.append(element(4, "Description", arguments));
        xml.append(element(4, "Scale", series.metric()));
        xml.append(element(4, "Proportion", "LIB"));
        xml.append(element(4, "DisplayFormat", "BAR_GRAPH"));
        xml.append("    <Data>\n      <Entry>\n").append(element(8, "Identifier", system));
        xml.append(element(8, "Value", Numbers.plain(series.summary(point).median())));
        xml.append(
                element(
                        8,
                        "RawString",
                        Arrays.stream(point.point().values())
                                .mapToObj(Numbers::plain)
                                .collect(Collectors.joining(":"))));
        xml.append("      </Entry>\n    </Data>\n  </Result>\n");
    }

    private static String element(int indent, String name, String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints()
                .filter(c -> c >= ' ' && c != 0xfffe && c != 0xffff)
                .forEach(c -> {
                    switch (c) {
                        case '<' -> escaped.append("&lt;");
                        case '>' -> escaped.append("&gt;");
                        case '&' -> escaped.append("&amp;");
                        default -> escaped.appendCodePoint(c);
                    }
                });
        return " ".repeat(indent) + "<" + name + ">" + escaped + "</" + name + ">\n";
    }

    /**
     * Bencher Metric Format, {@code {benchmark: {metric: {value, lower_value, upper_value}}}}, with
     * the median, the smallest and the largest value.
     */
    static String bencher(StoredCampaign campaign) {
        Map<String, Map<String, Object>> document = new LinkedHashMap<>();
        for (StoredSeries series : campaign.series()) {
            for (Measurement point : series.points()) {
                var summary = series.summary(point);
                Map<String, Object> value = new LinkedHashMap<>();
                value.put("value", summary.median());
                value.put("lower_value", summary.min());
                value.put("upper_value", summary.max());
                String name =
                        (series.benchmark() + " " + Numbers.point(point.parameters())).strip();
                document.computeIfAbsent(name, _ -> new LinkedHashMap<>())
                        .put(series.metric(), value);
            }
        }
        return JsonMapper.builder()
                        .build()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(document)
                + "\n";
    }
}
