package org.feuerprobe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.feuerprobe.harness.ChosenBounds;
import org.feuerprobe.harness.CountedBounds;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TargetChoice;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The bounds that a campaign decides. */
final class BoundsOptions {
    @Option(
            names = "--bounds",
            paramLabel = "FILE",
            description = "Bounds to decide (default: bounds/feuerbird.yaml).")
    @Under(Section.BOUNDS)
    @Nullable Path file;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            arity = "1..*",
            description = "Only bounds whose identifier or operation matches.")
    @Under(Section.BOUNDS)
    List<String> only = new ArrayList<>();

    Path file() {
        return Installation.bounds(file);
    }

    /** The chosen bounds, in units that this target can measure. */
    ChosenBounds read(TargetChoice target) throws LabException {
        return ChosenBounds.read(file(), CountedBounds.units(target.unit()), only);
    }
}
