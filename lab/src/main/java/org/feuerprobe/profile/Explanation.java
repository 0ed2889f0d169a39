package org.feuerprobe.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.feuerprobe.guest.KernelImage;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TargetOpener;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.plan.PlanEntry;

/** Why costs changed: the differences of profiles of two kernels, at the points that changed. */
public final class Explanation {
    /** The most points that are explained at once, each of another benchmark. */
    public static final int MOST = 6;

    /** A point of a benchmark. */
    public record Point(String benchmark, Map<String, Long> parameters) {
        public Point {
            parameters = new LinkedHashMap<>(parameters);
        }
    }

    private Explanation() {}

    /** One point for each benchmark, the first that is given, and at most {@link #MOST}. */
    private static List<Point> chosen(List<Point> changed) {
        Map<String, Point> first = new LinkedHashMap<>();
        changed.forEach(point -> first.putIfAbsent(point.benchmark(), point));
        return first.values().stream().limit(MOST).toList();
    }

    /**
     * The difference at the first point of each benchmark, for at most {@link #MOST} of them, where
     * both kernels can be profiled; boots each kernel twice.
     */
    public static List<ProfileDifference> of(
            TargetOpener opener, KernelImage base, KernelImage now, List<Point> changed)
            throws LabException, InterruptedException {
        List<Point> points = chosen(changed);
        List<Profile> before = profiles(Profiler.open(opener, base, List.of()), points);
        List<Profile> after = profiles(Profiler.open(opener, now, List.of()), points);
        SourceText baseSources = SourceText.of(base.file());
        SourceText nowSources = SourceText.of(now.file());
        List<ProfileDifference> differences = new ArrayList<>();
        for (Profile profile : after) {
            Optional<Profile> same =
                    before.stream()
                            .filter(other ->
                                    other.benchmark().name().equals(profile.benchmark().name())
                                            && other.point().equals(profile.point()))
                            .findFirst();
            if (same.isPresent()) {
                differences.add(ProfileDifference.of(same.get(), baseSources, profile, nowSources));
            }
        }
        return differences;
    }

    private static List<Profile> profiles(Profiler profiler, List<Point> points)
            throws LabException, InterruptedException {
        List<Benchmark> catalogue = profiler.catalogue();
        List<PlanEntry> entries = new ArrayList<>();
        for (Point point : points) {
            for (Benchmark benchmark : catalogue) {
                if (benchmark.name().equals(point.benchmark())
                        && accepts(benchmark, point.parameters())) {
                    entries.add(Profiler.at(benchmark, point.parameters(), Profiler.SAMPLES));
                }
            }
        }
        return entries.isEmpty() ? List.of() : profiler.measureMarked(entries);
    }

    private static boolean accepts(Benchmark benchmark, Map<String, Long> point) {
        return benchmark.parameters().stream()
                .allMatch(parameter ->
                        point.containsKey(parameter.name())
                                && point.get(parameter.name()) >= parameter.min()
                                && point.get(parameter.name()) <= parameter.max());
    }
}
