package org.feuerprobe.harness;

import org.feuerprobe.guest.Target;

/**
 * Replaces the targets of a campaign, for example by one that keeps every boot, or by one that
 * reads boots which other machines carried out.
 */
@FunctionalInterface
public interface Substitution {
    /** What a target counts. */
    enum Reading {
        /** Its own clock. */
        CLOCK,
        /** The emulator's plugin, beside its clock. */
        PLUGIN
    }

    /** The target to boot in the place of this one; it has the same name and metric. */
    Target of(Reading reading, Target target);

    /** Replaces nothing. */
    static Substitution none() {
        return (_, target) -> target;
    }
}
