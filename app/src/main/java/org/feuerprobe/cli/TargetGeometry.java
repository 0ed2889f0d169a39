package org.feuerprobe.cli;

import org.feuerprobe.guest.CacheGeometry;

/** The caches that are modelled unless the command line says otherwise. */
final class TargetGeometry {
    private TargetGeometry() {}

    static String host() {
        return CacheGeometry.host().describe();
    }
}
