package org.feuerprobe.flame;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.plan.Benchmark;
import org.feuerprobe.probe.Counter;
import org.feuerprobe.probe.RegionProfile;
import org.feuerprobe.profile.Profile;
import org.feuerprobe.profile.ProfileDifference;
import org.feuerprobe.profile.SourceText;
import org.feuerprobe.profile.Symbols;

/**
 * How a profile is shown.
 *
 * @param counter what is shown of each function
 * @param annotated the function whose source and machine code are shown
 * @param format that of another program; empty: a table
 * @param all every function, not only the most expensive
 */
public record ProfileRequest(
        Counter counter,
        Optional<String> annotated,
        Optional<ProfileFormat> format,
        boolean all,
        boolean json) {

    /** Refuses a number of operations whose mean is not exact. */
    public static void requireSamples(int samples) throws LabException {
        if (samples < 1 || Integer.bitCount(samples) != 1) {
            throw LabException.wrongUse(
                    "--samples %d: want a power of two, so that a mean is exact"
                            .formatted(samples));
        }
    }

    /**
     * A request from the words of a command line; an error if they do not go together.
     *
     * @param compared whether another kernel is profiled too
     * @param toFile whether a file is named
     */
    public static ProfileRequest of(
            String metric,
            Optional<String> annotated,
            String format,
            boolean compared,
            boolean toFile,
            boolean all,
            boolean json)
            throws LabException {
        Counter counter = counter(metric);
        Optional<ProfileFormat> written = written(format, toFile);
        if ((compared || annotated.isPresent()) && written.isPresent()) {
            throw LabException.wrongUse("--format: leave out --against and --annotate");
        }
        if (compared && (annotated.isPresent() || counter != Counter.INSTRUCTIONS)) {
            throw LabException.wrongUse(
                    "--against compares instructions: leave out --annotate and --metric");
        }
        return new ProfileRequest(counter, annotated, written, all, json);
    }

    private static Counter counter(String metric) throws LabException {
        return RegionProfile.WEIGHTS.stream()
                .filter(weight -> weight.metric().equals(metric))
                .findFirst()
                .orElseThrow(() ->
                        LabException.wrongUse(
                                "--metric %s: a profile has %s"
                                        .formatted(
                                                metric,
                                                RegionProfile.WEIGHTS.stream()
                                                        .map(Counter::metric)
                                                        .collect(Collectors.joining(", ")))));
    }

    private static Optional<ProfileFormat> written(String format, boolean toFile)
            throws LabException {
        if (format.isEmpty() && toFile) {
            throw LabException.wrongUse(
                    "--out: name what to write, with --format " + ProfileFormat.words());
        }
        Optional<ProfileFormat> known = ProfileFormat.of(format);
        if (known.isEmpty() && !format.isEmpty()) {
            throw LabException.wrongUse(
                    "--format %s: want one of %s".formatted(format, ProfileFormat.words()));
        }
        return known;
    }

    /** The text to print; an annotation shows these sources, and names functions by the symbols. */
    public String show(Profile profile, SourceText sources, Symbols symbols)
            throws LabException, InterruptedException {
        if (annotated.isPresent()) {
            return Annotation.of(profile, counter, annotated.get(), sources, symbols);
        }
        return json
                ? ProfileDocument.of(profile, counter) + "\n"
                : ProfileTable.of(profile, counter, all);
    }

    /** The text to print of two profiles; {@code base} names the other kernel. */
    public String show(ProfileDifference difference, String base) {
        return json
                ? DifferenceDocument.of(difference, base) + "\n"
                : DifferenceTable.of(difference, base, all);
    }

    /** A note if more than one benchmark measures an operation; the first of them is profiled. */
    public static Optional<String> severalMeasure(String operation, List<Benchmark> found) {
        return found.size() == 1
                ? Optional.empty()
                : Optional.of(
                        "%s is measured by several benchmarks, this is the first of: %s"
                                .formatted(
                                        operation,
                                        found.stream()
                                                .map(Benchmark::name)
                                                .collect(Collectors.joining(", "))));
    }
}
