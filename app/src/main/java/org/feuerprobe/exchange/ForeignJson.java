package org.feuerprobe.exchange;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.feuerprobe.json.Json;
import org.feuerprobe.json.JsonFault;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reader of JSON from other tools. C++ and Python print {@code nan}, {@code -nan}, {@code inf},
 * {@code NaN} or {@code Infinity}, which JSON does not permit; such a value is read as null.
 */
final class ForeignJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    /** A complete string, or a word for a value that is not a finite number. */
    private static final Pattern NO_NUMBER =
            Pattern.compile(
                    "\"(?:[^\"\\\\]|\\\\.)*+\"|[-+]?\\b(?:nan(?:\\(\\w*\\))?|inf(?:inity)?)\\b",
                    Pattern.CASE_INSENSITIVE);

    private static final Pattern BEGINS = Pattern.compile("[{\\[]");

    private ForeignJson() {}

    static JsonNode parse(String text) throws ForeignFormatException {
        return parse(document(text), 0);
    }

    /**
     * A text whose first lines are not JSON, as a program's messages in the same file are, with
     * empty lines instead of them. Other texts as they are.
     */
    static String document(String text) {
        if (text.isBlank() || BEGINS.matcher(text.stripLeading()).lookingAt()) {
            return text;
        }
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("{") || lines.get(i).equals("[")) {
                return "\n".repeat(i) + String.join("\n", lines.subList(i, lines.size()));
            }
        }
        return text;
    }

    /** Parses a text; {@code line} is its line in the file, or 0 if it is the whole file. */
    static JsonNode parse(String text, long line) throws ForeignFormatException {
        Matcher words = NO_NUMBER.matcher(text);
        String json =
                words.replaceAll(word ->
                        word.group().startsWith("\"")
                                ? Matcher.quoteReplacement(word.group())
                                : "null");
        try {
            return MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new ForeignFormatException(line > 0 ? line : JsonFault.line(e), JsonFault.of(e));
        }
    }

    /** Whether a node is a finite number, possibly written as a string. */
    static boolean isNumber(JsonNode node) {
        return node.isNumber()
                ? Json.isFinite(node)
                : node.isString() && ForeignNumber.isNumber(node.stringValue());
    }

    static double number(JsonNode node, String where) throws ForeignFormatException {
        if (!isNumber(node)) {
            throw new ForeignFormatException(
                    0,
                    where
                            + ": want a finite number, not "
                            + (node.isMissingNode() ? "nothing" : Json.excerpt(node.toString())));
        }
        try {
            return node.isNumber() ? Json.exact(node) : ForeignNumber.of(node.stringValue(), 0);
        } catch (ArithmeticException | ForeignFormatException e) {
            throw new ForeignFormatException(0, where + ": " + e.getMessage());
        }
    }

    /** A number of values in a bucket of a histogram. */
    static long count(JsonNode node, String where) throws ForeignFormatException {
        return Histogram.count(number(node, where), where);
    }

    static double[] numbers(JsonNode list, String where) throws ForeignFormatException {
        if (!list.isArray() || list.isEmpty()) {
            throw new ForeignFormatException(0, where + ": want a list with at least one number");
        }
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(list.get(i), where + "[" + i + "]");
        }
        return numbers;
    }
}
