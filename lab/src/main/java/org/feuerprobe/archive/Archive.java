package org.feuerprobe.archive;

import java.nio.file.Path;
import java.util.List;

/**
 * A collection of campaigns. A campaign is added completely or not at all, and can be listed, read
 * and verified. Open an archive with {@link Archives#open}. Use an object from one thread only; any
 * number of processes may use the same archive at once.
 */
public sealed interface Archive extends AutoCloseable permits FolderArchive, DatabaseArchive {
    /** Result of adding a campaign: its identifier, and whether it was new. */
    record Added(String id, boolean isNew) {}

    /** Result of verifying a campaign; the problem is empty if the campaign is intact. */
    record Checked(String id, String problem) {}

    /** The archive's location, for people. */
    String location();

    /**
     * Copies a results folder into the archive. A campaign that is already there is not added
     * again.
     */
    Added add(Path folder) throws ArchiveException;

    /** All campaigns, oldest first. */
    List<ArchivedRun> runs() throws ArchiveException;

    /** Identifiers of all campaigns, including those too damaged for the catalogue. */
    List<String> all() throws ArchiveException;

    /** Every benchmark at every point of one campaign, in the campaign's order. */
    List<ArchivedSeries> series(String id) throws ArchiveException;

    List<ArchivedVerdict> verdicts(String id) throws ArchiveException;

    List<ArchivedLimit> limits(String id) throws ArchiveException;

    /**
     * The campaign as a results folder. If the archive creates a temporary copy for this, closing
     * the archive deletes it.
     */
    Path folder(String id) throws ArchiveException;

    /** Reads every value of a campaign and checks all checksums and the catalogue. */
    Checked verify(String id) throws ArchiveException;

    /** Removes a campaign and deletes its files. */
    void remove(String id) throws ArchiveException;

    /** Rebuilds the catalogue from the files; returns the number of campaigns found. */
    int rebuild() throws ArchiveException;

    /** Stores an accepted change; storing it twice has no further effect. */
    void accept(Acceptance acceptance) throws ArchiveException;

    /** All accepted changes, in the order of their campaigns. */
    List<Acceptance> acceptances() throws ArchiveException;

    /**
     * Names of folders that an interrupted campaign left behind, or that a running one is writing.
     */
    List<String> unfinished() throws ArchiveException;

    @Override
    void close();
}
