package org.feuerprobe.flame;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.profile.Frame;
import org.feuerprobe.profile.Profile;

/** Folded stacks: {@code outermost;…;innermost sum}, a line for each, sorted. */
public final class FoldedStacks {
    private FoldedStacks() {}

    /** The lines; sums are over all samples. */
    public static String of(Profile profile, Counter counter) throws LabException {
        Map<String, Long> lines = new TreeMap<>();
        for (DrawableStack each : DrawableStack.of(profile, counter)) {
            String line =
                    each.stack().frames().stream()
                            .map(Frame::function)
                            .map(name -> name.replace(';', ':'))
                            .collect(Collectors.joining(";"));
            lines.merge(line, each.weight(), Long::sum);
        }
        return lines.entrySet().stream()
                .map(line -> line.getKey() + " " + line.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
