package org.feuerprobe.schedule;

/**
 * A part of each job in which it holds a resource.
 *
 * @param resource name of the resource
 * @param at how much of the job's cost lies before it
 * @param length how much of the job's cost lies in it
 */
public record Section(String resource, long at, long length) {
    /** How much of the job's cost lies before the section's end. */
    public long end() {
        return at + length;
    }
}
