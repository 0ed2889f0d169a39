package org.feuerprobe.gate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.flame.DifferenceTable;
import org.feuerprobe.guest.Worktree;
import org.feuerprobe.harness.AgainstKernel;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.TargetKind;
import org.feuerprobe.harness.TargetOpener;
import org.feuerprobe.profile.Explanation;

/**
 * Which functions gained or lost the instructions that differ from the baseline. The kernel that
 * the baseline is of is that of the commit which changed the baseline's file last; it is built and
 * both are profiled.
 */
public final class BaselineExplanation {
    private BaselineExplanation() {}

    /** The result with a note for each operation that changed, as far as it can be explained. */
    public static GateResult of(GateResult result, Path baseline, Places places)
            throws InterruptedException {
        List<Explanation.Point> changed = changed(result);
        if (changed.isEmpty()) {
            return result;
        }
        try {
            Optional<String> commit = commit(baseline, places);
            if (commit.isEmpty()) {
                return result;
            }
            GateResult explained = result;
            for (String sentence : sentences(commit.get(), changed, places)) {
                explained = explained.with(sentence);
            }
            return explained;
        } catch (LabException e) {
            return result.with("which functions changed is not known: " + e.getMessage());
        }
    }

    private static List<Explanation.Point> changed(GateResult result) {
        List<Explanation.Point> changed = new ArrayList<>();
        for (Finding finding : result.worst()) {
            String benchmark = finding.properties().get("benchmark");
            String point = finding.properties().get("point");
            if (finding.outcome() == Finding.Outcome.FAILED
                    && benchmark != null
                    && point != null
                    && finding.properties().containsKey("before")) {
                changed.add(new Explanation.Point(benchmark, parameters(point)));
            }
        }
        return changed;
    }

    /** {@code N_caps=16 K=2} by name. */
    private static Map<String, Long> parameters(String point) {
        Map<String, Long> parameters = new LinkedHashMap<>();
        for (String each : point.split(" ", -1)) {
            int sign = each.indexOf('=');
            if (sign > 0) {
                parameters.put(each.substring(0, sign), Long.parseLong(each.substring(sign + 1)));
            }
        }
        return parameters;
    }

    /** The commit that changed the file last; empty where it is in none. */
    private static Optional<String> commit(Path baseline, Places places)
            throws InterruptedException {
        try {
            String commit =
                    Worktree.git(
                                    places.home(),
                                    "log",
                                    "-1",
                                    "--format=%H",
                                    "--",
                                    baseline.toAbsolutePath().toString())
                            .strip();
            return commit.isEmpty() ? Optional.empty() : Optional.of(commit);
        } catch (IOException e) {
            return Optional.empty(); // no git, or a file outside of the repository
        }
    }

    private static List<String> sentences(
            String commit, List<Explanation.Point> changed, Places places)
            throws LabException, InterruptedException {
        TargetChoice target = TargetChoice.of(places, TargetKind.QEMU);
        TargetOpener opener = new TargetOpener(target);
        try (AgainstKernel base = AgainstKernel.open(commit, target)) {
            return Explanation.of(opener, base.opened().image(), opener.kernel(), changed).stream()
                    .map(difference ->
                            "since %s: %s"
                                    .formatted(
                                            commit.substring(0, 12),
                                            DifferenceTable.sentence(difference)))
                    .toList();
        } catch (IOException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }
}
