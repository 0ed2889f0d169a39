package org.feuerprobe.linux;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The names of Linux's system calls on x86-64. */
public final class LinuxCalls {
    private static final Map<Integer, String> NAMES = read();

    private LinuxCalls() {}

    /** The name of a call; its number where Linux has none. */
    public static String name(int number) {
        return NAMES.getOrDefault(number, Integer.toString(number));
    }

    /** All names by number. */
    public static Map<Integer, String> all() {
        return Map.copyOf(NAMES);
    }

    private static Map<Integer, String> read() {
        Map<Integer, String> names = new TreeMap<>();
        try (InputStream stream = LinuxCalls.class.getResourceAsStream("calls.txt")) {
            if (stream == null) {
                throw new IllegalStateException("calls.txt is missing in the jar");
            }
            new String(stream.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .forEach(line -> {
                        String[] words = line.split(" ", 2);
                        names.put(Integer.parseInt(words[0]), words[1]);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
