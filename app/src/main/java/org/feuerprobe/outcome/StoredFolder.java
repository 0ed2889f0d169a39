package org.feuerprobe.outcome;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.feuerprobe.compare.TestbedRule;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.harness.Places;
import org.feuerprobe.results.OtherTestbed;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredManifest;
import org.feuerprobe.results.StoredResults;
import org.feuerprobe.results.TestbedDifference;

/** Reads results folders that the command line names. */
public final class StoredFolder {
    private StoredFolder() {}

    public static StoredCampaign read(Path folder) throws LabException {
        try {
            return StoredResults.read(folder);
        } catch (StoredResults.UnreadableResultsException e) {
            throw unreadable(e);
        }
    }

    /**
     * A campaign with others beside it.
     *
     * @param notes receives a line for each of the others that another testbed measured: apart from
     *     it, only a page shows that beside the figures
     */
    public static StoredCampaign read(Path folder, List<Path> others, Consumer<String> notes)
            throws LabException {
        StoredCampaign campaign = read(folder);
        for (Path other : others) {
            String name = String.valueOf(other.toAbsolutePath().normalize().getFileName());
            Optional<OtherTestbed> testbed = otherTestbed(folder, name, other);
            testbed.ifPresent(known -> notes.accept(known.note(Places.shown(other))));
            campaign = campaign.with(name, read(other), testbed);
        }
        return campaign;
    }

    private static Optional<OtherTestbed> otherTestbed(Path folder, String name, Path other)
            throws LabException {
        try {
            List<TestbedDifference> differences =
                    TestbedRule.machines(StoredManifest.read(folder), StoredManifest.read(other));
            return differences.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new OtherTestbed(name, differences));
        } catch (StoredResults.UnreadableResultsException e) {
            throw unreadable(e);
        }
    }

    /** The unchanged text of a folder's {@code verdicts.json}. */
    public static String verdicts(Path folder) throws LabException {
        try {
            return StoredResults.verdictsDocument(folder);
        } catch (StoredResults.UnreadableResultsException e) {
            throw unreadable(e);
        }
    }

    private static LabException unreadable(StoredResults.UnreadableResultsException e) {
        return LabException.wrongUse(String.valueOf(e.getMessage()));
    }
}
