package org.feuerprobe.archive;

import java.nio.file.Path;
import java.util.List;

/**
 * Campaigns kept together: added whole or not at all, listed in order, read again, verified. Open
 * one with {@link Archives#open}; one object is for one thread, and any number of processes may use
 * the same archive at once.
 */
public sealed interface Archive extends AutoCloseable permits FolderArchive, DatabaseArchive {
    /** What adding a campaign came to. */
    record Added(String id, boolean isNew) {}

    /** What verifying a campaign came to; the problem is empty where it is whole. */
    record Checked(String id, String problem) {}

    /** Where it is, for people. */
    String location();

    /** Copies a whole results folder in. The same campaign again is not added twice. */
    Added add(Path folder) throws ArchiveException;

    /** All campaigns, oldest first. */
    List<ArchivedRun> runs() throws ArchiveException;

    /** Every campaign's identifier, also of those too damaged for the catalogue. */
    List<String> all() throws ArchiveException;

    /** Every benchmark at every point of one campaign, in its order. */
    List<ArchivedSeries> series(String id) throws ArchiveException;

    List<ArchivedVerdict> verdicts(String id) throws ArchiveException;

    List<ArchivedLimit> limits(String id) throws ArchiveException;

    /**
     * The campaign as a results folder; one that the archive makes for this is gone when it is
     * closed.
     */
    Path folder(String id) throws ArchiveException;

    /** Reads every value of a campaign and compares all checksums and the catalogue. */
    Checked verify(String id) throws ArchiveException;

    /** Forgets a campaign and deletes its files. */
    void remove(String id) throws ArchiveException;

    /** Makes the catalogue anew from the files. Says how many campaigns it found. */
    int rebuild() throws ArchiveException;

    /** Notes an accepted change; the same one twice is once. */
    void accept(Acceptance acceptance) throws ArchiveException;

    /** All accepted changes, in the order of their campaigns. */
    List<Acceptance> acceptances() throws ArchiveException;

    /** Folders that a campaign left unfinished, or that a running one is writing. */
    List<String> unfinished() throws ArchiveException;

    @Override
    void close();
}
