package org.feuerprobe.exchange;

/** Name of a parameter, from the key or heading of a file. */
public final class ParameterName {
    private ParameterName() {}

    /**
     * The parameter of a key. {@code |S|} is the size of S, whose parameter a bound calls {@code
     * S}.
     */
    public static String of(String key) {
        return key.length() > 2 && key.startsWith("|") && key.endsWith("|")
                ? key.substring(1, key.length() - 1)
                : key;
    }
}
