package org.feuerprobe.testbed;

import java.util.Optional;

/** Time that the hypervisor has given to other guests since boot, in ticks of 10 ms. */
public final class Steal {
    private static final int FIELD = 8;

    private Steal() {}

    /** Reads the 8th value in the first line of {@code /proc/stat}. */
    public static Optional<Long> ticks(SystemFiles files) {
        return files.text("/proc/stat")
                .flatMap(text -> text.lines().findFirst())
                .map(line -> line.trim().split("\\s+", -1))
                .filter(words -> words.length > FIELD && words[FIELD].matches("[0-9]{1,18}"))
                .map(words -> Long.parseLong(words[FIELD]));
    }
}
