package org.feuerprobe.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.sample.Numbers;
import org.feuerprobe.sample.UnitOfTime;
import tools.jackson.databind.JsonNode;

/**
 * Reader of hyperfine's {@code --export-json}. In a command's name, {@code {n}} replaces the
 * parameter's value. Failed runs are left out.
 */
final class HyperfineReader {
    private HyperfineReader() {}

    static void read(String text, Gatherer gatherer) throws ForeignFormatException {
        JsonNode root = ForeignJson.parse(text);
        if (!root.path("results").isArray()) {
            throw new ForeignFormatException(0, "no list 'results': not hyperfine's JSON");
        }
        for (JsonNode result : root.path("results")) {
            String command = result.path("command").asString("");
            String name = command;
            StringBuilder labels = new StringBuilder();
            Map<String, Double> at = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> parameter : result.path("parameters").properties()) {
                if (ForeignJson.isNumber(parameter.getValue())) {
                    at.put(
                            parameter.getKey(),
                            ForeignJson.number(parameter.getValue(), parameter.getKey()));
                    name = replaced(name, parameter.getKey(), parameter.getValue().asString(""));
                } else {
                    String word = parameter.getValue().asString("");
                    labels.append(' ').append(parameter.getKey()).append('=').append(word);
                }
            }
            name += labels;
            double[] seconds = times(command, result, name, gatherer);
            if (seconds.length > 0) {
                gatherer.add(name, UnitOfTime.SECONDS.symbol(), at, seconds);
            }
        }
    }

    /** The command with the parameter's name for its value: as a word, else within one. */
    private static String replaced(String command, String parameter, String value) {
        String name = Matcher.quoteReplacement("{" + parameter + "}");
        String number = Pattern.quote(value);
        String word = command.replaceAll("(?<![\\w.])" + number + "(?![\\w.])", name);
        return word.equals(command)
                ? command.replaceAll("(?<![0-9.])" + number + "(?![0-9]|\\.[0-9])", name)
                : word;
    }

    private static double[] times(String command, JsonNode result, String name, Gatherer gatherer)
            throws ForeignFormatException {
        if (!result.path("times").isArray() || result.path("times").isEmpty()) {
            if (!ForeignJson.isNumber(result.path("median"))) {
                gatherer.note(name, "a result without times and median was left out");
                return new double[0];
            }
            gatherer.note(name, "no times of single runs: each point is one median");
            return new double[] {ForeignJson.number(result.path("median"), command + ": median")};
        }
        double[] times = ForeignJson.numbers(result.path("times"), command + ": times");
        List<Double> good = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            JsonNode status = result.path("exit_codes").path(i);
            boolean killed = status.isNull();
            if (!killed && status.asInt(0) == 0) {
                good.add(times[i]);
            }
        }
        if (good.size() < times.length) {
            int failed = times.length - good.size();
            gatherer.note(name, Numbers.counted(failed, "run") + " left out (not ended with 0)");
        }
        return good.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
