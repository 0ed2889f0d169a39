package org.feuerprobe.cli;

import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.plan.Effort;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for how much is measured. */
@Under(Section.MEASUREMENT)
final class EffortOptions {
    private static final int MOST_SAMPLES = 10_000_000;
    private static final int MOST_BOOTS = 10_000_000;

    @Option(names = "--quick", description = "Fewer points, samples and boots, for a quick answer.")
    boolean quick;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description =
                    "Samples per point and boot (default: by the benchmark; fewer with --quick).")
    @Nullable Integer samples;

    @Option(
            names = "--boots",
            paramLabel = "N",
            description =
                    "Boots with different seeds; one more repeats the first (default: 3; 1 with --quick).")
    @Nullable Integer boots;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed for every pseudo-random choice (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Boots at the same time (default: the number of cores).")
    @Nullable Integer jobs;

    /** The effort that the options request. */
    EffortChoice choice() throws LabException {
        return new EffortChoice(effort(), quick, samples != null, seed, parallel());
    }

    private Effort effort() throws LabException {
        Effort usual = quick ? Effort.QUICK : Effort.FULL;
        if (boots != null && (boots < 1 || boots > MOST_BOOTS)) {
            throw LabException.wrongUse("--boots " + boots + ": want 1 to " + MOST_BOOTS);
        }
        Effort effort = boots == null ? usual : usual.withSeeds(boots);
        if (samples == null) {
            return effort;
        }
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw LabException.wrongUse("--samples " + samples + ": want 1 to " + MOST_SAMPLES);
        }
        return effort.withSamples(samples);
    }

    private int parallel() throws LabException {
        int parallel = jobs == null ? Runtime.getRuntime().availableProcessors() : jobs;
        if (parallel < 1) {
            throw LabException.wrongUse("--jobs " + parallel + ": want at least 1");
        }
        return parallel;
    }
}
