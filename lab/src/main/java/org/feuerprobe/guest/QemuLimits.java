package org.feuerprobe.guest;

import java.time.Duration;

/**
 * When is a boot given up?
 *
 * @param stall without any growth of the heartbeat: a loaded machine pauses for a second or two,
 *     not for fifteen
 * @param boot in all: a full plan takes a few seconds
 * @param serialBytes on the serial line: a kernel that says more than 1 MiB floods
 */
public record QemuLimits(Duration stall, Duration boot, long serialBytes) {
    public static final QemuLimits DEFAULT =
            new QemuLimits(Duration.ofSeconds(15), Duration.ofSeconds(120), 1 << 20);
}
