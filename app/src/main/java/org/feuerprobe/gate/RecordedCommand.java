package org.feuerprobe.gate;

import java.util.List;
import java.util.Optional;
import org.feuerprobe.harness.EffortChoice;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.TargetChoice;

/** The measurement that the command line in a campaign's manifest requested. */
public record RecordedCommand(TargetChoice target, EffortChoice effort) {
    /** Parser of recorded command lines. */
    @FunctionalInterface
    public interface Parser {
        /**
         * Parses a command line. The result is empty if the command measures nothing.
         *
         * @param command the words of the command, beginning with the program's name
         * @throws LabException if this version does not know the command
         */
        Optional<RecordedCommand> parse(List<String> command) throws LabException;
    }
}
