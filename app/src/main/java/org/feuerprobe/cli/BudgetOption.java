package org.feuerprobe.cli;

import java.time.Duration;
import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.LabException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long undecided bounds get further points and boots. */
@Under(Section.MEASUREMENT)
final class BudgetOption {
    @Option(
            names = "--budget",
            paramLabel = "SECONDS",
            description =
                    "Time in which undecided bounds get further points and boots (default: 120; with --quick 20; 0: one round).")
    @Nullable Integer budget;

    Duration budget(EffortChoice effort) throws LabException {
        if (budget == null) {
            return effort.budget();
        }
        if (budget < 0) {
            throw LabException.wrongUse("--budget " + budget + ": want seconds, 0 or more");
        }
        return Duration.ofSeconds(budget);
    }
}
