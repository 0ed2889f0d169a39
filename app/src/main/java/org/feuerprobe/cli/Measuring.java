package org.feuerprobe.cli;

import org.feuerprobe.gate.RecordedCommand;
import org.feuerprobe.harness.LabException;

/** A command that measures a target. */
interface Measuring {
    /** What it measures, and how much of it. */
    RecordedCommand measured() throws LabException;
}
