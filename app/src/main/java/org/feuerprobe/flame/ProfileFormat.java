package org.feuerprobe.flame;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats in which a profile leaves this program. */
public enum ProfileFormat {
    /** A line for each stack, for flamegraph.pl, inferno, speedscope and others. */
    FOLDED,
    /** JSON for speedscope.app. */
    SPEEDSCOPE,
    /** Compressed protocol buffer for {@code go tool pprof}. */
    PPROF,
    /** Text for callgrind_annotate and KCachegrind. */
    CALLGRIND,
    /** A flame graph as a page without network. */
    HTML;

    /** Its name on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of this name. */
    public static Optional<ProfileFormat> of(String word) {
        return Arrays.stream(values()).filter(format -> format.word().equals(word)).findFirst();
    }

    /** All names, for a message. */
    public static String words() {
        return Arrays.stream(values()).map(ProfileFormat::word).collect(Collectors.joining(", "));
    }
}
