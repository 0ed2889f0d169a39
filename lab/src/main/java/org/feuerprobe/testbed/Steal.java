package org.feuerprobe.testbed;

import java.util.Optional;

/** How much time has the hypervisor given to others? In ticks of 10 ms, since boot. */
public final class Steal {
    private static final int FIELD = 8;

    private Steal() {}

    /** The 8th value of the first line of {@code /proc/stat}. */
    public static Optional<Long> ticks(SystemFiles files) {
        return files.text("/proc/stat")
                .flatMap(text -> text.lines().findFirst())
                .map(line -> line.trim().split("\\s+", -1))
                .filter(words -> words.length > FIELD && words[FIELD].matches("[0-9]{1,18}"))
                .map(words -> Long.parseLong(words[FIELD]));
    }
}
