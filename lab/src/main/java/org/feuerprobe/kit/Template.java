package org.feuerprobe.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of the kit with placeholders such as {@code @NAME@}. */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("@([A-Z_]+)@");

    /** Loads a resource of this package. */
    static Template named(String name) {
        try (InputStream stream = Template.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the program has no template " + name);
            }
            return new Template(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text with every placeholder filled in. */
    String filled(Map<String, String> values) {
        return PLACE.matcher(text)
                .replaceAll(place -> {
                    String value = values.get(place.group(1));
                    if (value == null) {
                        throw new IllegalStateException("nothing fills in " + place.group());
                    }
                    return Matcher.quoteReplacement(value);
                });
    }
}
