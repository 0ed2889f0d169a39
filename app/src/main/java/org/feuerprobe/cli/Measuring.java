package org.feuerprobe.cli;

import org.feuerprobe.gate.RecordedCommand;
import org.feuerprobe.harness.LabException;

/** A command that measures a target. */
interface Measuring {
    /** The target that is measured, and the effort. */
    RecordedCommand measured() throws LabException;
}
