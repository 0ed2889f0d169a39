package org.feuerprobe.gate;

import java.util.List;
import org.feuerprobe.compare.Comparison;
import org.feuerprobe.compare.Direction;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.harness.AgainstKernel;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.MeasurementListener;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.harness.TargetOpener;
import org.feuerprobe.profile.Explanation;
import org.feuerprobe.profile.ProfileDifference;
import org.feuerprobe.profile.Profiler;
import org.feuerprobe.sample.Metric;

/** In which functions are the instructions by which two kernels differ? */
public final class ExplainedChange {
    private ExplainedChange() {}

    /**
     * Profiles both kernels where the number of instructions changed. What cannot be profiled is a
     * note, because the comparison stands without it.
     */
    public static List<ProfileDifference> of(
            TargetChoice target,
            AgainstKernel base,
            KernelImage now,
            Comparison comparison,
            MeasurementListener listener)
            throws InterruptedException {
        List<Explanation.Point> changed =
                comparison.points().stream()
                        .filter(point ->
                                point.exact()
                                        && point.now().metric().equals(Metric.INSTRUCTIONS.name())
                                        && (point.direction() == Direction.WORSE
                                                || point.direction() == Direction.BETTER))
                        .map(point ->
                                new Explanation.Point(
                                        point.now().benchmark(), point.now().parameters()))
                        .toList();
        if (changed.isEmpty() || !Profiler.canProfile(target)) {
            return List.of();
        }
        try {
            return Explanation.of(new TargetOpener(target), base.opened().image(), now, changed);
        } catch (LabException e) {
            listener.note("which functions changed is not known: " + e.getMessage());
            return List.of();
        }
    }
}
