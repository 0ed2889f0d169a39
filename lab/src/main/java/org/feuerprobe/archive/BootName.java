package org.feuerprobe.archive;

/**
 * Which boot of a series, and how much of it is stored.
 *
 * @param batch operations in one value
 * @param operations values of the operation
 * @param twins values of its overhead twin
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
