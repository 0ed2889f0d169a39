package org.feuerprobe.results;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A campaign on the page that was measured on another machine or by another emulator.
 *
 * @param name name of its folder, which its figures carry
 * @param differences at least one
 */
public record OtherTestbed(String name, List<TestbedDifference> differences) {
    /** Number of facts that a sentence names; a table has all of them. */
    private static final int NAMED = 5;

    public OtherTestbed {
        differences = List.copyOf(differences);
    }

    /** A sentence that warns a reader of its figures. */
    public String warning() {
        List<String> facts = differences.stream().map(TestbedDifference::fact).toList();
        String shown = String.join(", ", facts.subList(0, Math.min(NAMED, facts.size())));
        int more = facts.size() - NAMED;
        return "%s is of another testbed: it differs in %s. Its %s are not to be compared with those beside them."
                .formatted(
                        name,
                        more > 0 ? "%s and %d more".formatted(shown, more) : shown,
                        figures());
    }

    /**
     * A line that warns on a terminal.
     *
     * @param folder the campaign's folder, as a user finds it
     */
    public String note(String folder) {
        return "%s is of another testbed (%s): do not compare its %s"
                .formatted(
                        folder,
                        differences.stream()
                                .map(TestbedDifference::toString)
                                .collect(Collectors.joining("; ")),
                        figures());
    }

    /**
     * The figures that depend on the difference. Counts of the emulator do not depend on the
     * machine.
     */
    public String figures() {
        return differences.stream().anyMatch(difference -> difference.fact().equals("emulator"))
                ? "figures"
                : "timed figures";
    }
}
