package org.feuerprobe.results;

import java.util.List;

/**
 * Origin of a campaign: what was asked for, with which program, and when.
 *
 * @param version version of Feuerprobe
 * @param command the command line that repeats the campaign
 * @param began start by the wall clock, ISO 8601
 * @param seconds time from the start to the last verdict
 * @param boundsFile file of the bounds; empty if there were none
 * @param subject what the bounds are about, or the kernel's name
 */
public record Provenance(
        String version,
        List<String> command,
        String began,
        double seconds,
        String boundsFile,
        String subject) {
    public Provenance {
        command = List.copyOf(command);
    }

    /** Time at which it began, to the second. */
    public String beganShort() {
        return shortened(began);
    }

    static String shortened(String time) {
        return time.replaceFirst("\\.\\d+Z$", "Z");
    }
}
