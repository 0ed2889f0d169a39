package org.feuerprobe.flame;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.Profile;
import org.feuerprobe.sample.EnumWords;

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
        return EnumWords.of(this);
    }

    /** The format of this name. */
    public static Optional<ProfileFormat> of(String word) {
        return EnumWords.find(ProfileFormat.class, word);
    }

    /** Whether it is text that a terminal can show. */
    public boolean isText() {
        return this != PPROF;
    }

    /** The file with a profile. */
    public byte[] write(Profile profile, Counter counter) throws LabException {
        return switch (this) {
            case FOLDED -> bytes(FoldedStacks.of(profile, counter));
            case SPEEDSCOPE -> bytes(Speedscope.of(profile, counter));
            case PPROF -> Pprof.of(profile, counter);
            case CALLGRIND -> bytes(Callgrind.of(profile, counter));
            case HTML -> bytes(FlameGraph.html(profile, counter));
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** All names, for a message. */
    public static String words() {
        return EnumWords.list(ProfileFormat.class);
    }
}
