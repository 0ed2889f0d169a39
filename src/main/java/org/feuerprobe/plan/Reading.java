package org.feuerprobe.plan;

/** What does the kernel read around each operation? Numbers are those of {@code docs/probe.md}. */
public enum Reading {
    /** The clock that its KERNEL record names. */
    CLOCK(1),
    /** Memory in use, in bytes. */
    BYTES(2);

    private final int number;

    Reading(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
