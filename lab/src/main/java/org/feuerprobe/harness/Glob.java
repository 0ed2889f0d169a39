package org.feuerprobe.harness;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pattern in which {@code *} is any text and {@code ?} any character. */
public record Glob(String text) {
    public boolean matches(String name) {
        String regex =
                text.codePoints()
                        .mapToObj(Character::toString)
                        .map(c -> c.equals("*") ? ".*" : c.equals("?") ? "." : Pattern.quote(c))
                        .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL).matcher(name).matches();
    }
}
