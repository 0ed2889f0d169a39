package org.feuerprobe.archive;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * One campaign in an archive, as its catalogue has it.
 *
 * @param id unique in the archive: the folder's name
 * @param content SHA-256 that is equal for equal campaigns only
 * @param began ISO 8601, UTC
 * @param exact whether its counts repeat exactly
 * @param image SHA-256 of the kernel
 * @param variant the kernel's switches, or empty
 * @param testbed its facts, as recorded
 * @param format of the folder: 1 without a seal, 2 with one
 * @param points benchmarks times points
 * @param values net values of the operations
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
