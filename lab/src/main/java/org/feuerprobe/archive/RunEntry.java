package org.feuerprobe.archive;

import java.util.List;

/** Everything that a catalogue stores about a campaign. */
record RunEntry(
        ArchivedRun run,
        List<ArchivedSeries> series,
        List<ArchivedVerdict> verdicts,
        List<ArchivedLimit> limits) {}
