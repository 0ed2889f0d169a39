package org.feuerprobe.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.feuerprobe.sample.Numbers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A value of a JSON document, with its place in it, such as {@code points[2].values}.
 *
 * <p>Documents of ours are read leniently: an absent value has a default, because older versions
 * did not write it. What a user wrote is read by the methods that throw; their messages begin with
 * the place.
 */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();
    private static final int EXCERPT = 40;

    private final JsonNode node;

    /** The value that contains this one; the place is built only when a message needs it. */
    private final @Nullable Json holder;

    private final String step;

    private Json(JsonNode node, @Nullable Json holder, String step) {
        this.node = node;
        this.holder = holder;
        this.step = step;
    }

    /** Parses a document. */
    public static Json parse(String text) throws MalformedJsonException {
        return parse(MAPPER, text);
    }

    /** Parses what a user wrote: a key may not occur twice, and nothing may follow the value. */
    public static Json parseStrictly(String text) throws MalformedJsonException {
        return parse(STRICT, text);
    }

    private static Json parse(JsonMapper mapper, String text) throws MalformedJsonException {
        try {
            return new Json(mapper.readTree(text), null, "");
        } catch (JacksonException e) {
            throw new MalformedJsonException(
                    JsonFault.of(e), JsonFault.line(e), JsonFault.column(e));
        }
    }

    /** The value of a key; absent if there is none. */
    public Json at(String key) {
        return new Json(node.path(key), this, key);
    }

    /** The item of a list; absent if there is none. */
    public Json at(int index) {
        return new Json(node.path(index), this, "[" + index + "]");
    }

    /** Where the value is: {@code points[2].values}; empty for the whole document. */
    public String place() {
        String before = holder == null ? "" : holder.place();
        return before + (before.isEmpty() || step.startsWith("[") ? "" : ".") + step;
    }

    /** The value for a writer of JSON. */
    public JsonNode node() {
        return node;
    }

    /** Whether there is no value, or it is null. */
    public boolean isAbsent() {
        return node.isMissingNode() || node.isNull();
    }

    /** Whether an object has this key, even if its value is null. */
    public boolean has(String key) {
        return node.has(key);
    }

    public boolean isNull() {
        return node.isNull();
    }

    public boolean isObject() {
        return node.isObject();
    }

    public boolean isList() {
        return node.isArray();
    }

    public boolean isText() {
        return node.isString();
    }

    public boolean isNumber() {
        return node.isNumber();
    }

    /** Number of items or fields. */
    public int size() {
        return node.size();
    }

    /** The items of a list; empty for anything else. */
    public List<Json> items() {
        List<Json> items = new ArrayList<>(node.isArray() ? node.size() : 0);
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            items.add(at(i));
        }
        return items;
    }

    /** The fields of an object, in order; empty for anything else. */
    public SequencedMap<String, Json> fields() {
        SequencedMap<String, Json> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            fields.put(field.getKey(), new Json(field.getValue(), this, field.getKey()));
        }
        return fields;
    }

    /** The text as it stands, with all that it may do to a terminal; empty if there is none. */
    public String raw() {
        return node.asString("");
    }

    /** The text as one harmless line of readable length; empty if there is none. */
    public String name() {
        return ForeignText.of(raw());
    }

    /** {@link #name()} of the value of a key. */
    public String name(String key) {
        return at(key).name();
    }

    /** The text as a harmless sentence; empty if there is none. */
    public String prose() {
        return ForeignText.prose(raw());
    }

    /** {@link #prose()} of the value of a key. */
    public String prose(String key) {
        return at(key).prose();
    }

    /** The names in the list of a key. */
    public List<String> names(String key) {
        return at(key).items().stream().map(Json::name).toList();
    }

    /** A text as it stands, anything else as JSON; empty if there is nothing. */
    public String written() {
        return isAbsent() ? "" : node.isString() ? node.stringValue() : node.toString();
    }

    /** {@link #written()} as a harmless sentence. */
    public String fact() {
        return ForeignText.prose(written());
    }

    /** The parameters of a point: {@code K=2 N=16}. */
    public String point() {
        return node.properties().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(" "));
    }

    /** The number; 0 if there is none, or it is not finite. */
    public double number() {
        return number(0);
    }

    /** {@link #number()} of the value of a key. */
    public double number(String key) {
        return at(key).number();
    }

    /** The number; {@code otherwise} if there is none. One that is not finite is 0. */
    public double number(double otherwise) {
        double value = node.asDouble(otherwise);
        return Double.isFinite(value) ? value : 0;
    }

    /** The whole number; 0 if there is none. */
    public long whole() {
        return node.asLong(0);
    }

    /** {@link #whole()} of the value of a key. */
    public long whole(String key) {
        return at(key).whole();
    }

    /** Whether the value of a key is true. */
    public boolean flag(String key) {
        return node.path(key).asBoolean(false);
    }

    /** The constant whose name the text is; empty if there is none. */
    public <E extends Enum<E>> Optional<E> constant(Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(raw())) {
                return Optional.of(constant);
            }
        }
        return Optional.empty();
    }

    /** The text; an error for anything else. */
    public String wantText() throws MalformedJsonException {
        if (!node.isString()) {
            throw wrong("want a string");
        }
        return node.stringValue();
    }

    /** The finite number; an error for anything else. */
    public double wantNumber() throws MalformedJsonException {
        return finite(node);
    }

    /** The numbers of a list with at least one; an error for anything else. */
    public double[] wantNumbers() throws MalformedJsonException {
        double[] numbers = new double[wantList("value").size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = finite(node.get(i));
        }
        return numbers;
    }

    /** This list, which has at least one of {@code what}; an error for anything else. */
    public Json wantList(String what) throws MalformedJsonException {
        if (!node.isArray() || node.isEmpty()) {
            throw wrong("want a list with at least one " + what);
        }
        return this;
    }

    /** An error about this value. */
    public MalformedJsonException wrong(String what) {
        String place = place();
        return new MalformedJsonException(place.isEmpty() ? what : place + ": " + what);
    }

    private double finite(JsonNode value) throws MalformedJsonException {
        if (!isFinite(value)) {
            throw wrong("want a finite number, not " + excerpt(value.toString()));
        }
        try {
            return exact(value);
        } catch (ArithmeticException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a node is a number, and within the range of double precision. */
    public static boolean isFinite(JsonNode node) {
        return node.isNumber() && Double.isFinite(node.asDouble(Double.NaN));
    }

    /**
     * The double that is the number of a node.
     *
     * @throws ArithmeticException if it is a whole number that no double is
     */
    public static double exact(JsonNode number) {
        return number.isIntegralNumber() || number.isBigDecimal()
                ? Numbers.exact(number.decimalValue())
                : number.doubleValue();
    }

    /** The text, or its beginning if it is too long for a message. */
    public static String excerpt(String text) {
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT - 1) + "…";
    }
}
