package org.feuerprobe.kit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A debugging information entry (DWARF 5, section 2): a function, a type, a parameter.
 *
 * @param tag kind of the entry, such as {@code subprogram}
 * @param attributes values by name, without {@code DW_AT_}, as {@code readelf} prints them
 */
record Die(String tag, Map<String, String> attributes, List<Die> children) {
    private static final Pattern ENTRY =
            Pattern.compile("\\s*<(\\d+)><([0-9a-f]+)>: Abbrev Number: \\d+ \\(DW_TAG_(\\w+)\\)");
    private static final Pattern ATTRIBUTE =
            Pattern.compile("\\s*<[0-9a-f]+>\\s+DW_AT_(\\w+)\\s*: ?(.*)");

    /**
     * Prefix of a value: its form, which binutils prints since 2.39, and the offset of a string.
     */
    private static final Pattern FORM =
            Pattern.compile("^(?:\\([a-zA-Z_0-9]+\\) )?(?:\\([^)]*offset: [^)]*\\): )?");

    private static final Pattern NUMBER = Pattern.compile("(-?\\d{1,18}|0x[0-9a-f]{1,15})(\\s.*)?");
    private static final Pattern REFERENCE = Pattern.compile("<(?:alt )?0x([0-9a-f]+)>.*");

    /**
     * Reads the output of {@code readelf --debug-dump=info} for one object.
     *
     * @return every entry, by its place
     */
    static Map<Long, Die> read(String dump) {
        Map<Long, Die> dies = new HashMap<>();
        List<Die> open = new ArrayList<>();
        Die current = null;
        for (String line : dump.lines().toList()) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                int depth = Integer.parseInt(entry.group(1));
                current = new Die(entry.group(3), new HashMap<>(), new ArrayList<>());
                dies.put(Long.parseLong(entry.group(2), 16), current);
                while (open.size() > depth) {
                    open.removeLast();
                }
                if (!open.isEmpty()) {
                    open.getLast().children.add(current);
                }
                open.add(current);
                continue;
            }
            Matcher attribute = ATTRIBUTE.matcher(line);
            if (current != null && attribute.matches()) {
                current.attributes.put(
                        attribute.group(1), FORM.matcher(attribute.group(2)).replaceFirst(""));
            }
        }
        return dies;
    }

    /** The entry's own name; empty if it has none. */
    Optional<String> name() {
        return Optional.ofNullable(attributes.get("name")).map(String::strip);
    }

    /** The place to which an attribute refers. */
    OptionalLong reference(String attribute) {
        Matcher reference = REFERENCE.matcher(attributes.getOrDefault(attribute, ""));
        return reference.matches()
                ? OptionalLong.of(Long.parseLong(reference.group(1), 16))
                : OptionalLong.empty();
    }

    /** The value of an attribute; empty if it is absent or computed. */
    OptionalLong number(String attribute) {
        Matcher number = NUMBER.matcher(attributes.getOrDefault(attribute, ""));
        return number.matches()
                ? OptionalLong.of(Long.decode(number.group(1)))
                : OptionalLong.empty();
    }

    boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    List<Die> all(String childTag) {
        return children.stream().filter(child -> child.tag.equals(childTag)).toList();
    }
}
