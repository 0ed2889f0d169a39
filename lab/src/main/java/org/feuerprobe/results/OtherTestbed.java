package org.feuerprobe.results;

import java.util.List;

/**
 * A campaign on the page that was measured on another machine or by another emulator.
 *
 * @param name of its folder, as its figures carry it
 * @param differences at least one
 */
public record OtherTestbed(String name, List<TestbedDifference> differences) {
    /** Most facts that a sentence names; a table has them all. */
    private static final int NAMED = 5;

    public OtherTestbed {
        differences = List.copyOf(differences);
    }

    /** What a reader of its figures must know, in a sentence. */
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
     * Which figures depend on the difference. Counts of the emulator do not depend on the machine.
     */
    public String figures() {
        return differences.stream().anyMatch(difference -> difference.fact().equals("emulator"))
                ? "figures"
                : "timed figures";
    }
}
