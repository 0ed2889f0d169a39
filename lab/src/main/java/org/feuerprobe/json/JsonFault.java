package org.feuerprobe.json;

import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * What is wrong with a text that the JSON parser refuses, without the parser's own words: names of
 * its switches and classes mean nothing to a user.
 */
public final class JsonFault {
    private JsonFault() {}

    /** One line: {@code not JSON: …}, or what is too large to be read. */
    public static String of(JacksonException fault) {
        String reason = String.valueOf(fault.getOriginalMessage()).lines().findFirst().orElse("");
        return fault instanceof StreamConstraintsException
                ? "too large to read: " + reason.replaceFirst(", from `[^`]*`", "")
                : "not JSON: " + reason.replaceFirst("\\s*\\([^)]*StreamReadFeature.*", "");
    }

    /** The line of the text, from 1; 0 if it is not known. */
    public static long line(JacksonException fault) {
        return fault.getLocation() == null ? 0 : Math.max(0, fault.getLocation().getLineNr());
    }

    /** The column in the line, from 1; 0 if it is not known. */
    public static long column(JacksonException fault) {
        return fault.getLocation() == null ? 0 : Math.max(0, fault.getLocation().getColumnNr());
    }
}
