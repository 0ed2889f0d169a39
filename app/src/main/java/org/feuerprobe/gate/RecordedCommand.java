package org.feuerprobe.gate;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TargetChoice;

/** What the command line in a campaign's manifest measured, and how much of it. */
public record RecordedCommand(TargetChoice target, EffortChoice effort) {
    /** Reads recorded command lines. */
    @FunctionalInterface
    public interface Parser {
        /**
         * The measurement that a command line asks for; empty where it measures nothing.
         *
         * @param command with the program's name first
         * @throws LabException where it is none of this version's
         */
        Optional<RecordedCommand> parse(List<String> command) throws LabException;
    }
}
