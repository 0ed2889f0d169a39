package org.feuerprobe.archive;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One campaign in an archive, as the catalogue describes it.
 *
 * @param id identifier, unique in the archive: the folder's name
 * @param content SHA-256 that only equal campaigns share
 * @param began start of the campaign, ISO 8601, UTC
 * @param exact whether its counts repeat exactly
 * @param image SHA-256 of the kernel
 * @param variant the kernel's build switches, or empty
 * @param testbed the testbed's facts, as recorded
 * @param format the folder's format: 1 has no seal, 2 has one
 * @param points number of series: each benchmark at each of its points
 * @param values number of net values of the operations
 */
public record ArchivedRun(
        String id,
        String content,
        String began,
        String subject,
        String target,
        String metric,
        boolean exact,
        String image,
        String variant,
        SequencedMap<String, String> testbed,
        String feuerprobe,
        String command,
        double seconds,
        int format,
        long points,
        long values) {
    public ArchivedRun {
        testbed = new LinkedHashMap<>(testbed);
    }
}
