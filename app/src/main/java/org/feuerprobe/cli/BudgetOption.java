package org.feuerprobe.cli;

import java.time.Duration;
import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.terminal.Section;
import org.feuerprobe.terminal.Under;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The time for further points and boots of bounds that have no verdict yet. */
@Under(Section.MEASUREMENT)
final class BudgetOption {
    @Option(
            names = "--budget",
            paramLabel = "SECONDS",
            description =
                    "Time for further points and boots of INCONCLUSIVE bounds (default: 120, with --quick 20; 0 is one round).")
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
