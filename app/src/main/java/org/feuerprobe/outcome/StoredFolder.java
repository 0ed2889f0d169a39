package org.feuerprobe.outcome;

import java.nio.file.Path;
import org.feuerprobe.harness.LabException;
import org.feuerprobe.results.StoredCampaign;
import org.feuerprobe.results.StoredResults;

/** Reads a results folder that the command line names. */
public final class StoredFolder {
    private StoredFolder() {}

    public static StoredCampaign read(Path folder) throws LabException {
        try {
            return StoredResults.read(folder);
        } catch (StoredResults.UnreadableResultsException e) {
            throw LabException.wrongUse(String.valueOf(e.getMessage()));
        }
    }
}
