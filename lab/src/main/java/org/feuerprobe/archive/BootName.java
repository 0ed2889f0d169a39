package org.feuerprobe.archive;

/**
 * A boot of a series, with the numbers of its stored values.
 *
 * @param batch operations per value
 * @param operations number of values of the operation
 * @param twins number of values of the overhead twin
 */
public record BootName(int boot, long seed, int batch, int operations, int twins) {
    public BootName {
        if (boot < 0 || batch < 1 || operations < 1 || twins < 1) {
            throw new IllegalArgumentException(
                    "boot=%d batch=%d operations=%d twins=%d"
                            .formatted(boot, batch, operations, twins));
        }
    }
}
