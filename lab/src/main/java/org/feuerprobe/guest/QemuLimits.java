package org.feuerprobe.guest;

import java.time.Duration;

/**
 * Limits after which a boot has failed.
 *
 * @param stall time without growth of the heartbeat; even a loaded machine pauses for a second or
 *     two only
 * @param boot time of the whole boot; a full plan takes a few seconds
 * @param serialBytes number of bytes on the serial line; a kernel that sends more than 1 MiB is
 *     flooding
 */
public record QemuLimits(Duration stall, Duration boot, long serialBytes) {
    public static final QemuLimits DEFAULT =
            new QemuLimits(Duration.ofSeconds(15), Duration.ofSeconds(120), 1 << 20);
}
